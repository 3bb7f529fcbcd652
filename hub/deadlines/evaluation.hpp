// One rule for one matter, in the making. Private to this room.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/deadlines/evaluate.hpp"

namespace hub::deadlines {

/// Asking for a rule about a matter; the version is not chosen yet.
Asking ask(const RuleBook& book, const History& history, std::uint32_t matter, Instant as_of);

/// The version of a rule that counts for the matter now; null when none does. Sets asking.named and asking.calendar.
const Version* choose_version(const RuleBook& book, const Rule& rule, Asking& asking);
/// A test that is unknown does not hold.
bool holds(const Expression& test, Asking& asking);
/// Forgets the lets; facts read from here on count as told.
void start_over(Asking& asking);

/// A recurring rule's period; the one period of any other rule has no days.
struct Period {
    std::optional<Day> first{}, last{};
    std::optional<Instant> told{};  ///< when the hub was told of what the periods are counted from
};
std::vector<Period> periods_of(const Version& version, Asking& asking);

/// The clock of a period; nothing when no case holds or its trigger is not there.
std::optional<Clock> make_clock(const RuleBook& book, std::uint16_t rule, const Version& version, const Period& period, Asking& asking);

/// Works out state, discharge, warnings and escalations of a clock whose start and due are there.
void settle_state(const Rule& rule, const Version& version, Asking& asking, Clock& clock);
/// How many warnings, or escalations, of a clock that has a deadline are behind the asked time.
void count_warnings(const Version& version, Asking& asking, Clock& clock);
void count_escalations(const Version& version, Asking& asking, Clock& clock);
/// Moves due by the whole days for which the clock stood still; since when it stands still, if it does now.
std::optional<Day> apply_pauses(const Version& version, Asking& asking, Clock& clock);

/// First instant of a point; nothing outside the zone's table.
std::optional<Instant> begins(const Point& point, const Asking& asking);
/// First instant after it.
std::optional<Instant> ends(const Point& point, const Asking& asking);
/// Whether it lies behind the asked time. A day is over when its last moment is.
bool is_over(const Point& point, const Asking& asking);
/// Whether it has begun.
bool has_begun(const Point& point, const Asking& asking);

void note(Asking& asking, DerivationStep::Kind kind, std::string text);

}  // namespace hub::deadlines
