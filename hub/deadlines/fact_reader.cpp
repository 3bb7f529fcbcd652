// See fact_reader.hpp.
#include "hub/deadlines/fact_reader.hpp"

#include <algorithm>

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {
namespace {

constexpr std::size_t quoted_bytes_max = 60;

/// What a file says may be quoted, what a record says not.
std::string quoted(const GivenFact& given, std::string_view text, const char* instead) {
    if (given.line == 0) return instead;
    std::size_t end = std::min(text.size(), quoted_bytes_max);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // no half of a character
    return "'" + std::string(text.substr(0, end)) + (end < text.size() ? "...'" : "'");
}

/// Written as a time is; that the zone does not take it has another reason. See parse_point().
bool reads_as_time(std::string_view text) {
    const std::string whole = with_seconds(text);
    return parse_instant(whole) || parse_instant(whole + "Z");
}

std::string how_to_write(FactType type, std::string_view text) {
    switch (type) {
        case FactType::date: return reads_as_time(text) ? how_to_write_point(text) : "write a day of the calendar as 2026-03-01";
        case FactType::instant: return how_to_write_point(text);
        case FactType::number: return "write a number with at most six decimal places, as 7.5";
        case FactType::yes_no: return "write yes or no";
        default: return "give a text";
    }
}

/// A value that says what its type wants; false when it does not.
bool read_value(FactType type, std::string_view text, const Zone& zone, KnownFact& into) {
    switch (type) {
        case FactType::date: {  // of a time, which some records give, the day in the zone
            const std::optional<Point> point = parse_point(text, zone);
            if (point) into.point.day = point->day;
            return point.has_value();
        }
        case FactType::instant: {
            const std::optional<Point> point = parse_point(text, zone);
            if (point) into.point = *point;
            return point.has_value();
        }
        case FactType::number: {
            const std::optional<Millionths> number = parse_number(text);
            if (number) into.number = *number;
            return number.has_value();
        }
        case FactType::yes_no:
            into.yes = text == "yes" || text == "true" || text == "True" || text == "1";
            return into.yes || text == "no" || text == "false" || text == "False" || text == "0";
        default:
            into.text = text;
            return !text.empty();
    }
}

}  // namespace

std::string why_no_point(std::string_view text) {
    return reads_as_time(text) ? "lies outside the years for which the zone's clocks are known" : "is no day of the calendar and no time";
}

std::string how_to_write_point(std::string_view text) {
    if (reads_as_time(text)) return "write the day alone, or a time for which the site's table of clocks says which offset holds";
    return "write a day as 2026-03-01, or a time as 2026-03-01T09:00 or 2026-03-01T09:00:00Z, with an offset such as +01:00, or without one for London time";
}

void FactReader::complain(const GivenFact& given, const char* code, std::string what, std::string cure) {
    if (++complaints_ <= fact_problems_max) problems_.push_back({given.file, given.line, given.column, code, std::move(what), std::move(cure), {}, {}});
}

bool FactReader::take_kind(const GivenFact& given, KnownFact& into) {
    into.kind = kinds_.find(given.kind);
    if (into.kind == no_kind) {
        complain(given, "TG-D004", "there is no fact kind " + quoted(given, given.kind, "of the name that a record gives"), kinds_.cure_for(given.kind));
        return false;
    }
    const FactKind& kind = kinds_[into.kind];
    if (kind.matter == given.matter_kind) return true;
    complain(given, "TG-D005", "'" + kind.name + "' is said of a matter of kind " + quoted(given, given.matter_kind, "that it does not belong to"),
             "put it into a matter of kind \"" + kind.matter + "\"");
    return false;
}

bool FactReader::take_value(const GivenFact& given, KnownFact& into) {
    const FactKind& kind = kinds_[into.kind];
    if (given.retraction && given.value.empty()) return true;  // takes back any value
    const std::string value = quoted(given, given.value, "what a record says");
    if (!read_value(kind.type, given.value, zone_, into)) {
        const bool outside = (kind.type == FactType::date || kind.type == FactType::instant) && reads_as_time(given.value);
        const std::string why = outside ? "lies outside the years for which the zone's clocks are known" : "is no value of type " + std::string(name_of(kind.type));
        complain(given, "TG-D006", value + ", said of '" + kind.name + "', " + why, how_to_write(kind.type, given.value));
        return false;
    }
    if (kind.type != FactType::code || kind.values.empty() || std::find(kind.values.begin(), kind.values.end(), given.value) != kind.values.end()) return true;
    complain(given, "TG-D007", value + " is not among the values of '" + kind.name + "'", nearest_cure(given.value, kind.values));
    return false;
}

bool FactReader::take_valid_from(const GivenFact& given, KnownFact& into) {
    if (given.valid_from.empty()) {
        const std::optional<WallTime> wall = zone_.wall(given.recorded_at);
        into.valid_from = wall ? Point{wall->day, given.recorded_at, true} : undated;
        return true;
    }
    const std::optional<Point> point = parse_point(given.valid_from, zone_);
    if (point) into.valid_from = *point;
    if (!point)
        complain(given, "TG-D008", "valid-from of '" + kinds_[into.kind].name + "': " + quoted(given, given.valid_from, "what the record says") + " " + why_no_point(given.valid_from),
                 how_to_write_point(given.valid_from));
    return point.has_value();
}

std::optional<KnownFact> FactReader::read(const GivenFact& given) {
    KnownFact fact;
    fact.recorded_at = given.recorded_at;
    fact.seq = given.seq;
    fact.source = given.source;
    if (!take_kind(given, fact)) return {};
    const bool valid = take_valid_from(given, fact);
    return take_value(given, fact) && valid ? std::optional(fact) : std::nullopt;
}

}  // namespace hub::deadlines
