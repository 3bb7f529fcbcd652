// See timeline.hpp: changes as text for people and as JSON for programs.
#include <ostream>

#include "hub/cli/report.hpp"
#include "hub/cli/timeline.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

/// "2026-03-01 09:00", by the clocks on the wall.
std::string wall_text(Instant at, const Zone& zone) {
    const auto wall = zone.wall(at);
    if (!wall) return hub::to_text(at);
    const auto two = [](std::int64_t number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    const std::int64_t seconds = wall->microsecond / 1'000'000;
    std::string text = to_text(wall->day) + " " + two(seconds / 3600) + ":" + two(seconds / 60 % 60);
    if (seconds % 60 != 0) text += ":" + two(seconds % 60);
    return text;
}

std::string name_of(const ClockName& name) {
    const auto& [rule, kind, matter, occurrence] = name;
    return rule + (matter.empty() ? "" : " " + matter) + (occurrence.empty() ? "" : " " + occurrence);
}

std::string words(const TimelineChange& each) {
    const HeldClock& now = each.now;
    const auto moved = [&] { return (each.from.empty() ? "-" : each.from) + " -> " + (each.to.empty() ? "-" : each.to); };
    const std::string& change = each.change;
    if (change == "appeared")
        return change + (now.start.empty() || now.start == now.due ? "" : ", from " + now.start) + (now.due.empty() ? "" : ", due " + now.due) + ", " + now.state +
               (now.responsibility.empty() ? "" : ", " + now.responsibility) + (now.counts.empty() ? "" : ", counts " + now.counts) +
               (now.reason.empty() ? "" : " (" + now.reason + ")") + "; " + now.owner;
    if (change == "gone") return change;
    if (change == "warned" || change == "escalated") return change + ": " + each.to;
    if (change == now.state) return change + (now.discharge.empty() ? "" : " (" + now.discharge + ")") + (now.discharged_at.empty() ? "" : " at " + now.discharged_at) + "; " + now.owner;
    return change + ": " + moved();
}

}  // namespace

void print_text(const std::vector<TimelineChange>& changes, const Zone& zone, std::ostream& into) {
    const TimelineChange* before = nullptr;
    for (const TimelineChange& each : changes) {
        if (!before || before->at != each.at || before->person != each.person) into << (before ? "\n" : "") << wall_text(each.at, zone) << "  " << each.person << "\n";
        into << "  " << name_of(each.clock) << ": " << words(each) << "\n";
        before = &each;
    }
    into << (before ? "\n" : "") << "changes: " << changes.size() << "\n";
}

void print_json(const std::vector<TimelineChange>& changes, std::ostream& into) {
    into << "[";
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const TimelineChange& each = changes[i];
        const auto& [rule, kind, matter, occurrence] = each.clock;
        const std::pair<const char*, std::string> members[] = {
            {"at", hub::to_text(each.at)}, {"person", each.person}, {"rule", rule}, {"version", each.now.version}, {"matter", matter.empty() ? each.person : matter},
            {"matter_kind", kind}, {"occurrence", occurrence}, {"change", each.change}, {"from", each.from}, {"to", each.to}, {"state", each.now.state},
            {"start", each.now.start}, {"due", each.now.due}, {"owner", each.now.owner}, {"responsibility", each.now.responsibility}, {"reason", each.now.reason},
            {"counts", each.now.counts}, {"discharge", each.now.discharge}, {"discharged_at", each.now.discharged_at}};
        into << (i == 0 ? "" : ",") << "\n  {";
        const char* separator = "";
        for (const auto& [name, value] : members) {
            if (value.empty()) continue;
            into << separator << json_text(name) << ": " << json_text(value);
            separator = ", ";
        }
        into << "}";
    }
    into << (changes.empty() ? "]\n" : "\n]\n");
}

}  // namespace hub::cli
