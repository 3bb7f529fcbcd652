// Routes: each names a party, an exchange, a sink, and the clause of a live agreement that lets its fields go there.
#include <algorithm>
#include <charconv>
#include <sstream>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

/// The XSD has checked the digits and the range; a value beyond 32 bits cannot come here.
std::uint32_t number(const ConfigElement& element, std::string_view name, std::uint32_t otherwise) {
    const std::string text = element.token(name);
    std::uint32_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool has_party(const agreements::Agreement& agreement, const std::string& party) {
    return std::find(agreement.parties.begin(), agreement.parties.end(), party) != agreement.parties.end();
}

/// Parties that can send records of this type: those of sources that carry an exchange into it.
std::vector<std::string> senders_of(const core::Plan& plan, const std::string& record_type) {
    std::vector<std::string> parties;
    for (const auto& [name, source] : plan.sources)
        for (const std::string& carried : source.exchanges) {
            const auto exchange = plan.exchanges.find(carried);
            if (exchange == plan.exchanges.end() || exchange->second.record_type != record_type) continue;
            for (const auto& [identity, party] : source.senders)
                if (plan.parties.count(party) != 0) parties.push_back(party);  // an unknown one has been reported
        }
    std::sort(parties.begin(), parties.end());
    parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
    return parties;
}

/// The clause for the route's record type, or null with a problem.
const agreements::Clause* clause_for(Reading& reading, const ConfigElement& element, const core::Route& route) {
    for (const agreements::Clause& clause : route.agreement->clauses)
        if (clause.record_type == route.record_type) return &clause;
    reading.complain(element, "TG-S021", "agreement '" + route.agreement->name + "' has no clause for " + route.record_type,
                     "without a clause nothing may leave: agree one, or remove the route");
    return nullptr;
}

void check_agreement(Reading& reading, const ConfigElement& element, const core::Route& route) {
    const agreements::Agreement& agreement = *route.agreement;
    const std::string name = "agreement '" + agreement.name + "'";
    if (agreement.state != agreements::State::live)
        reading.complain(element, "TG-S022", name + " is not live", "a route needs a live agreement: conclude it, or remove the route");
    const bool known = reading.plan.parties.count(route.recipient) != 0;  // an unknown party has been reported
    if (known && !has_party(agreement, route.recipient))
        reading.complain(element, "TG-S023", "party '" + route.recipient + "' is not in " + name, "name the agreement that this party has signed");
    const auto recipient = reading.plan.parties.find(route.recipient);
    for (const std::string& sender : senders_of(reading.plan, route.record_type)) {
        const auto party = reading.plan.parties.find(sender);
        if (party == reading.plan.parties.end() || recipient == reading.plan.parties.end() || !has_party(agreement, sender)) continue;
        if (party->second.regime != recipient->second.regime && agreement.gateway.empty())
            reading.complain(element, "TG-S024", "records of '" + sender + "' cross from one data protection regime to another on this route",
                             "record the <gateway> in " + name);
    }
    const auto senders = senders_of(reading.plan, route.record_type);
    const bool covered = senders.empty() || has_party(agreement, reading.plan.own_party) ||
                         std::any_of(senders.begin(), senders.end(), [&](const std::string& one) { return has_party(agreement, one); });
    if (!covered)
        reading.complain(element, "TG-S025", "no party that sends " + route.record_type + " is in " + name, "name the agreement between sender and recipient");
}

/// What a clause shares is there to be shared: a slip would withhold the field, and a later version of the record type may lose it.
void check_shared_paths(Reading& reading, const core::Route& route, const core::RecordType& type) {
    const Problem place{route.agreement->file, route.clause->line, route.clause->column, {}, {}, {}, {}, {}};
    for (const std::string& path : route.clause->paths) {
        Problems found;
        if (mapping::resolve_path(path, *type.schema, place, found) != formats::no_decl || found.empty()) continue;
        found.front().code = "TG-A008";
        found.front().what = "clause '" + route.clause->id + "' shares '" + path + "': " + found.front().what;
        reading.problems.push_back(std::move(found.front()));
    }
}

/// Whom the route says it takes records from.
void read_senders(Reading& reading, const ConfigElement& element, core::Route& route) {
    const auto senders = senders_of(reading.plan, route.record_type);
    std::istringstream names(element.token("from"));
    for (std::string name; names >> name;) {
        if (reading.plan.parties.count(name) == 0)
            reading.unknown(element, "TG-S003", "party", name, names_of(reading.plan.parties));
        else if (name == route.recipient || std::find(senders.begin(), senders.end(), name) == senders.end())
            reading.complain(element, "TG-S040", "no record of '" + name + "' can go this way: " +
                             (name == route.recipient ? "it is the receiver" : "no source brings " + route.record_type + " from it"),
                             "correct the name, or add the source");
        else if (!has_party(*route.agreement, name))
            reading.complain(element, "TG-S025", "party '" + name + "' sends on this route and is not in agreement '" + route.agreement->name + "'",
                             "name the agreement between sender and recipient");
        route.senders.push_back(std::move(name));
    }
}

void check_fields(Reading& reading, const ConfigElement& element, core::Route& route) {
    const core::RecordType& type = reading.plan.record_types.at(route.record_type);
    check_shared_paths(reading, route, type);
    for (const std::string& path : route.clause->needs) {
        const formats::DeclId decl = mapping::resolve_path(path, *type.schema, {route.agreement->file, route.clause->line, route.clause->column}, reading.problems);
        if (decl != formats::no_decl) route.needs.push_back(decl);
        refuse_never_routes(reading, *type.schema, decl, "the need of clause '" + route.clause->id + "'", {route.agreement->file, route.clause->line, route.clause->column});
    }
    // A consent is the person's: any record about them may have brought it.
    const auto carries_consent = [](const auto& each) { return each.second.consent != formats::no_decl; };
    if (!route.clause->consents.empty() && std::none_of(reading.plan.record_types.begin(), reading.plan.record_types.end(), carries_consent))
        reading.complain(element, "TG-S026", "clause '" + route.clause->id + "' wants a consent and no record type of the site can carry one",
                         "add a record type with consents, or correct the clause");
    const Problems uncovered = agreements::uncovered(*route.clause, *route.agreement, *route.exchange->mapping);
    reading.problems.insert(reading.problems.end(), uncovered.begin(), uncovered.end());
}

/// The names that the route refers to; false when one is missing.
bool resolve_names(Reading& reading, const ConfigElement& element, core::Route& route) {
    core::Plan& plan = reading.plan;
    if (plan.record_types.count(route.record_type) == 0) reading.unknown(element, "TG-S010", "record type", route.record_type, names_of(plan.record_types));
    if (plan.parties.count(route.recipient) == 0) reading.unknown(element, "TG-S003", "party", route.recipient, names_of(plan.parties));
    if (plan.sinks.count(route.sink) == 0) reading.unknown(element, "TG-S009", "sink", route.sink, names_of(plan.sinks));
    const std::string exchange_name = element.token("exchange");
    const auto exchange = plan.exchanges.find(exchange_name);
    if (exchange == plan.exchanges.end())
        reading.unknown(element, "TG-S004", "exchange", exchange_name, names_of(plan.exchanges));
    else if (exchange->second.inward || exchange->second.record_type != route.record_type)
        reading.complain(element, "TG-S008", "exchange '" + exchange_name + "' does not go from " + route.record_type + " to a party",
                         "name an exchange from this record type to the party's format");
    else
        route.exchange = &exchange->second;
    const std::string agreement_name = element.token("agreement");
    const auto agreement = reading.agreements.find(agreement_name);
    if (agreement == reading.agreements.end())
        reading.unknown(element, "TG-S020", "agreement", agreement_name, names_of(reading.agreements));
    else
        route.agreement = agreement->second;
    return route.exchange != nullptr && route.agreement && plan.record_types.count(route.record_type) != 0;
}

void read_route(Reading& reading, const ConfigElement& element) {
    core::Route route{.name = element.token("name"), .record_type = element.token("record"), .recipient = element.token("to"), .sink = element.token("sink")};
    if (!resolve_names(reading, element, route)) return;
    route.clause = clause_for(reading, element, route);
    check_agreement(reading, element, route);
    read_senders(reading, element, route);
    if (route.clause == nullptr) return;
    check_fields(reading, element, route);
    const formats::Schema& schema = *reading.plan.record_types.at(route.record_type).schema;
    const Problem place{reading.file(), element.line, element.column};
    route.when = mapping::compile_condition(element.token("when"), schema, reading.codes, place, reading.problems);
    if (route.when)
        for (const formats::DeclId read : route.when->reads()) refuse_never_routes(reading, schema, read, "route '" + route.name + "'", place);
    route.person_required = element.token("person") != "optional";
    route.parked_blocks = element.token("parked") != "pass";
    route.attempts_max = number(element, "attempts-max", route.attempts_max);
    route.pause_first_ms = number(element, "pause-first-ms", route.pause_first_ms);
    route.pause_most_ms = number(element, "pause-most-ms", route.pause_most_ms);
    route.parallel_max = number(element, "parallel-max", route.parallel_max);
    route.hold_days_max = number(element, "hold-days-max", route.hold_days_max);
    if (route.pause_first_ms > route.pause_most_ms)
        reading.complain(element, "TG-S027", "the first pause of route '" + route.name + "' is longer than its longest",
                         "make pause-first-ms at most pause-most-ms");
    if (!reading.plan.routes.emplace(route.name, route).second) reading.complain(element, "TG-S002", "route '" + route.name + "' is declared twice", "remove one");
}

}  // namespace

void read_routes(Reading& reading) {
    reading.each("route", [&](const ConfigElement& element) { read_route(reading, element); });
}

}  // namespace hub::site
