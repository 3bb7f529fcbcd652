// What a derivation says.
#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

constexpr std::int64_t minute_us = 60'000'000;

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// "3 January 2026"
std::string without_weekday(Day day) {
    const std::string words = in_words(day);
    return words.substr(words.find(' ') + 1);
}

}  // namespace

std::string_view name_of(DerivationStep::Kind kind) {
    switch (kind) {
        case DerivationStep::Kind::fact: return "fact";
        case DerivationStep::Kind::missing: return "missing";
        case DerivationStep::Kind::value: return "value";
        case DerivationStep::Kind::test: return "test";
        case DerivationStep::Kind::offset: return "offset";
        case DerivationStep::Kind::counted: return "counted";
        case DerivationStep::Kind::skipped: return "skipped";
        case DerivationStep::Kind::result: return "result";
        case DerivationStep::Kind::note: return "note";
    }
    return "";
}

std::string words_of(const Point& point, const Asking& asking) {
    if (!point.exact) return in_words(point.day);
    const std::optional<WallTime> wall = asking.almanac.zone ? asking.almanac.zone->wall(point.instant) : std::nullopt;
    if (!wall) return to_text(point);
    const std::int64_t minute = wall->microsecond / minute_us, rest = wall->microsecond % minute_us;
    std::string out = in_words(wall->day) + " at " + two_digits(minute / 60) + ":" + two_digits(minute % 60);
    if (rest != 0) out += ":" + two_digits(rest / 1'000'000);
    return out;
}

std::string words_of(const Value& value, ValueType type, const Asking& asking) {
    if (!value.known) return "not known";
    switch (type) {
        case ValueType::date:
        case ValueType::instant: return words_of(value.point, asking);
        case ValueType::code:
        case ValueType::text: return "'" + std::string(value.text) + "'";
        case ValueType::number: return number_text(value.number);
        case ValueType::yes_no: return value.yes ? "yes" : "no";
    }
    return {};
}

std::string words_of(const KnownFact& fact, FactType type, const Asking& asking) {
    Value value;
    value.known = true;
    value.point = fact.point;
    value.number = fact.number;
    value.yes = fact.yes;
    value.text = fact.text;
    return words_of(value, static_cast<ValueType>(type), asking);
}

std::string outcome(const Value& test) { return !test.known ? "cannot be told" : test.yes ? "holds" : "does not hold"; }

void tell(Asking& asking, DerivationStep::Kind kind, std::string text) {
    if (asking.derivation) asking.derivation->push_back({kind, std::move(text), {}, {}});
}

void tell_fact(Asking& asking, std::string sentence, const KnownFact& fact, Instant told) {
    if (!asking.derivation) return;
    const std::optional<WallTime> wall = asking.almanac.zone ? asking.almanac.zone->wall(told) : std::nullopt;
    std::string from;
    if (!fact.source.empty()) from = "record " + std::string(fact.source);
    if (wall) from += (from.empty() ? "told " : ", told ") + without_weekday(wall->day);
    asking.derivation->push_back({DerivationStep::Kind::fact, std::move(sentence) + (from.empty() ? "" : " (" + from + ")"), std::string(fact.source), told});
}

void note_trouble(Asking& asking, std::optional<Error> trouble) {
    if (!trouble) return;
    tell(asking, DerivationStep::Kind::note, trouble->what);
    if (!asking.trouble) asking.trouble = std::move(trouble);
}

}  // namespace hub::deadlines
