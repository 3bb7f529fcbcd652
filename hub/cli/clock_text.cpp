// See clock_text.hpp.
#include "hub/cli/clock_text.hpp"

#include <ostream>

#include "hub/cli/report.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

void add(ToldClock& told, const char* name, std::string_view value) {
    if (!value.empty()) told.members.emplace_back(name, value);
}

std::string text_of(const std::optional<Point>& point) { return point ? to_text(*point) : std::string(); }

const std::string* member(const ToldClock& told, std::string_view name) {
    for (const auto& [known, value] : told.members)
        if (known == name) return &value;
    return nullptr;
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
    add(told, "start", text_of(clock.start ? clock.start : clock.due));
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
        into << *member(told, "rule") << ": " << *member(told, "person") << ", " << *member(told, "matter_kind") << " " << *member(told, "matter") << "\n";
        for (const char* name : {"occurrence", "start", "due", "state", "owner", "responsibility", "reason", "counts", "discharged_at", "discharge"})
            if (const std::string* value = member(told, name)) into << "  " << name << ": " << *value << "\n";
        if (told.late_known) into << "  late_known: yes\n";
        for (const ToldClock::Rung& rung : told.ladder) into << "  " << to_text(rung) << "\n";
        for (const DerivationStep& step : told.derivation) into << "    " << step.text << "\n";
        into << "\n";
    }
    into << "clocks: " << clocks.size() << "\n";
}

Result<Instant> asked_time(const std::string& text, const deadlines::Zone& zone, const char* option) {
    const std::optional<deadlines::Point> point = deadlines::parse_point(text, zone);
    const std::optional<Instant> end = point && !point->exact ? zone.end_of(point->day) : std::nullopt;
    if (point && point->exact) return point->instant;
    if (end) return Instant{end->microseconds - 1};
    return Error{.what = std::string(option) + " '" + text + "' is no date or time that the site's zone covers",
                 .cure = "write 2026-03-01, or 2026-03-01T09:00:00Z",
                 .code = "bad_time"};
}

}  // namespace hub::cli
