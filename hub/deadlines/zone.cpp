// Reads the table of a place's clocks and looks times up in it.
#include "hub/deadlines/zone.hpp"

#include <algorithm>

namespace hub::deadlines {

namespace {

constexpr std::int64_t second_us = 1'000'000, minute_us = 60 * second_us, hour_us = 60 * minute_us, day_us = 24 * hour_us;
constexpr std::int64_t offset_hours_max = 14;

/// Two digits at a place, or -1.
int two_digits(std::string_view text, std::size_t at) {
    const char tens = text[at], ones = text[at + 1];
    return tens < '0' || tens > '9' || ones < '0' || ones > '9' ? -1 : (tens - '0') * 10 + (ones - '0');
}

/// "1972-03-19T02:00:00" as microseconds that the clocks on the wall have counted since 1970.
std::optional<std::int64_t> wall_from(std::string_view text) {
    if (text.size() != 19 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return {};
    const auto day = parse_day(text.substr(0, 10));
    const int hour = two_digits(text, 11), minute = two_digits(text, 14), second = two_digits(text, 17);
    if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return {};
    return day->number * day_us + hour * hour_us + minute * minute_us + second * second_us;
}

/// "Z", "+01:00", "-03:30"
std::optional<std::int64_t> offset_from(std::string_view text) {
    if (text == "Z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
    const int hours = two_digits(text, 1), minutes = two_digits(text, 4);
    if (hours < 0 || hours > offset_hours_max || minutes < 0 || minutes > 59) return {};
    const std::int64_t offset = hours * hour_us + minutes * minute_us;
    return text[0] == '-' ? -offset : offset;
}

/// A row of the table: from this time on the wall, this offset; nothing for times that the clocks never showed.
struct Row {
    std::int64_t wall = 0;
    std::optional<std::int64_t> offset{};
    int line = 0, column = 0;
};

struct Complaints {
    const std::string& file;
    Problems& problems;
    std::size_t before = problems.size();

    void add(int line, int column, std::string code, std::string what, std::string cure) {
        problems.push_back({file, line, column, std::move(code), std::move(what), std::move(cure), {}, {}});
    }
    void add(const Row& row, std::string code, std::string what, std::string cure) { add(row.line, row.column, std::move(code), std::move(what), std::move(cure)); }
    bool none() const { return problems.size() == before; }
};

std::vector<Row> rows_of(const formats::ConfigElement& codes, Complaints& complaints) {
    std::vector<Row> rows;
    for (const auto& element : codes.children) {
        if (element.name != "code") continue;
        const std::string from = element.token("from"), to = element.token("to");
        const auto wall = wall_from(from);
        const auto offset = offset_from(to);
        if (!wall)
            complaints.add(element.line, element.column, "TG-D030", "'" + from + "' is not a time on the clocks", "write it as 2026-03-29T02:00:00, without an offset");
        if (!offset && !to.empty())
            complaints.add(element.line, element.column, "TG-D030", "'" + to + "' is not an offset from UTC",
                           "write Z or an offset such as +01:00, or nothing where the clocks never showed the time");
        if (wall && (offset || to.empty())) rows.push_back({*wall, offset, element.line, element.column});
    }
    return rows;
}

/// What does not depend on the times: the table begins with an offset and ends with none, and no two rows without one are neighbours.
void check_shape(const formats::ConfigElement& codes, const std::vector<Row>& rows, Complaints& complaints) {
    if (rows.size() < 2 || !rows.front().offset)
        return complaints.add(codes.line, codes.column, "TG-D031", "the table does not begin with an offset",
                              "say in its first row which offset held when it begins, and in its last row, without an offset, where it ends");
    if (rows.back().offset)
        complaints.add(rows.back(), "TG-D032", "the table does not say where it ends", "add a last row with an empty offset from the first time that nobody knows about");
    for (std::size_t at = 1; at < rows.size(); ++at) {
        if (rows[at].wall <= rows[at - 1].wall)
            complaints.add(rows[at], "TG-D033", "the row is not later than the one before it", "put the rows in the order of their times, each time once");
        if (!rows[at].offset && !rows[at - 1].offset)
            complaints.add(rows[at], "TG-D034", "two rows without an offset follow each other", "say after each span that the clocks never showed which offset held then");
    }
}

}  // namespace

std::shared_ptr<const Zone> Zone::read(const formats::ConfigElement& codes, const std::string& file, Problems& problems) {
    Complaints complaints{file, problems};
    const std::vector<Row> rows = rows_of(codes, complaints);
    if (!complaints.none()) return nullptr;  // the order of rows that were not understood says nothing
    check_shape(codes, rows, complaints);
    if (!complaints.none()) return nullptr;

    auto zone = std::make_shared<Zone>();
    zone->changes_.push_back({{rows.front().wall - *rows.front().offset}, *rows.front().offset});
    for (std::size_t at = 1; at < rows.size(); ++at) {
        const Row& row = rows[at];
        const Row& before = rows[at - 1];
        const std::int64_t offset = zone->changes_.back().offset_us;
        if (!row.offset) {
            zone->end_ = {row.wall - offset};  // the last of these is the table's
            continue;
        }
        // A time shown twice counts where it was shown first: the clocks go back when they reach this row under the old offset.
        const Instant change{(before.offset ? row.wall : before.wall) - offset};
        const std::int64_t jump = *row.offset - offset;
        if (before.offset ? jump >= 0 : row.wall - before.wall != jump)
            complaints.add(row, "TG-D035", "the clocks do not change by the difference of the two offsets here",
                           "where they go forward, say with an empty offset which times they never showed, exactly; where they go back, say no such row");
        zone->changes_.push_back({change, *row.offset});
    }
    return complaints.none() ? zone : nullptr;
}

std::optional<WallTime> Zone::wall(Instant instant) const {
    if (changes_.empty() || instant < changes_.front().at || instant >= end_) return {};
    const auto after = std::upper_bound(changes_.begin(), changes_.end(), instant, [](Instant at, const Change& change) { return at < change.at; });
    const std::int64_t us = instant.microseconds + std::prev(after)->offset_us;
    const std::int64_t day = us / day_us - (us % day_us < 0 ? 1 : 0);
    return WallTime{{static_cast<std::int32_t>(day)}, us - day * day_us};
}

std::optional<Instant> Zone::instant(const WallTime& wall) const {
    if (changes_.empty() || wall.microsecond < 0 || wall.microsecond >= day_us) return {};
    const std::int64_t us = wall.day.number * day_us + wall.microsecond;
    if (us < changes_.front().at.microseconds + changes_.front().offset_us) return {};
    // The first span between two changes whose clocks reach past the time: there it was shown first, or jumped over just before.
    const auto span = std::upper_bound(changes_.begin() + 1, changes_.end(), us, [](std::int64_t time, const Change& next) {
        return time < next.at.microseconds + std::prev(&next)->offset_us;
    });
    const Change& change = *std::prev(span);
    const Instant found{std::max(change.at.microseconds, us - change.offset_us)};
    return found < end_ ? std::optional(found) : std::nullopt;
}

std::optional<Instant> Zone::start_of(Day day) const { return instant({day, 0}); }

/// The day with which the table ends is over when it ends.
std::optional<Instant> Zone::end_of(Day day) const {
    const auto next = start_of(add_days(day, 1));
    if (next || changes_.empty()) return next;
    const auto last = wall({end_.microseconds - 1});
    return last && last->day == day ? std::optional(end_) : std::nullopt;
}

}  // namespace hub::deadlines
