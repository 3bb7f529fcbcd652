// A person's clocks in virtual time: from the first thing that was said to an end, at every moment at which something is told or
// a clock may change, with what was known at that moment, as of that moment. Pure; any thread.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "hub/deadlines/evaluate.hpp"

namespace hub::cli {

/// Moments of one walk. A walk that needs more is an error and gives nothing.
inline constexpr std::size_t timeline_steps_max = 20'000;

/// Which clock: rule, kind of matter, matter, occurrence.
using ClockName = std::tuple<std::string, std::string, std::string, std::string>;

/// What a walk holds of a clock between two moments; empty where there is none.
struct HeldClock {
    std::string version{}, state{}, start{}, due{}, owner{}, responsibility{}, reason{}, counts{}, discharge{}, discharged_at{};
    std::vector<std::string> warned{}, escalated{};  ///< whom; as many as there were
    auto operator<=>(const HeldClock&) const = default;
};
using HeldClocks = std::map<ClockName, HeldClock>;

/// One change of one clock. `change`: appeared, gone, start_moved, moved (its due), warned, escalated, owner, responsible, reason, counts,
/// or the state that it entered: running, paused, met, late, breached, told_late, void, undetermined. `from` and `to` are what changed;
/// `now` is the clock after it, or the last of one that is gone.
struct TimelineChange {
    Instant at{};
    std::string person{};
    ClockName clock{};
    std::string change{}, from{}, to{};
    HeldClock now{};
};

struct TimelineAsked {
    Instant until{};                    ///< the last moment that is looked at
    std::vector<std::uint16_t> rules{}; ///< indexes; empty: all
    std::size_t steps_max = timeline_steps_max;
};

/// Looks at what a walk holds after each moment.
using TimelineWatcher = std::function<void(Instant at, const HeldClocks& held)>;

/// The changes of one person, in order. Facts without recorded-at are known from the first moment on that is told. At each moment only
/// the rules are evaluated whose facts or matters were told of, or whose time has come. Error `timeline_steps` at the limit.
Result<std::vector<TimelineChange>> timeline(const deadlines::RuleBook& book, const deadlines::GivenPerson& person, const TimelineAsked& asked, Problems& problems,
                                             const TimelineWatcher& watch = {});

/// Everything evaluated anew at one moment; what a walk must hold then.
HeldClocks held_at(const deadlines::RuleBook& book, const deadlines::GivenPerson& person, Instant at, const std::vector<std::uint16_t>& rules, Problems& problems);

/// Text: a heading for each moment, in the zone's wall time, and one line a change. JSON: an array of objects, moments in UTC.
void print_text(const std::vector<TimelineChange>& changes, const deadlines::Zone& zone, std::ostream& into);
void print_json(const std::vector<TimelineChange>& changes, std::ostream& into);

}  // namespace hub::cli
