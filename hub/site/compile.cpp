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

/// The site or its parts bring them; no shape of one file can say so.
void require_some(Reading& reading) {
    for (const char* kind : {"record", "party", "exchange"}) {
        std::size_t found = 0;
        reading.each(kind, [&](const formats::ConfigElement&) { ++found; });
        if (found == 0)
            reading.complain(reading.site(), "TG-S016", std::string("neither the site nor a part of it has a <") + kind + ">",
                             std::string("add a <") + kind + "> to site.xml or to a part");
    }
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

void take_schemas(Reading& reading) {
    for (const auto& [path, text] : reading.bundle)
        if (path.rfind(schemas_prefix, 0) == 0) reading.schema_texts.emplace(path.substr(schemas_prefix.size()), text);
}

core::PlanPtr compile(const Bundle& bundle, const Digester& digester, const ConnectorChecks& checks, Problems& problems) {
    const std::size_t before = problems.size();
    auto plan = std::make_shared<core::Plan>();
    Reading reading(bundle, digester, checks, problems, *plan);
    take_schemas(reading);
    if (!reading.open_documents()) return nullptr;
    plan->site_name = reading.site().token("name");
    plan->own_party = reading.site().token("party");
    reading.each("identifiers", [&](const formats::ConfigElement& element) { plan->pivot_year = std::stoi(element.token("pivot-year")); });
    require_some(reading);
    read_parties(reading);
    read_codes(reading);
    read_records(reading);
    read_exchanges(reading);
    read_agreements(reading);
    read_rules(reading);
    read_states(reading);
    read_ends(reading);
    read_routes(reading);
    check_notice_routes(reading);
    remove_repeats(problems, before);
    if (problems.size() > before) return nullptr;
    plan->bundle = encode(bundle);
    plan->digest = digest_of(bundle, digester);
    return plan;
}

}  // namespace hub::site
