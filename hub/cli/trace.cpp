// throughgate trace: everything that happened to a record, an item or a person, and why, read out of the journal.
#include <iostream>
#include <set>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"
#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"
#include "hub/core/keys.hpp"
#include "hub/core/residue.hpp"
#include "hub/people/identifiers.hpp"

namespace hub::cli {
namespace {

/// What the journal is searched for. An entry is of interest if any part matches.
struct Interest {
    std::set<core::ItemRef> items{};
    std::set<PersonId> persons{};
    std::set<std::uint64_t> seqs{};   ///< entries that brought the records in
    std::optional<Digest> id{};       ///< a receipt, record or person id, not yet known which
};

std::string_view name_of(core::EntryKind kind) {
    switch (kind) {
        case core::EntryKind::record: return "record";
        case core::EntryKind::lease: return "lease";
        case core::EntryKind::outcome: return "outcome";
        case core::EntryKind::tick: return "tick";
        case core::EntryKind::act: return "act";
        case core::EntryKind::plan: return "plan";
    }
    return "";
}

/// The person rows that an identifier, written TYPE:VALUE, leads to.
Result<std::set<PersonId>> persons_of(const OpenSite& open, const std::string& subject) {
    const std::size_t colon = subject.find(':');
    const auto type = people::identifier_type(subject.substr(0, colon));
    if (!type) return type.error();
    const people::Identifier identifier = people::normalise(*type, subject.substr(colon + 1), open.site.plan->pivot_year);
    std::set<PersonId> persons;
    const auto row = open.store->get(core::Table::identifier, core::identifier_key(identifier, *open.keys).bytes());
    if (!row) return persons;
    if (const auto holders = core::decode_holders(*row)) persons.insert(holders->people.begin(), holders->people.end());
    return persons;
}

Result<Interest> interest_of(const OpenSite& open, const std::string& subject) {
    Interest interest;
    if (const auto item = core::parse_item_ref(subject)) {
        interest.items.insert(*item);
        interest.seqs.insert(item->seq);
        return interest;
    }
    if (subject.find(':') != std::string::npos) {
        auto persons = persons_of(open, subject);
        if (!persons) return persons.error();
        interest.persons = std::move(*persons);
        return interest;
    }
    const auto id = digest_from_hex(subject);
    if (!id)
        return Error{.what = "'" + subject + "' is no receipt, record id, person id, item or identifier",
                     .cure = "give 64 hexadecimal digits, an item such as 1042.0.2, or an identifier such as CRN:X123456", .code = "bad_subject"};
    interest.id = *id;
    if (const auto row = open.store->get(core::Table::record, as_bytes(*id)))
        if (const auto place = core::decode_record_place(*row)) interest.seqs.insert(place->seq);
    if (open.store->get(core::Table::person, as_bytes(*id))) interest.persons.insert(PersonId{*id});
    return interest;
}

bool concerns(const Interest& interest, const core::StoredEntry& stored, const core::Residue& residue, const Digester& digester) {
    if (interest.seqs.count(stored.entry.seq) != 0) return true;
    if (interest.id && core::id_of(stored.entry.header, digester).digest == *interest.id) return true;
    for (const core::Residue::Lane& lane : residue.lanes)
        if (interest.persons.count(lane.person) != 0) return true;
    for (const core::Residue::Move& move : residue.moves)
        if (interest.items.count(move.item) != 0 || interest.persons.count(move.person) != 0 ||
            (interest.items.empty() && interest.seqs.count(move.item.seq) != 0))
            return true;
    return false;
}

/// Who and why, for acts; what came of it, for attempts.
std::string detail_of(const core::Entry& entry) {
    if (entry.erased) return "erased";
    if (entry.header.kind == core::EntryKind::act)
        if (const auto act = core::decode_act(entry.payload)) return "by " + act->who + ": " + act->why;
    if (entry.header.kind == core::EntryKind::outcome)
        if (const auto attempt = core::decode_attempt(entry.payload))
            return "attempt " + std::to_string(attempt->number) + (attempt->code.empty() ? "" : " " + attempt->code) + (attempt->detail.empty() ? "" : ": " + attempt->detail);
    if (entry.header.kind == core::EntryKind::record) return "from " + entry.header.sender + ", message " + entry.header.message_id;
    return {};
}

void add_rows(const core::StoredEntry& stored, const core::Residue& residue, const Digester& digester, Table& table) {
    const core::Header& header = stored.entry.header;
    const std::string seq = std::to_string(stored.entry.seq), at = to_text(header.instant);
    table.rows.push_back({seq, at, std::string(name_of(header.kind)), header.source, "", "", detail_of(stored.entry)});
    if (header.kind == core::EntryKind::record)
        table.rows.back().back() += ", receipt " + to_text(core::id_of(header, digester));
    for (const core::Residue::Move& move : residue.moves) {
        const std::string now(move.to == core::ItemState::closed ? core::name_of(move.disposition) : core::name_of(move.to));
        const std::string change = move.opened ? "opened as " + now : std::string(core::name_of(move.from)) + " -> " + now;
        table.rows.push_back({"", "", "", move.route + (move.recipient.empty() ? "" : " to " + move.recipient), core::to_text(move.item), change, move.reason});
    }
}

std::vector<std::string> clock_cells(const core::ClockRow& row) {
    const auto text = [](const std::optional<deadlines::Point>& point) { return point ? deadlines::to_text(*point) : std::string(); };
    return {row.rule, row.version, row.matter_kind, row.matter, row.occurrence, text(row.start), text(row.due), std::string(deadlines::name_of(row.state)), row.owner,
            row.responsibility, row.reason, text(row.discharged_at), row.discharge, row.late_known ? "yes" : "no", std::to_string(row.since), to_text(row.since_instant)};
}

/// What the person's clocks say, and what they said before.
void add_clocks(const OpenSite& open, const PersonId& id, Report& report) {
    const auto row = open.store->get(core::Table::clock, id.bytes());
    const auto sheet = row ? core::decode_sheet(*row) : Result<core::ClockSheet>(Error{});
    if (!sheet) return;
    const std::vector<std::string> columns{"rule", "version", "matter kind", "matter", "period from", "start", "due", "state", "owner", "responsibility", "reason",
                                           "discharged at", "discharge", "told late", "since entry", "since"};
    if (sheet->clocks.size() == core::ClockSheet::clocks_max)
        report.facts.push_back({"clocks", "as many as clocks_max, " + std::to_string(core::ClockSheet::clocks_max) + "; any further are left out"});
    Table clocks{"clocks", columns, {}}, before{"what_clocks_said_before", columns, {}};
    for (const core::ClockRow& each : sheet->clocks) clocks.rows.push_back(clock_cells(each));
    before.columns.insert(before.columns.end(), {"until entry", "until"});
    const Status read = open.store->scan(core::Table::belief, id.bytes(), "", [&](std::string_view, std::string_view value) {
        const auto belief = core::decode_belief(value);
        if (!belief) return true;
        before.rows.push_back(clock_cells(belief->clock));
        before.rows.back().insert(before.rows.back().end(), {std::to_string(belief->cause), to_text(belief->until)});
        return true;
    });
    if (!read) report.facts.push_back({"clocks", read.error().what});
    report.tables.push_back(std::move(clocks));
    report.tables.push_back(std::move(before));
}

void describe_person(const OpenSite& open, const PersonId& id, Report& report) {
    const auto row = open.store->get(core::Table::person, id.bytes());
    const auto person = row ? core::decode_person(*row) : Result<core::Person>(Error{});
    if (!person) return;
    report.facts.push_back({"person", to_text(id)});
    report.facts.push_back({"items", std::to_string(person->items_opened) + " opened, " + std::to_string(person->items_closed) + " closed"});
    Table identifiers{"identifiers", {"type", "value", "note"}, {}};
    for (const people::Identifier& one : person->identifiers) identifiers.rows.push_back({std::string(people::name_of(one.type)), one.value, one.flaw});
    Table facts{"facts", {"matter", "reference", "kind", "value", "valid from", "recorded at", "entry", "state"}, {}};
    for (const core::StoredFact& one : person->facts)
        facts.rows.push_back({one.fact.matter, one.fact.matter_id, one.fact.kind, one.fact.value, one.fact.valid_from, to_text(one.recorded_at),
                              std::to_string(one.seq), one.superseded() ? "superseded" : "current"});
    Table consents{"consents", {"kind", "given"}, {}};
    for (const core::Consent& one : person->consents) consents.rows.push_back({one.kind, one.given ? "yes" : "no"});
    for (Table* table : {&identifiers, &facts, &consents}) report.tables.push_back(std::move(*table));
    add_clocks(open, id, report);
}

}  // namespace

int trace(World& world, const TraceRequest& request) {
    if (!request.field.empty()) return trace_field(world, request.site, request.subject, request.field);
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::snapshot, open)) return exit_problems;
    const Result<Interest> interest = interest_of(open, request.subject);
    if (!interest) return fail(world, interest.error());
    Report report;
    for (const PersonId& person : interest->persons) describe_person(open, person, report);
    Table timeline{"what_happened", {"entry", "at", "kind", "where", "item", "change", "why"}, {}};
    const Status read = open.store->entries(1, [&](const core::StoredEntry& stored) {
        if (const auto residue = core::decode_residue(stored.residue); residue && concerns(*interest, stored, *residue, world.digester))
            add_rows(stored, *residue, world.digester, timeline);
        return true;
    });
    if (!read) return fail(world, read.error());
    if (timeline.rows.empty())
        return fail(world, {.what = "the journal knows nothing of '" + request.subject + "'", .code = "not_found"});
    report.tables.push_back(std::move(timeline));
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
