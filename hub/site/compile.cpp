// The bundle: its encoding, its digest, and the plan that it means.
#include <algorithm>
#include <set>

#include "hub/core/bytes.hpp"
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

constexpr std::string_view schemas_prefix = "schemas/";

PlanDigest digest_of(const Bundle& bundle, const Digester& digester) {
    core::Writer writer;
    writer.u32(core::semantics_version);
    for (const auto& [path, text] : bundle) writer.text(path).digest(digester.sha256(text));
    return {digester.digest({"throughgate plan", writer.bytes()})};
}

/// The same finding can come up on two ways, as a broken schema that two exchanges share.
void remove_repeats(Problems& problems, std::size_t from) {
    std::set<std::string> said;
    const auto repeats = [&](const Problem& problem) { return !said.insert(to_text(problem)).second; };
    problems.erase(std::remove_if(problems.begin() + static_cast<std::ptrdiff_t>(from), problems.end(), repeats), problems.end());
}

}  // namespace

std::string encode(const Bundle& bundle) {
    core::Writer writer;
    writer.u32(static_cast<std::uint32_t>(bundle.size()));
    for (const auto& [path, text] : bundle) writer.text(path).text(text);
    return writer.take();
}

Result<Bundle> decode_bundle(std::string_view bytes) {
    core::Cursor cursor(bytes);
    Bundle bundle;
    const std::uint32_t count = cursor.u32();
    for (std::uint32_t i = 0; i < count && cursor.ok(); ++i) {
        std::string path = cursor.text();
        bundle[std::move(path)] = cursor.text();
    }
    if (!cursor.ok() || !cursor.at_end()) return Error{.remedy = Remedy::stop, .what = "the bundle of a plan is damaged", .code = "bad_bundle"};
    return bundle;
}

core::PlanPtr compile(const Bundle& bundle, const Digester& digester, const ConnectorChecks& checks, Problems& problems) {
    const std::size_t before = problems.size();
    auto plan = std::make_shared<core::Plan>();
    Reading reading(bundle, digester, checks, problems, *plan);
    for (const auto& [path, text] : bundle)
        if (path.rfind(schemas_prefix, 0) == 0) reading.schema_texts.emplace(path.substr(schemas_prefix.size()), text);
    const auto site = reading.config(Reading::site_file, "site.xsd");
    if (!site) return nullptr;
    plan->site_name = site->token("name");
    plan->own_party = site->token("party");
    for (const formats::ConfigElement& element : site->children)
        if (element.name == "identifiers") plan->pivot_year = std::stoi(element.token("pivot-year"));
    read_parties(reading, *site);
    read_records(reading, *site);
    read_exchanges(reading, *site);
    read_agreements(reading, *site);
    read_ends(reading, *site);
    read_routes(reading, *site);
    remove_repeats(problems, before);
    if (problems.size() > before) return nullptr;
    plan->bundle = encode(bundle);
    plan->digest = digest_of(bundle, digester);
    return plan;
}

}  // namespace hub::site
