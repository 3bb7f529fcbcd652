// See desk.hpp.
#include "tests/core/desk.hpp"

#include <stdexcept>

#include "hub/core/clocks.hpp"

namespace desk {
namespace {

std::shared_ptr<agreements::Agreement> agreement(const std::string& name, std::vector<std::string> consents, const std::string& gateway) {
    auto made = std::make_shared<agreements::Agreement>();
    made->name = name;
    made->state = agreements::State::live;
    made->valid_from = *parse_instant("2026-01-01T00:00:00Z");
    made->valid_to = *parse_instant("2028-01-01T00:00:00Z");
    made->gateway = gateway;
    made->parties = {"court", "police", "prison", "health", "housing"};
    agreements::Clause clause;
    clause.id = "c1";
    clause.record_type = "court_result";
    clause.consents = std::move(consents);
    made->clauses.push_back(clause);
    return made;
}

void add_route(Plan& plan, const std::string& name, const std::string& recipient, std::shared_ptr<const agreements::Agreement> under) {
    Route route;
    route.name = name;
    route.record_type = "court_result";
    route.recipient = recipient;
    route.clause = &under->clauses.front();
    route.agreement = std::move(under);
    route.hold_days_max = 30;
    plan.routes.emplace(name, std::move(route));
}

people::Identifier identifier(people::IdentifierType type, const std::string& value, people::Strength strength, const std::string& flaw = {}) {
    return {type, value, strength, flaw};
}

}  // namespace

people::Identifier noms(const std::string& value) { return identifier(people::IdentifierType::noms, value, people::Strength::person); }
people::Identifier crn(const std::string& value) { return identifier(people::IdentifierType::crn, value, people::Strength::person); }
people::Identifier urn(const std::string& value) { return identifier(people::IdentifierType::urn, value, people::Strength::matter); }
people::Identifier flawed(const std::string& value) { return identifier(people::IdentifierType::asn, value, people::Strength::none, "dummy"); }
Fact fact(const std::string& kind, const std::string& value, const std::string& valid_from) { return {"sentence", "s1", kind, value, valid_from}; }

Desk::Desk() : plan(std::make_shared<Plan>()), now(*parse_instant("2026-03-02T09:00:00Z")) {
    plan->digest.digest.fill(1);
    plan->record_types["court_result"].name = "court_result";
    using agreements::Regime;
    for (const char* name : {"court", "police", "prison"}) plan->parties[name] = {name, name, name, Regime::law_enforcement};
    for (const char* name : {"health", "housing"}) plan->parties[name] = {name, name, name, Regime::uk_gdpr};
    add_route(*plan, "to_health", "health", agreement("health_isa", {"health_referral"}, "DPA 2018 section 36(4)"));
    add_route(*plan, "to_housing", "housing", agreement("housing_isa", {}, ""));
    add_route(*plan, "to_police", "police", agreement("police_isa", {}, ""));
    add_route(*plan, "to_prison", "prison", agreement("prison_isa", {}, ""));
    plan->routes["to_prison"].person_required = false;
}

Entry Desk::entry(EntryKind kind, const std::string& payload) {
    Entry made;
    made.seq = store.next_seq() + group_.size();
    made.header.kind = kind;
    made.header.instant = now;
    made.header.plan = plan->digest;
    made.header.source = "desk";
    made.header.raw_digest = digester_.sha256(payload);
    made.header.nonce = ++nonce_;
    made.payload = payload;
    now.microseconds += 60'000'000;
    return made;
}

Stepped Desk::run(Entry made, const Subject* subject) {
    Stepped stepped = step(overlay_, made, subject, plan, {digester_, keys_});
    if (!stepped.journal) return stepped;
    overlay_.apply(stepped.delta);
    group_.push_back({std::move(made), stepped.delta});
    if (!group_mode) flush();
    return stepped;
}

void Desk::flush() {
    if (!store.append(group_)) throw std::logic_error("the store refused the group");
    group_.clear();
    overlay_.clear();
}

std::shared_ptr<const Prepared> Desk::prepared(const Message& message) const {
    auto made = std::make_shared<Prepared>();
    made->plan = plan;
    made->unknown_paths = unknown_paths;
    if (!message.valid) {
        made->problems.push_back({"message", 3, 0, "TG-F001", "not well-formed", "send it corrected"});
        return made;
    }
    for (const Spec& spec : message.children) {
        Child child;
        child.type = &plan->record_types.at("court_result");
        child.identifiers = spec.identifiers;
        child.consents = spec.consents;
        child.facts = spec.facts;
        child.deliveries = spec.deliveries;
        child.taken_back = spec.taken_back;
        for (const std::string& name : spec.routes)
            if (const auto route = plan->routes.find(name); route != plan->routes.end()) child.matches.push_back({&route->second, spec.lacks});
        made->children.push_back(std::move(child));
    }
    return made;
}

Stepped Desk::take(const std::string& message_id, Message message, const std::string& body, const std::string& source, const std::string& exchange) {
    Entry made = entry(EntryKind::record, body);
    made.header.source = source;
    made.header.sender = "court";
    made.header.message_id = message_id;
    made.header.exchange = exchange;
    message.header = made.header;
    const auto ready = prepared(message);
    const Subject subject{made.seq, made.header, ready.get()};
    const std::uint64_t seq = made.seq;
    Stepped stepped = run(std::move(made), &subject);
    if (stepped.journal) specs_[seq] = std::move(message);
    return stepped;
}

Stepped Desk::record(const std::string& message_id, const std::vector<Spec>& children, const std::string& body) {
    return take(message_id, {{}, children, true}, body);
}

Stepped Desk::own_record(const std::string& type, const std::string& message_id, const std::vector<Spec>& children) {
    return take(message_id, {{}, children, true}, message_id, std::string(notice_source), std::string(canonical_exchange) + type);
}

Stepped Desk::invalid(const std::string& message_id, const std::string& body) { return take(message_id, {{}, {}, false}, body); }

Stepped Desk::lease(const ItemRef& ref, const std::string& body) {
    return run(entry(EntryKind::lease, encode(Letter{ref, "application/json", body})), nullptr);
}

Stepped Desk::outcome(const ItemRef& ref, Attempt::Came came, const std::string& code, const std::string& detail) {
    return run(entry(EntryKind::outcome, encode(Attempt{ref, came, 1, code, detail})), nullptr);
}

Stepped Desk::act(Act::Verb verb, const ItemRef& ref, Act rest) {
    rest.verb = verb;
    rest.item = ref;
    if (rest.who.empty()) rest.who = "pat";
    if (rest.why.empty()) rest.why = "asked to";
    Entry made = entry(EntryKind::act, encode(rest));
    const auto message = specs_.find(subject_of(made));
    if (message == specs_.end()) return run(std::move(made), nullptr);
    const auto ready = prepared(message->second);
    const Subject subject{message->first, message->second.header, ready.get()};
    return run(std::move(made), &subject);
}

Stepped Desk::tick(const std::vector<ItemRef>& expired, const std::vector<PersonId>& woken) {
    return run(entry(EntryKind::tick, encode(Tick{expired, woken})), nullptr);
}

std::map<std::string, std::string> Desk::rows(Table table) const {
    std::map<std::string, std::string> all;
    (void)store.scan(table, "", "", [&](std::string_view key, std::string_view value) { all.emplace(key, value); return true; });
    return all;
}

Item Desk::item(const ItemRef& ref) const { return *decode_item(overlay_.get(Table::item, key_of(ref)).value()); }
Person Desk::person(const PersonId& id) const { return *decode_person(overlay_.get(Table::person, id.bytes()).value()); }

std::vector<Item> Desk::items() const {
    std::vector<Item> all;
    (void)store.scan(Table::item, "", "", [&](std::string_view, std::string_view value) { all.push_back(*decode_item(value)); return true; });
    return all;
}

std::vector<Due> Desk::due(const std::string& route) const {
    std::vector<Due> all;
    (void)store.scan(Table::due, due_prefix(route), "", [&](std::string_view, std::string_view value) { all.push_back(*decode_due(value)); return true; });
    return all;
}

PersonId Desk::who(const people::Identifier& id) const {
    const auto row = overlay_.get(Table::identifier, identifier_key(id, keys_).bytes());
    if (!row) return {};
    const Holders holders = *decode_holders(*row);
    return holders.people.size() == 1 ? holders.people.front() : PersonId{};
}

Problems Desk::audit() const {
    Accounts accounts;
    (void)store.entries(1, [&](const StoredEntry& stored) {
        accounts.add(stored.entry.seq, *decode_residue(stored.residue));
        return true;
    });
    return accounts.problems(store);
}

}  // namespace desk
