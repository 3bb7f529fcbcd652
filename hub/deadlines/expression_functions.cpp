// The functions of the language: which there are, and what they take.
#include <algorithm>
#include <array>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

/// How the arguments of a function are checked.
enum class Takes : std::uint8_t { value, points, values, choice, clock_time, weekday, kind, point_kind, events, nth_event };

struct Function {
    std::string_view name{};
    Op op = Op::constant;
    Takes takes = Takes::value;
    std::size_t least = 1, most = 1;
    ValueType type = ValueType::yes_no;  ///< where it does not follow from the arguments
};
constexpr std::size_t any_number = text_bytes_max;
constexpr std::array<Function, 25> functions{{
    {"known", Op::known, Takes::value, 1, 1, ValueType::yes_no},
    {"unknown", Op::unknown, Takes::value, 1, 1, ValueType::yes_no},
    {"earliest", Op::earliest, Takes::values, 2, any_number, ValueType::date},
    {"latest", Op::latest, Takes::values, 2, any_number, ValueType::date},
    {"first_known", Op::first_known, Takes::values, 2, any_number, ValueType::date},
    {"nearest", Op::nearest, Takes::values, 2, any_number, ValueType::date},
    {"future", Op::future, Takes::values, 1, 1, ValueType::date},
    {"if", Op::choose, Takes::choice, 3, 3, ValueType::date},
    {"day", Op::day_of, Takes::points, 1, 1, ValueType::date},
    {"at", Op::at_time, Takes::clock_time, 2, 2, ValueType::instant},
    {"end_of", Op::day_end, Takes::points, 1, 1, ValueType::instant},
    {"working_day_on_or_after", Op::working_day_on_or_after, Takes::points, 1, 1, ValueType::date},
    {"working_day_on_or_before", Op::working_day_on_or_before, Takes::points, 1, 1, ValueType::date},
    {"is_working_day", Op::is_working_day, Takes::points, 1, 1, ValueType::yes_no},
    {"is_weekday", Op::is_weekday, Takes::weekday, 2, 2, ValueType::yes_no},
    {"days_between", Op::days_between, Takes::points, 2, 2, ValueType::number},
    {"months_between", Op::months_between, Takes::points, 2, 2, ValueType::number},
    {"since", Op::since, Takes::kind, 1, 1, ValueType::instant},
    {"told", Op::told, Takes::kind, 1, 1, ValueType::instant},
    {"earliest_of", Op::earliest_of, Takes::point_kind, 1, 1, ValueType::date},
    {"latest_of", Op::latest_of, Takes::point_kind, 1, 1, ValueType::date},
    {"first", Op::first_event, Takes::events, 1, 1, ValueType::instant},
    {"last", Op::last_event, Takes::events, 1, 1, ValueType::instant},
    {"nth", Op::nth_event, Takes::nth_event, 2, 2, ValueType::instant},
    {"count", Op::count_events, Takes::events, 1, 1, ValueType::number},
}};

std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 60)) + "'"; }

const Function* find_function(std::string_view name) {
    const auto found = std::find_if(functions.begin(), functions.end(), [&](const Function& each) { return each.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

/// An argument; `point` says that it must be a date or an instant. Only day() makes a standing value of now.
Checked argument(const Syntax& syntax, const Function& function, bool point, Checking& checking) {
    Checked part = check(syntax, checking);
    if (part && point && !is_point(part->type)) {
        checking.complaints.add("TG-D109", syntax.at, syntax.end, quoted(function.name) + " takes dates and instants, and this is " + std::string(in_words(part->type)), "give it a date or an instant");
        return std::nullopt;
    }
    if (part && part->steady && function.op != Op::day_of) {
        checking.complaints.add("TG-D120", syntax.at, syntax.end, "now changes all the time, so nobody could say until when " + quoted(function.name) + " of it holds",
                                "write today or day(now), or compare now with something");
        return std::nullopt;
    }
    return part;
}

Checked check_values(const Syntax& syntax, const Function& function, Term term, std::size_t first, Checking& checking) {
    const bool points = function.op != Op::known && function.op != Op::unknown && function.op != Op::first_known && function.op != Op::choose;
    bool good = term.parts.size() == first;
    std::optional<ValueType> type;
    for (std::size_t i = first; i < syntax.parts.size(); ++i) {
        Checked part = argument(syntax.parts[i], function, points, checking);
        if (part && type && !alike(*type, part->type)) {
            checking.complaints.add("TG-D109", syntax.parts[i].at, syntax.parts[i].end, "this is " + std::string(in_words(part->type)) + ", and before it stands " + std::string(in_words(*type)),
                                    "give " + quoted(function.name) + " values of one type");
            part = std::nullopt;
        }
        if (!part) {
            good = false;
            continue;
        }
        if (!type || part->type == ValueType::instant || part->type == ValueType::text) type = part->type;
        term.parts.push_back(std::move(*part));
    }
    if (!good) return std::nullopt;
    if (function.takes != Takes::value) term.type = *type;
    return term;
}

Checked check_choice(const Syntax& syntax, const Function& function, Term term, Checking& checking) {
    Checked test = check(syntax.parts[0], checking);
    if (test && test->type != ValueType::yes_no) {
        checking.complaints.add("TG-D115", syntax.parts[0].at, syntax.parts[0].end, "'if' begins with a test, and this is " + std::string(in_words(test->type)), "compare it with something, or ask known(...)");
        test = std::nullopt;
    }
    if (test) term.parts.push_back(std::move(*test));
    return check_values(syntax, function, std::move(term), 1, checking);
}

std::optional<std::int64_t> minute_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}
constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/// at(day, '13:00') and is_weekday(day, 'friday').
Checked check_with_text(const Syntax& syntax, const Function& function, Term term, Checking& checking) {
    Checked point = argument(syntax.parts[0], function, true, checking);
    const Syntax& second = syntax.parts[1];
    const std::string_view word = second.kind == Syntax::Kind::text ? second.word : std::string_view();
    if (function.takes == Takes::clock_time) {
        const std::optional<std::int64_t> minute = minute_of_day(word);
        if (!minute) {
            checking.complaints.add("TG-D121", second.at, second.end, "a time of day is wanted here", "write it as '13:00', from '00:00' to '23:59'");
            return std::nullopt;
        }
        term.amount = *minute;
    } else {
        const auto found = std::find(weekdays.begin(), weekdays.end(), word);
        if (found == weekdays.end()) {
            checking.complaints.add("TG-D121", second.at, second.end, "a day of the week is wanted here", word.empty() ? "write it as 'friday'" : nearest_cure(word, {weekdays.begin(), weekdays.end()}));
            return std::nullopt;
        }
        term.amount = found - weekdays.begin() + 1;
    }
    if (!point) return std::nullopt;
    term.parts.push_back(std::move(*point));
    return term;
}

std::optional<KindId> kind_of(const Syntax& syntax, std::string_view code, Checking& checking) {
    const bool named = syntax.kind == Syntax::Kind::name || syntax.kind == Syntax::Kind::events;
    const KindId kind = named ? checking.kinds.find(syntax.word) : no_kind;
    if (kind != no_kind) return kind;
    checking.complaints.add(code, syntax.at, syntax.end, named ? "no fact kind is called " + quoted(syntax.word) : "the name of a fact kind is wanted here",
                            named ? nearest_cure(syntax.word, checking.kinds.names()) : "write the name alone");
    return std::nullopt;
}

Checked check_kind(const Syntax& syntax, Term term, Checking& checking) {
    const std::optional<KindId> kind = kind_of(syntax.parts[0], "TG-D117", checking);
    if (!kind) return std::nullopt;
    stand(term, *kind, checking);
    return term;
}

/// latest_of(kind): of the current facts of several matters, which are days or times.
Checked check_point_kind(const Syntax& syntax, const Function& function, Term term, Checking& checking) {
    const std::optional<KindId> kind = kind_of(syntax.parts[0], "TG-D117", checking);
    if (!kind) return std::nullopt;
    const FactKind& about = checking.kinds[*kind];
    if (about.type != FactType::date && about.type != FactType::instant) {
        checking.complaints.add("TG-D109", syntax.parts[0].at, syntax.parts[0].end,
                                quoted(function.name) + " takes a kind of dates or instants, and " + quoted(about.name) + " is of type " + std::string(name_of(about.type)), "name another kind");
        return std::nullopt;
    }
    stand(term, *kind, checking);
    term.type = static_cast<ValueType>(about.type);
    return term;
}

Checked check_events(const Syntax& syntax, const Function& function, Term term, Checking& checking) {
    const Syntax& events = syntax.parts.back();
    const std::optional<KindId> kind = kind_of(events, "TG-D117", checking);
    bool good = kind.has_value();
    if (kind) {
        const FactKind& about = checking.kinds[*kind];
        stand(term, *kind, checking);
        if (term.op != Op::count_events && (about.type == FactType::date || about.type == FactType::instant)) term.type = static_cast<ValueType>(about.type);
        if (!events.codes.empty() && about.type != FactType::code && about.type != FactType::text) {
            checking.complaints.add("TG-D117", events.at, events.end, "facts of the kind " + quoted(about.name) + " have no codes to choose by", "leave out 'in (...)'");
            good = false;
        }
        Term fact = term;
        fact.op = Op::fact;
        for (const Token& code : events.codes) {
            if (good) check_code(fact, code.text, code.at, code.end, checking);
            term.codes.emplace_back(code.text);
        }
    }
    term.from = events.from;
    term.to = events.to;
    for (const Syntax& each : events.parts) {
        Checked bound = check(each, checking);
        if (bound && !is_point(bound->type)) {
            checking.complaints.add("TG-D109", each.at, each.end, "'from' and 'to' take dates and instants, and this is " + std::string(in_words(bound->type)), "give " + quoted(function.name) + " a date or an instant");
            bound = std::nullopt;
        }
        if (bound) term.parts.push_back(std::move(*bound));
        else good = false;
    }
    if (!good) return std::nullopt;
    return term;
}

Checked check_nth(const Syntax& syntax, const Function& function, Term term, Checking& checking) {
    Checked number = check(syntax.parts[0], checking);
    if (number && number->type != ValueType::number) {
        checking.complaints.add("TG-D109", syntax.parts[0].at, syntax.parts[0].end, "'nth' begins with a number, and this is " + std::string(in_words(number->type)), "write nth(3, ...)");
        number = std::nullopt;
    }
    if (number && number->op == Op::constant && (number->constant.number < 1'000'000 || number->constant.number % 1'000'000 != 0)) {
        checking.complaints.add("TG-D121", syntax.parts[0].at, syntax.parts[0].end, "there is no such event", "count from 1, in whole numbers");
        number = std::nullopt;
    }
    if (syntax.parts[1].kind != Syntax::Kind::events) return std::nullopt;
    const bool good = number.has_value();
    if (number) term.parts.push_back(std::move(*number));
    Checked out = check_events(syntax, function, std::move(term), checking);
    return good ? std::move(out) : std::nullopt;
}

}  // namespace

Checked check_call(const Syntax& syntax, Checking& checking) {
    const Function* function = find_function(syntax.word);
    if (!function) {
        std::vector<std::string> names;
        for (const Function& each : functions) names.emplace_back(each.name);
        checking.complaints.add("TG-D106", syntax.at, syntax.at + syntax.word.size(), "there is no function called " + quoted(syntax.word), nearest_cure(syntax.word, names));
        return std::nullopt;
    }
    if (syntax.parts.size() < function->least || syntax.parts.size() > function->most) {
        const std::string wanted = std::to_string(function->least) + (function->most == any_number ? " or more" : "");
        checking.complaints.add("TG-D108", syntax.at, syntax.end, quoted(syntax.word) + " takes " + wanted + (wanted == "1" ? " argument" : " arguments") + ", and here are " + std::to_string(syntax.parts.size()),
                                "see the language in schemas/site/rules.xsd");
        return std::nullopt;
    }
    Term term = term_of(syntax, function->op, function->type, checking);
    switch (function->takes) {
        case Takes::value:
        case Takes::values: return check_values(syntax, *function, std::move(term), 0, checking);
        case Takes::choice: return check_choice(syntax, *function, std::move(term), checking);
        case Takes::clock_time:
        case Takes::weekday: return check_with_text(syntax, *function, std::move(term), checking);
        case Takes::kind: return check_kind(syntax, std::move(term), checking);
        case Takes::point_kind: return check_point_kind(syntax, *function, std::move(term), checking);
        case Takes::events: return check_events(syntax, *function, std::move(term), checking);
        case Takes::nth_event: return check_nth(syntax, *function, std::move(term), checking);
        case Takes::points: break;
    }
    for (const Syntax& each : syntax.parts)
        if (Checked part = argument(each, *function, true, checking)) term.parts.push_back(std::move(*part));
    if (term.parts.size() != syntax.parts.size()) return std::nullopt;
    return term;
}

}  // namespace hub::deadlines
