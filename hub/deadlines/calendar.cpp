// Reads the bank holidays of a nation and counts its working days.
#include "hub/deadlines/calendar.hpp"

#include <algorithm>

namespace hub::deadlines {

namespace {

constexpr int saturday = 6;
/// What Calendar::days_ says of a day; from first_holiday on, which holiday it is.
enum : std::uint16_t { plain_weekday, on_saturday, on_sunday, first_holiday };

const Day always = day_from({year_min, 1, 1});

struct Complaints {
    const std::string& file;
    Problems& problems;
    std::size_t before = problems.size();

    void add(const formats::ConfigElement& at, std::string code, std::string what, std::string cure) {
        problems.push_back({file, at.line, at.column, std::move(code), std::move(what), std::move(cure), {}, {}});
    }
    bool none() const { return problems.size() == before; }
};

/// Four digits: XML Schema would also take a zone, a sign and further digits.
std::optional<int> year_from(const std::string& text) {
    const auto day = parse_day(text + "-01-01");
    return day ? std::optional(civil_from(*day).year) : std::nullopt;
}

/// The attribute's day; `otherwise` when it is not there; nothing, with a complaint, when it is not a day.
std::optional<Day> day_of(const formats::ConfigElement& holiday, std::string_view name, std::optional<Day> otherwise, Complaints& complaints) {
    if (!holiday.attribute(name) && otherwise) return otherwise;
    const auto day = parse_day(holiday.token(name));
    if (!day)
        complaints.add(holiday, "TG-D041", std::string(name) + " '" + holiday.token(name) + "' is not a day", "write a day of the calendar as 2026-12-28, without a zone");
    return day;
}

std::optional<Holiday> holiday_of(const formats::ConfigElement& element, Complaints& complaints) {
    const auto day = day_of(element, "date", {}, complaints);
    const auto from = day_of(element, "known-from", always, complaints), until = day_of(element, "known-until", always, complaints);
    if (!day || !from || !until) return {};
    const bool moved_away = element.attribute("known-until") != nullptr;
    const std::string name = element.token("name"), kind = element.token("kind");
    if (weekday(*day) >= saturday && kind != "special")
        complaints.add(element, "TG-D046", name + " is a weekend: " + in_words(*day),
                       "give the working day that is off in its place, with kind=\"substitute\"; only a special holiday may be a weekend");
    if (*from > *day)
        complaints.add(element, "TG-D047", name + " is known from " + to_text(*from) + ", after it has passed", "correct known-from, or the date");
    if (moved_away && (*until > *day || *until <= *from))
        complaints.add(element, "TG-D047", name + " is known until " + to_text(*until) + ", which is not between known-from and its date", "correct known-until, or the date");
    return Holiday{*day, name, *from, moved_away ? until : std::nullopt, element.token("certainty") != "rule"};
}

}  // namespace

std::shared_ptr<const Calendar> Calendar::read(const formats::ConfigElement& calendar, const std::string& file, Problems& problems) {
    Complaints complaints{file, problems};
    const auto first = year_from(calendar.token("first-year")), last = year_from(calendar.token("last-year"));
    if (!first || !last)
        complaints.add(calendar, "TG-D041", "first-year or last-year is not a year", "write each as four digits");
    else if (*first > *last || *last - *first >= years_max || *first < first_year_min || *last > last_year_max)
        complaints.add(calendar, "TG-D042",
                       "from first-year " + std::to_string(*first) + " to last-year " + std::to_string(*last) + " are not 1 to " + std::to_string(years_max) +
                           " years between " + std::to_string(first_year_min) + " and " + std::to_string(last_year_max),
                       "give the first and the last year of the holidays below");
    const bool years_known = complaints.none();

    auto made = std::make_shared<Calendar>();
    made->name_ = calendar.token("name");
    made->source_ = calendar.token("source");
    made->file_ = file;
    std::vector<std::pair<Holiday, const formats::ConfigElement*>> found;
    bool all_read = true;
    for (const auto& element : calendar.children) {
        if (element.name != "holiday") continue;
        auto holiday = holiday_of(element, complaints);
        all_read = all_read && holiday;
        if (holiday) found.emplace_back(std::move(*holiday), &element);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first.day < b.first.day; });
    for (std::size_t at = 1; at < found.size(); ++at)
        if (found[at].first.day == found[at - 1].first.day) {
            complaints.add(*found[at].second, "TG-D044", to_text(found[at].first.day) + " is given twice", "remove one of the two");
            problems.back().related.push_back({"also here", file, found[at - 1].second->line, found[at - 1].second->column});
        }
    if (years_known) {
        std::vector<bool> seen(static_cast<std::size_t>(*last - *first + 1));
        for (const auto& [holiday, element] : found) {
            const int year = civil_from(holiday.day).year;
            if (year < *first || year > *last)
                complaints.add(*element, "TG-D043", holiday.name + " is outside the years of the file: " + to_text(holiday.day), "correct the date, or first-year and last-year");
            else
                seen[static_cast<std::size_t>(year - *first)] = true;
        }
        for (int year = *first; year <= *last; ++year)
            if (all_read && !seen[static_cast<std::size_t>(year - *first)])
                complaints.add(calendar, "TG-D045", std::to_string(year) + " has no holiday", "add the holidays of the year, or leave it out of first-year to last-year");
    }
    if (!complaints.none()) return nullptr;
    made->first_year_ = *first;
    made->last_year_ = *last;
    for (auto& [holiday, element] : found) made->holidays_.push_back(std::move(holiday));
    made->index();
    return made;
}

void Calendar::index() {
    first_ = day_from({first_year_, 1, 1});
    last_ = day_from({last_year_, 12, 31});
    days_.clear();
    for (Day day = first_; day <= last_; day = add_days(day, 1)) {
        const int on = weekday(day);
        days_.push_back(on < saturday ? plain_weekday : on == saturday ? on_saturday : on_sunday);
    }
    for (std::size_t at = 0; at < holidays_.size(); ++at) {
        std::uint16_t& day = days_[static_cast<std::size_t>(holidays_[at].day.number - first_.number)];
        if (day == plain_weekday) day = static_cast<std::uint16_t>(first_holiday + at);
    }
}

bool Calendar::covers(Day day) const { return !days_.empty() && day >= first_ && day <= last_; }

DayKind Calendar::kind(Day day, Day known) const {
    if (!covers(day)) return {false, "outside the years of the calendar", false};
    const std::uint16_t what = days_[static_cast<std::size_t>(day.number - first_.number)];
    if (what == plain_weekday) return {};
    if (what < first_holiday) return {false, what == on_saturday ? "Saturday" : "Sunday", true};
    const Holiday& holiday = holidays_[static_cast<std::size_t>(what - first_holiday)];
    if (known < holiday.known_from || (holiday.known_until && known >= *holiday.known_until)) return {};
    return {false, holiday.name, holiday.certain};
}

Error Calendar::not_covered(Day day) const {
    const std::string year = std::to_string(civil_from(day).year);
    return {.remedy = Remedy::reject,
            .what = "the calendar " + name_ + " ends where this must be counted: it has no bank holidays of " + year,
            .where = file_,
            .cure = "add the bank holidays of " + year + " to " + file_ + ", and the year to its first-year or last-year",
            .code = "TG-D040"};
}

Result<Day> Calendar::add_working_days(Day from, int n, Day known, std::vector<Day>* skipped) const {
    const int step = n < 0 ? -1 : 1;
    Day day = from;
    for (std::int64_t left = std::int64_t{n} * step; left > 0;) {
        day = add_days(day, step);
        if (!covers(day)) return not_covered(day);
        if (kind(day, known).working)
            --left;
        else if (skipped)
            skipped->push_back(day);
    }
    return day;
}

Result<Day> Calendar::walk(Day from, int step, Day known) const {
    for (Day day = from; covers(day); day = add_days(day, step))
        if (kind(day, known).working) return day;
    return not_covered(covers(from) ? (step > 0 ? add_days(last_, 1) : add_days(first_, -1)) : from);
}

Result<Day> Calendar::on_or_after(Day day, Day known) const { return walk(day, 1, known); }

Result<Day> Calendar::on_or_before(Day day, Day known) const { return walk(day, -1, known); }

Result<int> Calendar::count_working_days(Day from, Day to, Day known) const {
    if (from > to) return 0;
    if (!covers(from)) return not_covered(from);
    if (!covers(to)) return not_covered(to);
    int count = 0;
    for (Day day = from; day <= to; day = add_days(day, 1)) count += kind(day, known).working ? 1 : 0;
    return count;
}

}  // namespace hub::deadlines
