// What is known about a person, as the rules read it: kinds of fact, and one person's facts as known at a time.
//
// Of a kind and matter, the current fact is the one that is valid from the latest point not after the as-of day; of two from
// the same point the one recorded later (a correction), then the one with the higher seq. So the order in which facts arrived
// decides nothing else. Events (a contact, a release) are facts of one kind with different valid-from.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/api/instant.hpp"
#include "hub/deadlines/civil.hpp"
#include "hub/deadlines/zone.hpp"
#include "hub/formats/config_xml.hpp"

namespace hub::deadlines {

enum class FactType : std::uint8_t { date, instant, code, text, number, yes_no };
std::string_view name_of(FactType type);

using KindId = std::uint16_t;
inline constexpr KindId no_kind = 0xffff;

struct FactKind {
    std::string name{};    ///< "release.crd"
    FactType type = FactType::text;
    std::string matter{};  ///< kind of matter that it belongs to: "person", "release", ...
    std::string about{};   ///< one sentence; in the generated table
    std::vector<std::string> values{};  ///< of a code: all that there are; empty when the list is not closed
};

/// Every fact kind (schemas/canonical/facts.xml), by name.
class FactKinds {
public:
    static std::shared_ptr<const FactKinds> read(const formats::ConfigElement& facts, const std::string& file, Problems& problems);
    KindId find(std::string_view name) const;  ///< no_kind when there is none
    const FactKind& operator[](KindId id) const { return kinds_[id]; }
    std::size_t size() const { return kinds_.size(); }
    std::vector<std::string> names() const;
    /// What to write instead of a name that is none: by its spelling, else by the words of the name and of what kinds are about.
    std::string cure_for(std::string_view name) const;

private:
    std::vector<FactKind> kinds_{};  ///< sorted by name
};

/// A point in time with its precision: a day, or an instant and the day on which it falls in the zone.
struct Point {
    Day day{};
    Instant instant{};   ///< only when exact
    bool exact = false;
    auto operator<=>(const Point&) const = default;
};
/// "2026-03-01T09:00Z" with its seconds: "2026-03-01T09:00:00Z"; any other text as it is.
std::string with_seconds(std::string_view text);
/// "2026-03-01", "2026-03-01T09:00", "2026-03-01T09:00:00Z", "...+01:00". A date-time without a zone is the zone's wall time. Nothing when it is not
/// on the calendar or outside the zone's table.
std::optional<Point> parse_point(std::string_view text, const Zone& zone);
/// A day as "2026-03-01"; an instant as "2026-03-01T09:00:00Z" (fraction only when there is one).
std::string to_text(const Point& point);
/// Days compare with days; two exact points compare as instants; a day and an instant compare by day.
int compare(const Point& a, const Point& b);

/// The valid-from of a fact of which nobody said from when it holds: it has always held, and no event lies there.
inline const Point undated{day_from({year_min, 1, 1}), {}, false};

/// Numbers are exact millionths: "7.5" is 7'500'000.
using Millionths = std::int64_t;
std::optional<Millionths> parse_number(std::string_view text);
std::string number_text(Millionths number);

/// As it came: what a facts file, or a row about a person, says.
struct GivenFact {
    std::string kind{}, matter_kind{}, matter{}, value{}, valid_from{};
    Instant recorded_at{};
    std::uint64_t seq = 0;
    std::string source{};                     ///< the record that said so
    std::optional<Instant> retracted_at{};    ///< no longer said, from here on
    /// Nothing is said, but taken back from recorded_at on: what was said before of this kind, matter and value, valid from the same point.
    /// Without valid_from: from whatever point; without a value: whatever value.
    bool retraction = false;
    /// A later fact of the same kind, matter and valid-from does not correct it: whoever keeps it retracts what was corrected.
    bool stands_until_retracted = false;
    std::string file{};
    int line = 0, column = 0;                 ///< of a facts file; 0 otherwise
};

struct KnownFact {
    KindId kind = no_kind;
    std::uint32_t matter = 0;     ///< index into History::matters
    Point valid_from{};
    Point point{};                ///< of a date or an instant
    Millionths number = 0;        ///< of a number
    bool yes = false;             ///< of a yes_no
    std::string_view text{};      ///< of a code or text: into History
    Instant recorded_at{};
    std::uint64_t seq = 0;
    std::string_view source{};
};

struct Matter {
    std::string kind{}, id{};
    auto operator<=>(const Matter&) const = default;
};

/// One person's facts as known at a time. Immutable once made; any thread may read it.
class History {
public:
    /// Facts recorded after `known_at`, retracted by then, or corrected by then (same kind, matter and valid-from) are left out.
    /// A fact of an unknown kind, in a matter of the wrong kind, or whose value is not of its type is a problem (TG-D0xx) and left out.
    /// Without valid-from it is valid from recorded-at; with neither, from the first day that there is. The order of `given` decides nothing:
    /// what is said and taken back with one recorded-at and seq is taken back. What was said before a correction that is taken back stands again.
    /// The same said again of the same point is one fact, known since it was first said. Problems quote facts of a file only.
    History(const FactKinds& kinds, const Zone& zone, const std::vector<GivenFact>& given, Instant known_at, Problems& problems);
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    History(History&&) = default;
    History& operator=(History&&) = default;

    /// Ascending by valid-from; several of one point are events side by side (from one record), ascending by value.
    std::span<const KnownFact> of(KindId kind, std::uint32_t matter) const;
    std::span<const Matter> matters() const { return matters_; }   ///< the person itself is always 0: {"person", ""}
    Instant known_at() const { return known_at_; }
    static constexpr std::size_t matters_max = 2'001;  ///< of one person, who is one of them; with more nothing is known, and that is a problem (TG-D023)

private:
    std::vector<KnownFact> facts_{};   ///< by kind, matter, valid-from
    std::vector<Matter> matters_{};
    std::vector<char> texts_{};        ///< what the views of facts_ look at
    Instant known_at_{};
};

/// A recorded-at that nobody told: known from the beginning.
inline constexpr Instant from_the_beginning{INT64_MIN};

/// A facts file (schemas/site/history.xsd, design 5.6): each person with what is said about them.
struct GivenPerson {
    std::string id{};
    std::vector<GivenFact> facts{};
};
inline constexpr std::size_t facts_file_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t facts_file_facts_max = 2'000'000;
inline constexpr std::size_t facts_file_persons_max = 200'000;
inline constexpr std::size_t fact_problems_max = 1'000;     ///< of one file, and of one history; the rest is left out

/// In file order. A time or day that is none is a problem (TG-D02x); its fact stays, so that what else is wrong with it is told too: with
/// problems, what is returned is for finding more of them. A day stands for its first moment in the
/// zone, a time without a zone is the zone's; without valid-from a fact is valid from recorded-at as it was written.
std::vector<GivenPerson> read_facts_file(const std::string& file, std::string_view bytes, const Zone& zone, Problems& problems);

}  // namespace hub::deadlines
