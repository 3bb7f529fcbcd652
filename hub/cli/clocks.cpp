// throughgate clocks: the rules of a site over a facts file, each clock with its derivation; or its gates, or what changed when.
#include <algorithm>
#include <iostream>

#include "hub/cli/clock_question.hpp"
#include "hub/cli/clock_text.hpp"
#include "hub/cli/timeline.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

std::vector<ToldClock> answer(const ClockQuestion& asked, Problems& problems) {
    std::vector<ToldClock> told;
    for (const GivenPerson& person : asked.people) {
        const History history(*asked.book->kinds, *asked.book->almanac.zone, person.facts, asked.known_at, problems);
        const Question question{asked.as_of, asked.rules};
        for (const deadlines::Clock& clock : evaluate(*asked.book, history, question))
            told.push_back(tell(*asked.book, history, person.id, question, clock));
    }
    return told;
}

/// The last thing told; nothing when no fact says when it was.
std::optional<Instant> last_told(const std::vector<GivenPerson>& people) {
    const Instant last = last_said(people, from_the_beginning);
    return last == from_the_beginning ? std::nullopt : std::optional(last);
}

Result<std::vector<TimelineChange>> walk(const ClockQuestion& asked, const ClocksRequest& request, Problems& problems) {
    const Zone& zone = *asked.book->almanac.zone;
    const std::optional<Instant> last = last_told(asked.people);
    if (!last)
        return Error{.what = request.facts + ": no fact says when it was recorded, so there is no time to walk through",
                     .cure = "give the facts recorded-at, or leave --timeline out",
                     .code = "no_recorded_at"};
    const Result<Instant> until = request.until ? asked_time(*request.until, zone, "--until") : Result<Instant>(request.as_of ? asked.as_of : *last);
    if (!until) return until.error();
    Instant from = from_the_beginning;
    if (request.from) {
        const std::optional<Point> point = parse_point(*request.from, zone);
        if (!point) return asked_time(*request.from, zone, "--from").error();
        from = point->exact ? point->instant : zone.start_of(point->day).value_or(from);
    }
    std::vector<TimelineChange> all;
    for (const GivenPerson& person : asked.people) {
        const Result<std::vector<TimelineChange>> changes = timeline(*asked.book, person, {.until = *until, .rules = asked.rules}, problems);
        if (!changes) return changes.error();
        for (const TimelineChange& each : *changes)
            if (each.at >= from) all.push_back(each);
    }
    return all;
}

/// Every gate about a kind of matter that a person has: it may pass, or lacks parts.
std::vector<ToldGate> gates(const ClockQuestion& asked, Problems& problems) {
    std::vector<ToldGate> told;
    for (const GivenPerson& person : asked.people) {
        const History history(*asked.book->kinds, *asked.book->almanac.zone, person.facts, asked.known_at, problems);
        for (const Gate& gate : asked.book->gates)
            for (std::uint32_t matter = 0; matter < history.matters().size(); ++matter)
                if (history.matters()[matter].kind == gate.matter && applies(*asked.book, gate, history, matter, asked.as_of))
                    told.push_back({person.id, history.matters()[matter].id, &gate, missing(*asked.book, gate, history, matter, asked.as_of)});
    }
    return told;
}

void print(const std::vector<ToldClock>& told, ReportFormat format, std::ostream& into) {
    if (format == ReportFormat::json) print_json(told, into);
    else if (format == ReportFormat::csv) print(table_of(told), format, into);
    else print_text(told, into);
}

/// The answer on standard output; notes on it go to standard error.
Result<int> answer_to(const World& world, const ClocksRequest& request, const ClockQuestion& asked, Report& report) {
    if (request.timeline) {
        const Result<std::vector<TimelineChange>> changes = walk(asked, request, report.problems);
        if (!changes) return changes.error();
        if (!report.problems.empty()) return exit_problems;
        if (world.format == ReportFormat::json) print_json(*changes, std::cout);
        else print_text(*changes, *asked.book->almanac.zone, std::cout);
        return exit_good;
    }
    if (request.gates) {
        const std::vector<ToldGate> told = gates(asked, report.problems);
        if (!report.problems.empty()) return exit_problems;
        if (world.format == ReportFormat::json) print_json(told, std::cout);
        else print(table_of(told), world.format, std::cout);
        return exit_good;
    }
    const std::vector<ToldClock> told = answer(asked, report.problems);
    if (!report.problems.empty()) return exit_problems;
    print(told, world.format, std::cout);
    report.notes = notes_on(asked);
    return exit_good;
}

}  // namespace

int clocks(World& world, const ClocksRequest& request) {
    Report report;
    const Result<ClockQuestion> asked = read_question(world, request, report.problems);
    if (!asked) return fail(world, asked.error());
    const Result<int> code = report.problems.empty() ? answer_to(world, request, *asked, report) : Result<int>(exit_problems);
    if (!code) return fail(world, code.error());
    if (!report.problems.empty() || !report.notes.empty()) print(report, world.format, std::cerr);
    return *code;
}

}  // namespace hub::cli
