// What the projections hold about clocks: each person's sheet, the times at which people are looked at again, what a clock used
// to say, and the records that clocks ask the hub to make.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/entry.hpp"
#include "hub/deadlines/evaluate.hpp"

namespace hub::core {

/// One clock as it was last worked out. Names instead of indexes: rows outlive the plan that they were made under.
struct ClockRow {
    std::string rule{}, version{}, matter_kind{}, matter{}, occurrence{};
    deadlines::ClockState state = deadlines::ClockState::running;
    std::optional<deadlines::Point> start{}, due{}, discharged_at{};
    std::string owner{}, responsibility{}, reason{}, counts{}, discharge{}, trouble{};
    bool late_known = false;
    std::optional<Instant> told_at{};
    std::uint8_t warnings = 0, escalations = 0;
    std::uint32_t made = 0;       ///< a bit for each record of the version that was made for it
    std::string settling{};       ///< key of the last notice of a move: taken back when the deadline moves once more before it goes
    std::optional<deadlines::Point> told_due{};  ///< the deadline that was last told to somebody; nothing while nobody was told of the clock
    std::uint64_t since = 0;      ///< seq of the entry that made it say so
    Instant since_instant{};
    bool operator==(const ClockRow&) const = default;
};

/// Row of `clock`: all clocks of a person.
struct ClockSheet {
    PlanDigest plan{};            ///< under which it was worked out: another plan works out everything again
    std::vector<ClockRow> clocks{};  ///< by rule, matter, occurrence
    /// When a rule has to be looked at again although no fact changes, by rule.
    std::vector<std::pair<std::string, Instant>> pending{};
    std::optional<Instant> next() const;
    static constexpr std::size_t clocks_max = 2'000;  ///< of a person; more are left out, and the person's trace says so
};

/// Row of `belief`: what a clock said until a later entry superseded it. Never changed.
struct Belief {
    ClockRow clock{};
    Instant until{};
    std::uint64_t cause = 0;      ///< seq of the entry that superseded it
};

/// Row of `notice`: a record that the hub makes about a person, once its time has come.
struct Notice {
    PersonId person{};
    std::string record_type{};    ///< "clock_notice", "referral", ...
    std::vector<std::pair<std::string, std::string>> values{};  ///< path below the record's root, value
};
inline constexpr std::string_view notice_source = "clocks";          ///< the source that such records come from
inline constexpr std::string_view canonical_exchange = "canonical/"; ///< and how they are read: "canonical/clock_notice"

std::string encode(const ClockSheet& sheet);
std::string encode(const Belief& belief);
std::string encode(const Notice& notice);
hub::Result<ClockSheet> decode_sheet(std::string_view bytes);
hub::Result<Belief> decode_belief(std::string_view bytes);
hub::Result<Notice> decode_notice(std::string_view bytes);

/// `timer`: sorts by time; the value is empty.
std::string timer_key(Instant at, const PersonId& person);
struct TimerKey {
    Instant at{};
    PersonId person{};
};
hub::Result<TimerKey> decode_timer_key(std::string_view bytes);
/// `belief`: all of a person's together, in the order in which they ended.
std::string belief_key(const PersonId& person, std::uint64_t seq, std::uint32_t index);
/// `notice`: sorts by the time before which it is not made.
std::string notice_key(Instant not_before, std::uint64_t seq, std::uint32_t index);
Instant time_of_notice(std::string_view key);
/// The key as the message id of the record that the notice becomes, and back; nothing for any other text.
std::string notice_message_id(std::string_view key);
std::optional<std::string> notice_key_from(std::string_view message_id);

/// The facts of a person's row as the rules read them.
struct Person;
std::vector<deadlines::GivenFact> given_facts(const Person& person);

/// The document that a notice asks for, as canonical XML with the person's identifiers. The error's remedy is `reject`.
struct RecordType;
hub::Result<std::string> make_record(const RecordType& type, const Person& person, const Notice& notice);

}  // namespace hub::core
