// Lengths of time: reading them, and moving a point by one.
#include <algorithm>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

constexpr std::int64_t day_minutes = 24 * 60;
constexpr std::int64_t minute_us = 60'000'000;
constexpr int listed_days_max = 400;  ///< of one step of a derivation; more are summed up

/// Days that a date without a time of day moves by: counted from its last moment, so that nothing ends before it could.
std::int64_t whole_days(std::int64_t minutes) {
    const std::int64_t shifted = day_minutes + minutes;
    const std::int64_t up = shifted >= 0 ? (shifted + day_minutes - 1) / day_minutes : -(-shifted / day_minutes);
    return up - 1;
}

/// Each day from `from`, which is not counted, to `to`, and whether it counted.
void tell_days(Day from, Day to, const Calendar& calendar, Day known, Derivation& derivation) {
    const int step = to < from ? -1 : 1;
    int told = 0;
    for (Day day = add_days(from, step); from != to; day = add_days(day, step)) {
        const DayKind kind = calendar.kind(day, known);
        std::string text = in_words(day) + (kind.working ? " is counted" : " is not counted: " + std::string(kind.why)) + (kind.certain ? "" : " (worked out by rule, not published yet)");
        derivation.push_back({kind.working ? DerivationStep::Kind::counted : DerivationStep::Kind::skipped, std::move(text), {}, {}});
        if (day == to) return;
        if (++told < listed_days_max) continue;
        derivation.push_back({DerivationStep::Kind::note, "and so on to " + in_words(to), {}, {}});
        return;
    }
}

std::optional<Day> moved_day(Day day, const Length& length, int sign, const Asking& asking, std::optional<Error>& trouble, Derivation* derivation) {
    if (length.months != 0) day = add_months(day, std::int64_t{sign} * length.months);
    if (length.days != 0) day = add_days(day, std::int64_t{sign} * length.days);
    if (length.working_days == 0) return day;
    if (!asking.calendar) {
        trouble = no_calendar();
        return std::nullopt;
    }
    Result<Day> to = asking.calendar->add_working_days(day, sign * length.working_days, asking.known_day);
    if (!to) {
        trouble = to.error();
        return std::nullopt;
    }
    if (derivation) tell_days(day, *to, *asking.calendar, asking.known_day, *derivation);
    return *to;
}


std::vector<std::string_view> words_in(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\n\r", at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// One number and unit of a length, from words[at] on.
bool read_part(const std::vector<std::string_view>& words, std::size_t& at, const Named& named, Length& into, std::string& why, std::set<std::string>* unset) {
    const std::string_view amount_word = words[at++];
    if (at == words.size()) return why = "the unit is missing after '" + std::string(amount_word) + "'; write a number and a unit, as in '5 working days'", false;
    std::string unit_word(words[at++]);
    if (unit_word == "working" && at < words.size()) unit_word += " " + std::string(words[at++]);
    const std::optional<Unit> unit = unit_of(unit_word);
    if (!unit) {
        why = "there is no unit of time called '" + unit_word + "'; " + nearest_cure(unit_word, {"days", "weeks", "months", "years", "working days", "hours", "minutes"});
        return false;
    }
    const std::string* missing = nullptr;
    const bool is_number = !amount_word.empty() && amount_word[0] >= '0' && amount_word[0] <= '9';
    const std::optional<std::int64_t> amount = amount_of(amount_word, is_number, *unit, named, missing, why);
    if (!amount) return false;
    if (missing && !unset) return why = "the site has not set '" + *missing + "'", false;
    if (missing) unset->insert(*missing);
    if (!add_amount(into, *amount, *unit)) return why = "'" + std::string(amount_word) + "' is more than " + std::to_string(amount_max) + " (amount_max)", false;
    return true;
}

}  // namespace

Error no_calendar() {
    return {Remedy::stop, "working days are counted here, and no calendar says which days are working days", {}, "name a calendar in the version: calendar=\"england_and_wales\"", "TG-D130"};
}

Error outside_zone(std::string what) {
    return {Remedy::stop, std::move(what) + " is outside the years for which it is known when the clocks change", {}, "add the years to the time table of the zone, or correct the fact", "TG-D131"};
}

std::optional<Unit> unit_of(std::string_view text) {
    if (!text.empty() && text.back() == 's') text.remove_suffix(1);
    if (text == "day") return Unit::days;
    if (text == "week") return Unit::weeks;
    if (text == "month") return Unit::months;
    if (text == "year") return Unit::years;
    if (text == "hour") return Unit::hours;
    if (text == "minute") return Unit::minutes;
    const std::vector<std::string_view> words = words_in(text);
    if (words.size() == 2 && words[0] == "working" && words[1] == "day") return Unit::working_days;
    return std::nullopt;
}

bool add_amount(Length& to, std::int64_t amount, Unit unit) {
    if (amount < 0 || amount > amount_max) return false;
    Length sum = to;
    switch (unit) {
        case Unit::days: sum.days += static_cast<int>(amount); break;
        case Unit::weeks: sum.days += static_cast<int>(amount * 7); break;
        case Unit::months: sum.months += static_cast<int>(amount); break;
        case Unit::years: sum.months += static_cast<int>(amount * 12); break;
        case Unit::working_days: sum.working_days += static_cast<int>(amount); break;
        case Unit::hours: sum.minutes += amount * 60; break;
        case Unit::minutes: sum.minutes += amount; break;
    }
    if (sum.days > amount_max * 7 || sum.months > amount_max * 12 || sum.working_days > amount_max || sum.minutes > amount_max * 60) return false;
    to = sum;
    return true;
}

std::optional<std::int64_t> amount_of(std::string_view word, bool is_number, Unit unit, const Named& named, const std::string*& unset, std::string& why) {
    const std::string quoted = "'" + std::string(word.substr(0, 60)) + "'";
    std::optional<Millionths> number;
    if (is_number) {
        number = parse_number(word);
        if (!number) return why = quoted + " is no number, or more than " + std::to_string(amount_max) + " (amount_max)", std::nullopt;
    } else {
        const Setting* setting = find_setting(word, named);
        if (!setting) {
            std::vector<std::string> names;
            for (const Setting& each : named.settings) names.push_back(each.name);
            return why = "no setting is called " + quoted + "; " + nearest_cure(word, names), std::nullopt;
        }
        if (setting->is_date) return why = "the setting " + quoted + " is a date, not a number", std::nullopt;
        if (!setting->unit.empty() && unit_of(setting->unit) != unit) return why = "the setting " + quoted + " is in '" + setting->unit + "', not in the unit that stands here", std::nullopt;
        if (!setting->number) return unset = &setting->name, 0;
        number = setting->number;
    }
    if (*number % 1'000'000 != 0) return why = quoted + " is not whole: seven and a half months are '7 months 15 days'", std::nullopt;
    if (*number < 0 || *number / 1'000'000 > amount_max) return why = quoted + " is less than 0 or more than " + std::to_string(amount_max) + " (amount_max)", std::nullopt;
    return *number / 1'000'000;
}

std::optional<Length> read_length(std::string_view text, const Named& named, std::string& why, std::set<std::string>* unset) {
    if (text.size() > text_bytes_max) return why = "it has more than " + std::to_string(text_bytes_max) + " bytes (text_bytes_max)", std::nullopt;
    const std::vector<std::string_view> words = words_in(text);
    if (words.empty()) return why = "nothing is written; write a number and a unit, as in '5 working days'", std::nullopt;
    Length length;
    for (std::size_t at = 0; at < words.size();)
        if (!read_part(words, at, named, length, why, unset)) return std::nullopt;
    return length;
}

std::string words_of(const Length& length) {
    std::string out;
    const auto add = [&](std::int64_t amount, std::string_view unit) {
        if (amount != 0) out += (out.empty() ? "" : " ") + std::to_string(amount) + " " + std::string(unit) + (amount == 1 ? "" : "s");
    };
    add(length.months, "month");
    add(length.days, "day");
    add(length.working_days, "working day");
    add(length.minutes / 60, "hour");
    add(length.minutes % 60, "minute");
    return out.empty() ? "nothing" : out;
}

std::optional<Point> moved(const Point& from, const Length& length, int sign, const Asking& asking, std::optional<Error>& trouble, Derivation* derivation) {
    const std::optional<Day> day = moved_day(from.day, length, sign, asking, trouble, derivation);
    if (!day) return std::nullopt;
    const std::int64_t minutes = sign * length.minutes;
    if (!from.exact) return Point{minutes == 0 ? *day : add_days(*day, whole_days(minutes)), {}, false};
    Instant at = from.instant;
    const Zone* zone = asking.almanac.zone.get();
    if (*day != from.day) {
        const std::optional<WallTime> wall = zone ? zone->wall(at) : std::nullopt;
        const std::optional<Instant> there = wall ? zone->instant({*day, wall->microsecond}) : std::nullopt;
        if (!there) return trouble = outside_zone(in_words(*day)), std::nullopt;
        at = *there;
    }
    if (minutes == 0) return Point{*day, at, true};
    at.microseconds += minutes * minute_us;
    const std::optional<WallTime> wall = zone ? zone->wall(at) : std::nullopt;
    if (!wall) return trouble = outside_zone(to_text(at)), std::nullopt;
    return Point{wall->day, at, true};
}

Value shift(const Value& from, const Length& length, int sign, Asking& asking) {
    if (!from.known) return {};
    std::optional<Error> trouble;
    const std::optional<Point> to = moved(from.point, length, sign, asking, trouble, asking.derivation);
    if (!to) {
        note_trouble(asking, std::move(trouble));
        return {};
    }
    if (asking.derivation)
        tell(asking, DerivationStep::Kind::offset, words_of(from.point, asking) + (sign < 0 ? " less " : " plus ") + words_of(length) + " is " + words_of(*to, asking));
    return of_point(*to);
}

}  // namespace hub::deadlines
