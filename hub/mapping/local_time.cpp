// Whether texts are dates and times, with an offset or without, by the formats room's own reading of them.
#include "hub/mapping/local_time.hpp"

#include <chrono>
#include <string>

#include "hub/formats/schema.hpp"

namespace hub::mapping {

namespace {

formats::SimpleType instant_type() {
    formats::SimpleType type;
    type.base = formats::Lexical::date_time;
    type.format = "date-time";
    return type;
}

using std::chrono::sys_seconds;

int number(std::string_view digits) {
    int value = 0;
    for (const char each : digits) value = value * 10 + (each - '0');
    return value;
}

/// Of a checked "yyyy-MM-ddTHH:mm:ss...", as if it were UTC.
sys_seconds point(std::string_view text) {
    const std::chrono::year_month_day day{std::chrono::year(number(text.substr(0, 4))), std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
                                          std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2))))};
    return std::chrono::sys_days(day) + std::chrono::hours(number(text.substr(11, 2))) + std::chrono::minutes(number(text.substr(14, 2))) +
           std::chrono::seconds(number(text.substr(17, 2)));
}

/// Of a checked "Z" or "+01:00".
std::chrono::seconds offset(std::string_view text) {
    if (text == "Z" || text == "z") return {};
    const auto size = std::chrono::hours(number(text.substr(1, 2))) + std::chrono::minutes(number(text.substr(4, 2)));
    return text[0] == '-' ? -size : size;
}

DateParts parts_of(sys_seconds local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss shown(local - day);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(shown.hours().count()), static_cast<int>(shown.minutes().count()), static_cast<int>(shown.seconds().count()), true};
}

}  // namespace

DateParts on_the_clocks(std::string_view instant, const CodeTable& offsets) {
    const sys_seconds utc = point(instant) - offset(instant.substr(instant.find_first_of("Zz+-", 19)));
    const auto& rows = offsets.rows();
    DateParts shown;
    for (std::size_t i = 0; i < rows.size() && point(rows[i].from) - std::chrono::hours(24) <= utc; ++i) {
        if (rows[i].to.empty()) continue;
        const sys_seconds local = utc + offset(rows[i].to);
        // A clock that is put back shows an hour twice: then the row before has ended though this one seems not to have begun.
        const bool ended_before = i > 0 && !rows[i - 1].to.empty() && utc + offset(rows[i - 1].to) >= point(rows[i].from);
        if (local >= point(rows[i].from) || ended_before) shown = parts_of(local);
    }
    if (!rows.empty() && rows.back().to.empty() && shown.valid && utc >= point(rows.back().from)) shown.valid = false;
    return shown;
}

bool is_instant(std::string_view text) {
    static const formats::SimpleType type = instant_type();
    return text.size() > 10 && text[10] == 'T' && text.back() != 'z' && !formats::why_invalid(type, text);
}

bool is_local_time(std::string_view text) { return is_instant(std::string(text) + "Z"); }

bool is_offset(std::string_view text) { return is_instant("2026-01-01T00:00:00" + std::string(text)); }

}  // namespace hub::mapping
