// Bytes to canonical records. See prepare.hpp; what a record says about its person is in extract.cpp.
#include "hub/core/prepare.hpp"

#include <algorithm>

#include "hub/core/clocks.hpp"
#include "hub/core/extract.hpp"

namespace hub::core {

/// One decoder for each schema. Decoders point into the plan, so the plan is kept; another plan brings its own.
struct Workbench::Impl {
    PlanPtr plan{};
    std::map<const formats::Schema*, std::unique_ptr<formats::Decoder>> decoders{};
    formats::Document partner{};
    std::vector<formats::Document> canonical{};

    formats::Decoder& decoder(const PlanPtr& under, const formats::Schema& schema) {
        if (plan != under) {
            decoders.clear();
            plan = under;
        }
        auto& known = decoders[&schema];
        if (!known) known = formats::make_decoder(schema);
        return *known;
    }
};

Workbench::Workbench() : impl(std::make_unique<Impl>()) {}
Workbench::~Workbench() = default;

namespace {

Problem problem(const std::string& name, std::string code, std::string what, std::string cure, int line = 0) {
    return {name, line, 0, std::move(code), std::move(what), std::move(cure)};
}

/// What problems call a message: its sender's key, or its exchange.
std::string name_of_message(const Header& header) { return header.message_id.empty() ? header.exchange : header.message_id; }

const Exchange* find_exchange(const Header& header, const Plan& plan, Problems& problems) {
    const auto found = plan.exchanges.find(header.exchange);
    if (found == plan.exchanges.end()) {
        problems.push_back(problem(name_of_message(header), "TG-K010", "the plan has no exchange '" + header.exchange + "'", "name an exchange that the source carries"));
        return nullptr;
    }
    if (!found->second.inward) {
        problems.push_back(problem(name_of_message(header), "TG-K011", "exchange '" + header.exchange + "' leads outward", "name one that leads to a canonical record"));
        return nullptr;
    }
    return &found->second;
}

bool decode_partner(const Header& header, std::string_view bytes, const mapping::Mapping& mapping, formats::Decoder& decoder,
                    formats::Document& into, Prepared& prepared) {
    formats::Decoded decoded = decoder.decode(bytes, name_of_message(header), into);
    prepared.unknown_paths = std::move(decoded.unknown_paths);
    prepared.problems = std::move(decoded.problems);
    if (mapping.strict())
        for (const auto& [path, count] : prepared.unknown_paths)
            prepared.problems.push_back(problem(name_of_message(header), "TG-K012", "'" + path + "' is not in the schema, and the exchange is strict", "leave it out, or extend the exchange"));
    return prepared.problems.empty();
}

bool map_records(const Header& header, const mapping::Mapping& mapping, const formats::Document& partner,
                 std::vector<formats::Document>& records, Problems& problems) {
    const std::string received_at = to_text(header.instant), name = name_of_message(header);
    const mapping::Given given{{}, {}, received_at, header.sender, {}, header.message_id};
    for (const mapping::Rejection& rejection : mapping.apply(partner, given, records))
        problems.push_back(problem(name, rejection.code, rejection.what, "send it corrected", rejection.line));
    if (!problems.empty()) return false;
    if (records.size() > Prepared::children_max)
        problems.push_back(problem(name, "TG-K014", "the message holds more records than children_max, " + std::to_string(Prepared::children_max), "send it in parts"));
    for (std::size_t i = 0; i < records.size() && problems.empty(); ++i)
        for (Problem& found : formats::validate(records[i], name + ", record " + std::to_string(i + 1))) problems.push_back(std::move(found));
    return problems.empty();
}

/// A record that the hub made itself: canonical already.
std::shared_ptr<const Prepared> prepare_own(const Header& header, std::string_view bytes, const PlanPtr& plan, Workbench& bench, std::shared_ptr<Prepared> prepared) {
    const std::string name = header.exchange.substr(std::min(header.exchange.size(), canonical_exchange.size()));
    const auto type = plan->record_types.find(name);
    if (!header.exchange.starts_with(canonical_exchange) || type == plan->record_types.end()) {
        prepared->problems.push_back(problem(name_of_message(header), "TG-K010", "the plan has no record type '" + name + "'", "the rule that made it belongs to another plan: withdraw it"));
        return prepared;
    }
    formats::Document& record = bench.impl->partner;
    formats::Decoded decoded = bench.impl->decoder(plan, *type->second.schema).decode(bytes, name_of_message(header), record);
    prepared->problems = std::move(decoded.problems);
    if (prepared->problems.empty()) prepared->children.push_back(make_child(record, type->second, header, *plan));
    return prepared;
}

}  // namespace

std::shared_ptr<const Prepared> prepare(const Header& header, std::string_view bytes, const PlanPtr& plan, Workbench& bench) {
    auto prepared = std::make_shared<Prepared>();
    prepared->plan = plan;
    if (header.source == notice_source) return prepare_own(header, bytes, plan, bench, std::move(prepared));
    const Exchange* exchange = find_exchange(header, *plan, prepared->problems);
    if (!exchange) return prepared;
    Workbench::Impl& hands = *bench.impl;
    const mapping::Mapping& mapping = *exchange->mapping;
    formats::Decoder& decoder = hands.decoder(plan, mapping.from());
    if (!decode_partner(header, bytes, mapping, decoder, hands.partner, *prepared)) return prepared;
    if (!map_records(header, mapping, hands.partner, hands.canonical, prepared->problems)) return prepared;
    const RecordType& type = plan->record_types.at(exchange->record_type);
    for (const formats::Document& record : hands.canonical) {  // copies, at their size: the bench keeps its roomy memory
        prepared->children.push_back(make_child(record, type, header, *plan));
        if (type.stated) add_stated_facts(prepared->children.back(), header, *plan, prepared->problems);
    }
    if (!prepared->problems.empty()) prepared->children.clear();
    return prepared;
}

hub::Result<Letter> render(const Child& child, const Route& route, const RecordId& record, const Header& header,
                           const Digester& digester, bool check) {
    const mapping::Mapping& mapping = *route.exchange->mapping;
    const auto fail = [&](std::string what, std::string cure, std::string code) {
        return Error{Remedy::reject, std::move(what), "route " + route.name + ", exchange " + mapping.name(), std::move(cure), std::move(code)};
    };
    if (const auto lacks = lacking(child, route); !lacks.empty())
        return fail("the record lacks '" + lacks.front() + "', which the clause needs", "withdraw the item; a corrected record brings its own", "lacks:" + lacks.front());
    const std::string record_text = to_text(record), received_at = to_text(header.instant);
    const std::string key = to_text(delivery_key(record, route.name, route.recipient, digester));
    const mapping::Given given{record_text, key, received_at, header.sender, route.recipient, header.message_id};
    std::vector<formats::Document> out;
    const std::vector<mapping::Rejection> rejections = mapping.apply(child.canonical, given, out);
    if (!rejections.empty()) return fail(rejections.front().what, "mend the exchange, or withdraw the item", rejections.front().code);
    if (out.size() != 1) return fail("the exchange makes " + std::to_string(out.size()) + " documents of one record", "an outward exchange makes one: remove its split", "TG-K015");
    Letter letter;
    letter.media_type = formats::media_type(mapping.to().format());
    formats::encode(out.front(), letter.body);
    if (!check) return letter;
    formats::Document read_back;
    const formats::Decoded decoded = formats::make_decoder(mapping.to())->decode(letter.body, mapping.name(), read_back);
    if (!decoded.problems.empty()) return fail("the document is not valid: " + to_text(decoded.problems.front()), "mend the exchange, then retry", "TG-K016");
    if (!decoded.unknown_paths.empty())
        return fail("the document has '" + decoded.unknown_paths.begin()->first + "', which its schema does not know", "mend the exchange, then retry", "TG-K016");
    return letter;
}

}  // namespace hub::core
