// What a clock that changed has to tell, and to whom; and the records that it asks the hub to make.
#pragma once

#include <string_view>
#include <vector>

#include "hub/core/clocks.hpp"
#include "hub/core/plan.hpp"

namespace hub::core {

/// The record type of what clocks have to tell. Only these are ever taken back; a record that a rule made stays made.
inline constexpr std::string_view notice_type = "clock_notice";

struct TimedNotice {
    Notice notice{};
    Instant not_before{};   ///< notices of a move wait for the rule's settle time; a breach never waits
    bool settles = false;   ///< it is such a notice
};

/// `before` is null for a clock that was not there, `after` for one that is gone; `told_due` is the deadline that was last told to somebody,
/// nothing when nobody was told of the clock. The owner's party is told of warnings, a breach and a
/// deadline that moved or ended after a warning; each rung of the ladder goes to its own role's party.
std::vector<TimedNotice> notices_of(const deadlines::RuleBook& book, const Plan& plan, const PersonId& person, const ClockRow* before, const ClockRow* after,
                                    const std::optional<deadlines::Point>& told_due, Instant now);

}  // namespace hub::core
