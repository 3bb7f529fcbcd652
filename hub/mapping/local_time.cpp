// Local times, offsets and instants are read digit by digit; tables are turned into spans of time once.
#include "hub/mapping/local_time.hpp"

#include <algorithm>

namespace hub::mapping {

namespace {

constexpr std::string_view local_picture = "yyyy-MM-ddTHH:mm:ss";

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
    if (text == "Z") return {};
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

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

}  // namespace

Clocks::Clocks(const CodeTable& offsets) {
    const auto& rows = offsets.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].to.empty()) continue;
        const sys_seconds shown = point(rows[i].from);
        Span span{shown - offset(rows[i].to), offset(rows[i].to)};
        // A clock that is put back shows an hour twice: then the row before has ended though this one seems not to have begun.
        if (i > 0 && !rows[i - 1].to.empty()) span.begin = std::min(span.begin, shown - offset(rows[i - 1].to));
        while (!spans_.empty() && spans_.back().begin >= span.begin) spans_.pop_back();
        spans_.push_back(span);
    }
    if (!rows.empty() && rows.back().to.empty()) end_ = point(rows.back().from);
}

DateParts Clocks::at(std::string_view instant) const {
    const sys_seconds utc = point(instant) - offset(instant.substr(instant.find_first_of("Z+-", local_picture.size())));
    const auto behind = std::upper_bound(spans_.begin(), spans_.end(), utc, [](sys_seconds time, const Span& each) { return time < each.begin; });
    if (behind == spans_.begin() || (end_ && utc >= *end_)) return {};
    return parts_of(utc + (behind - 1)->offset);
}

bool is_local_time(std::string_view text) {
    const std::string_view fraction = text.substr(std::min(local_picture.size(), text.size()));
    if (!fraction.empty() && (fraction[0] != '.' || !all_digits(fraction.substr(1)))) return false;
    return read_date(text.substr(0, local_picture.size()), local_picture).valid;
}

bool is_offset(std::string_view text) {
    if (text == "Z") return true;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' || !all_digits(text.substr(1, 2)) || !all_digits(text.substr(4))) return false;
    const int hours = number(text.substr(1, 2)), minutes = number(text.substr(4));
    return minutes <= 59 && (hours < 14 || (hours == 14 && minutes == 0));
}

bool is_instant(std::string_view text) {
    const auto end = text.find_first_of("Z+-", local_picture.size());
    return end != std::string_view::npos && is_local_time(text.substr(0, end)) && is_offset(text.substr(end));
}

}  // namespace hub::mapping
