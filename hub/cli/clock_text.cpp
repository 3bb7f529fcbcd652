// See clock_text.hpp.
#include "hub/cli/clock_text.hpp"

#include <ostream>

namespace hub::cli {
namespace {

using namespace deadlines;

void add(ToldClock& told, const char* name, std::string_view value) {
    if (!value.empty()) told.members.emplace_back(name, value);
}

std::string text_of(const std::optional<Point>& point) { return point ? to_text(*point) : std::string(); }

/// Empty when there is none.
std::string_view text_of(const ToldClock& told, std::string_view name) {
    for (const auto& [known, value] : told.members)
        if (known == name) return value;
    return {};
}

void print_derivation(const Derivation& derivation, std::ostream& into) {
    into << "[";
    for (std::size_t i = 0; i < derivation.size(); ++i) {
        const DerivationStep& step = derivation[i];
        into << (i == 0 ? "" : ",") << "\n      {\"step\": " << json_text(name_of(step.kind)) << ", \"text\": " << json_text(step.text);
        if (!step.source.empty()) into << ", \"source\": " << json_text(step.source);
        if (step.recorded_at && *step.recorded_at != from_the_beginning) into << ", \"recorded_at\": " << json_text(hub::to_text(*step.recorded_at));
        into << "}";
    }
    into << "]";
}

void print_ladder(const std::vector<ToldClock::Rung>& ladder, std::ostream& into) {
    into << "[";
    for (std::size_t i = 0; i < ladder.size(); ++i)
        into << (i == 0 ? "" : ",") << "\n      {\"event\": " << json_text(ladder[i].event) << ", \"at\": " << json_text(ladder[i].at) << ", \"to\": " << json_text(ladder[i].to)
             << ", \"reached\": " << (ladder[i].reached ? "true" : "false") << "}";
    into << "]";
}

ToldClock::Rung told_rung(const Rung& rung, const Zone& zone) {
    const auto wall = zone.wall(rung.at);
    const bool day_begins = wall && zone.start_of(wall->day) == rung.at;
    return {rung.escalation ? "escalated" : "warned", day_begins ? to_text(wall->day) : hub::to_text(rung.at), std::string(rung.to), rung.reached};
}

}  // namespace

std::string to_text(const ToldClock::Rung& rung) { return rung.event + " " + rung.at + ": " + rung.to + (rung.reached ? " (reached)" : ""); }

ToldClock tell(const RuleBook& book, const History& history, const std::string& person, const Question& question, const deadlines::Clock& clock) {
    const Rule& rule = book.rules[clock.rule];
    const Version& version = rule.versions[clock.version];
    const Matter& matter = history.matters()[clock.matter];
    ToldClock told{.late_known = clock.late_known, .derivation = derive(book, history, question, clock)};
    for (const Rung& rung : ladder_of(book, history, question, clock)) told.ladder.push_back(told_rung(rung, *book.almanac.zone));
    add(told, "rule", rule.name);
    add(told, "version", version.name);
    add(told, "person", person);
    add(told, "matter", matter.id.empty() ? person : matter.id);
    add(told, "matter_kind", matter.kind);
    add(told, "occurrence", clock.occurrence);
    add(told, "start", text_of(clock.start));
    add(told, "due", text_of(clock.due));
    add(told, "state", name_of(clock.state));
    add(told, "owner", clock.owner);
    add(told, "responsibility", clock.responsibility);
    add(told, "reason", clock.reason);
    add(told, "counts", clock.counts);
    add(told, "discharged_at", text_of(clock.discharged_at));
    add(told, "discharge", clock.discharge_reason);
    if (clock.told_at && *clock.told_at != from_the_beginning) add(told, "told_at", hub::to_text(*clock.told_at));
    add(told, "trouble", clock.trouble);
    add(told, "citation", version.citation.text);
    add(told, "standing", version.citation.standing);
    return told;
}

void print_json(const std::vector<ToldClock>& clocks, std::ostream& into) {
    into << "[";
    for (std::size_t i = 0; i < clocks.size(); ++i) {
        into << (i == 0 ? "" : ",") << "\n  {";
        for (const auto& [name, value] : clocks[i].members) into << "\n    " << json_text(name) << ": " << json_text(value) << ",";
        into << "\n    \"late_known\": " << (clocks[i].late_known ? "true" : "false") << ",\n    \"ladder\": ";
        print_ladder(clocks[i].ladder, into);
        into << ",\n    \"derivation\": ";
        print_derivation(clocks[i].derivation, into);
        into << "\n  }";
    }
    into << (clocks.empty() ? "]\n" : "\n]\n");
}

void print_text(const std::vector<ToldClock>& clocks, std::ostream& into) {
    for (const ToldClock& told : clocks) {
        const auto shown = [&](const char* name) { return printable(text_of(told, name)); };
        into << shown("rule") << ": " << shown("person") << ", " << shown("matter_kind") << " " << shown("matter") << "\n";
        for (const char* name : {"occurrence", "start", "due", "state", "owner", "responsibility", "reason", "counts", "discharged_at", "discharge"})
            if (!text_of(told, name).empty()) into << "  " << name << ": " << shown(name) << "\n";
        if (told.late_known) into << "  late_known: yes\n";
        for (const ToldClock::Rung& rung : told.ladder) into << "  " << to_text(rung) << "\n";
        for (const DerivationStep& step : told.derivation) into << "    " << printable(step.text) << "\n";
        into << "\n";
    }
    into << "clocks: " << clocks.size() << "\n";
}

Report table_of(const std::vector<ToldClock>& clocks) {
    Table table{"clocks", {"rule", "version", "person", "matter_kind", "matter", "occurrence", "start", "due", "state", "owner", "responsibility", "reason", "counts",
                           "discharged_at", "discharge", "told_at", "trouble", "citation", "standing"}, {}};
    for (const ToldClock& told : clocks) {
        std::vector<std::string> row;
        for (const std::string& column : table.columns) row.emplace_back(text_of(told, column));
        row.emplace_back(told.late_known ? "yes" : "no");
        table.rows.push_back(std::move(row));
    }
    table.columns.emplace_back("late_known");
    Report report;
    report.tables.push_back(std::move(table));
    return report;
}

void print_json(const std::vector<ToldGate>& gates, std::ostream& into) {
    into << "[";
    for (std::size_t i = 0; i < gates.size(); ++i) {
        const ToldGate& told = gates[i];
        into << (i == 0 ? "" : ",") << "\n  {\"gate\": " << json_text(told.gate->name) << ", \"record\": " << json_text(told.gate->record) << ", \"person\": " << json_text(told.person)
             << ", \"matter_kind\": " << json_text(told.gate->matter) << ", \"matter\": " << json_text(told.matter.empty() ? told.person : told.matter)
             << ", \"passes\": " << (told.missing.empty() ? "true" : "false") << ", \"missing\": [";
        for (std::size_t k = 0; k < told.missing.size(); ++k)
            into << (k == 0 ? "" : ",") << "\n    {\"part\": " << json_text(told.missing[k]->part) << ", \"cure\": " << json_text(told.missing[k]->cure) << "}";
        into << "], \"citation\": " << json_text(told.gate->citation.text) << ", \"standing\": " << json_text(told.gate->citation.standing) << "}";
    }
    into << (gates.empty() ? "]\n" : "\n]\n");
}

Report table_of(const std::vector<ToldGate>& gates) {
    Table table{"gates", {"gate", "record", "person", "matter", "passes", "missing", "cure"}, {}};
    for (const ToldGate& told : gates) {
        const std::string matter = told.gate->matter + " " + (told.matter.empty() ? told.person : told.matter);
        if (told.missing.empty()) table.rows.push_back({told.gate->name, told.gate->record, told.person, matter, "yes", "", ""});
        for (const Gate::Need* need : told.missing) table.rows.push_back({told.gate->name, told.gate->record, told.person, matter, "no", need->part, need->cure});
    }
    Report report;
    report.tables.push_back(std::move(table));
    return report;
}

Result<Instant> asked_time(const std::string& text, const deadlines::Zone& zone, const char* option) {
    const std::optional<deadlines::Point> point = deadlines::parse_point(text, zone);
    const std::optional<Instant> end = point && !point->exact ? zone.end_of(point->day) : std::nullopt;
    if (point && point->exact) return point->instant;
    if (end) return Instant{end->microseconds - 1};
    return Error{.what = std::string(option) + " '" + text + "' is no date or time that the site's zone covers",
                 .cure = "write 2026-03-01, 2026-03-01T09:00 or 2026-03-01T09:00:00Z",
                 .code = "bad_time"};
}

}  // namespace hub::cli
