// What an expression's names mean and whether its parts fit together. Everything that can be found at once is.
#include <algorithm>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

ValueType type_of(FactType type) { return static_cast<ValueType>(type); }
static_assert(static_cast<int>(ValueType::yes_no) == static_cast<int>(FactType::yes_no) && static_cast<int>(ValueType::code) == static_cast<int>(FactType::code));

std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 60)) + "'"; }

void complain(Checking& checking, const Syntax& about, std::string_view code, const std::string& what, std::string cure) {
    checking.complaints.add(code, about.at, about.end, what, std::move(cure));
}

Checked check_let(const Syntax& syntax, std::size_t index, Checking& checking) {
    const Expression& let = checking.named.lets[index].second;
    if (checking.kinds.find(syntax.word) != no_kind) {
        complain(checking, syntax, "TG-D118", quoted(syntax.word) + " is both a fact kind and a named value", "give the named value another name");
        return std::nullopt;
    }
    if (!let) return std::nullopt;  // what is wrong with it was said where it stands
    const Expression::Node& node = *let.root();
    Term term = term_of(syntax, Op::let, node.root.type, checking);
    term.index = static_cast<std::uint16_t>(index);
    term.mover = node.root.mover;
    term.steady = node.root.steady;
    checking.node.reads.insert(node.reads.begin(), node.reads.end());
    checking.node.unset.insert(node.unset.begin(), node.unset.end());
    checking.below = std::max(checking.below, node.height);
    return term;
}

Checked check_setting(const Syntax& syntax, const Setting& setting, Checking& checking) {
    Term term = term_of(syntax, Op::setting, setting.is_date ? ValueType::date : ValueType::number, checking);
    if (setting.is_date && setting.date) term.constant = of_day(*setting.date);
    else if (!setting.is_date && setting.number) term.constant.known = true, term.constant.number = *setting.number;
    else {
        term.op = Op::unset;
        checking.node.unset.insert(setting.name);
    }
    return term;
}

Checked check_moment(const Syntax& syntax, Checking& checking) {
    if (syntax.word == "today" || syntax.word == "now") {
        const bool now = syntax.word == "now";
        Term term = term_of(syntax, now ? Op::now : Op::today, now ? ValueType::instant : ValueType::date, checking);
        term.mover = true;
        term.steady = now;
        return term;
    }
    if (!checking.named.in_window) {
        complain(checking, syntax, "TG-D119", "there is no period here", "use " + quoted(syntax.word) + " only in a version with <every>");
        return std::nullopt;
    }
    return term_of(syntax, syntax.word == "window.start" ? Op::window_start : Op::window_end, ValueType::date, checking);
}

Checked check_name(const Syntax& syntax, Checking& checking) {
    const std::string_view word = syntax.word;
    if (word == "today" || word == "now" || word.starts_with("window.")) return check_moment(syntax, checking);
    for (std::size_t i = 0; i < checking.named.lets.size(); ++i)
        if (checking.named.lets[i].first == word) return check_let(syntax, i, checking);
    if (const Setting* setting = find_setting(word, checking.named)) return check_setting(syntax, *setting, checking);
    const KindId kind = checking.kinds.find(word);
    if (kind == no_kind) {
        std::vector<std::string> known = checking.kinds.names();
        for (const auto& let : checking.named.lets) known.push_back(let.first);
        for (const Setting& setting : checking.named.settings) known.push_back(setting.name);
        known.insert(known.end(), {"today", "now"});
        complain(checking, syntax, "TG-D105", "no fact kind, named value or setting is called " + quoted(word), nearest_cure(word, known));
        return std::nullopt;
    }
    Term term = term_of(syntax, Op::fact, type_of(checking.kinds[kind].type), checking);
    stand(term, kind, checking);
    return term;
}

Checked check_constant(const Syntax& syntax, Checking& checking) {
    Term term = term_of(syntax, Op::constant, ValueType::number, checking);
    term.constant.known = true;
    if (syntax.kind == Syntax::Kind::number) {
        const std::optional<Millionths> number = parse_number(syntax.word);
        if (!number) {
            complain(checking, syntax, "TG-D104", "the number is too large or too exact", "write it with at most six places, and below a billion");
            return std::nullopt;
        }
        term.constant.number = *number;
    } else if (syntax.kind == Syntax::Kind::date) {
        const std::optional<Day> day = parse_day(syntax.word);
        if (!day) {
            complain(checking, syntax, "TG-D104", "the date is not on the calendar", "write a day that there is, as in 2024-02-29");
            return std::nullopt;
        }
        term.type = ValueType::date;
        term.constant = of_day(*day);
    } else if (syntax.kind == Syntax::Kind::truth) {
        term.type = ValueType::yes_no;
        term.constant.yes = syntax.word == "yes";
    } else {
        term.type = ValueType::code;
    }
    return term;
}

/// The parts of 'and', 'or' and 'not'.
Checked check_logic(const Syntax& syntax, Op op, Checking& checking) {
    Term term = term_of(syntax, op, ValueType::yes_no, checking);
    bool good = true;
    for (const Syntax& each : syntax.parts) {
        Checked part = check(each, checking);
        if (part && part->type != ValueType::yes_no)
            complain(checking, each, "TG-D115", "a test is wanted beside " + quoted(syntax.word) + ", and this is " + std::string(in_words(part->type)),
                     "compare it with something, or ask known(...)");
        if (!part || part->type != ValueType::yes_no) good = false;
        else term.parts.push_back(std::move(*part));
    }
    if (!good) return std::nullopt;
    return term;
}

bool sides_fit(const Syntax& syntax, const Term& left, const Term& right, Checking& checking) {
    const std::string both = std::string(in_words(left.type)) + " on the left, " + std::string(in_words(right.type)) + " on the right";
    const auto wrong = [&](std::string_view code, const std::string& what, std::string cure) {
        complain(checking, syntax, code, what, std::move(cure));
        return false;
    };
    if (syntax.ordering == Ordering::points && !(is_point(left.type) && is_point(right.type))) {
        if (left.type == ValueType::number && right.type == ValueType::number)
            return wrong("TG-D111", quoted(syntax.word) + " is for dates and instants, and these are numbers", "write 'less than', 'at most', 'at least' or 'more than'");
        return wrong("TG-D111", quoted(syntax.word) + " is for dates and instants; here is " + both, "compare two dates or instants");
    }
    if (syntax.ordering == Ordering::numbers && !(left.type == ValueType::number && right.type == ValueType::number)) {
        if (is_point(left.type) && is_point(right.type))
            return wrong("TG-D111", quoted(syntax.word) + " is for numbers, and these are dates or instants", "write 'before', 'on or before', 'after' or 'on or after'");
        return wrong("TG-D111", quoted(syntax.word) + " is for numbers; here is " + both, "compare two numbers");
    }
    if (!alike(left.type, right.type)) return wrong("TG-D110", "the two sides of " + quoted(syntax.word) + " are not of one type: " + both, "compare values of one type");
    if (left.op == Op::constant && right.op == Op::constant) return wrong("TG-D122", "both sides are constants, so it always comes out the same", "name a fact on one side");
    if (left.steady && right.steady) return wrong("TG-D120", "both sides are now", "compare now with a fact");
    return true;
}

Checked check_compare(const Syntax& syntax, Checking& checking) {
    Checked left = check(syntax.parts[0], checking), right = check(syntax.parts[1], checking);
    if (!left || !right || !sides_fit(syntax, *left, *right, checking)) return std::nullopt;
    if (right->op == Op::constant && right->type == ValueType::code) check_code(*left, right->word, syntax.parts[1].at, syntax.parts[1].end, checking);
    if (left->op == Op::constant && left->type == ValueType::code) check_code(*right, left->word, syntax.parts[0].at, syntax.parts[0].end, checking);
    Term term = term_of(syntax, Op::compare, ValueType::yes_no, checking);
    term.accepts = syntax.accepts;
    term.word = std::string(syntax.word);
    term.parts.push_back(std::move(*left));
    term.parts.push_back(std::move(*right));
    return term;
}

Checked check_among(const Syntax& syntax, Checking& checking) {
    Checked part = check(syntax.parts[0], checking);
    if (!part) return std::nullopt;
    if (part->type != ValueType::code && part->type != ValueType::text) {
        complain(checking, syntax.parts[0], "TG-D110", "'in' chooses among codes, and this is " + std::string(in_words(part->type)), "compare it with '=', 'before', 'at most', ...");
        return std::nullopt;
    }
    Term term = term_of(syntax, Op::among, ValueType::yes_no, checking);
    for (const Token& code : syntax.codes) {
        check_code(*part, code.text, code.at, code.end, checking);
        term.codes.emplace_back(code.text);
    }
    term.parts.push_back(std::move(*part));
    return term;
}

Checked check_offset(const Syntax& syntax, Checking& checking) {
    Checked part = check(syntax.parts[0], checking);
    Term term = term_of(syntax, Op::offset, part ? part->type : ValueType::date, checking);
    if (part && !is_point(part->type)) {
        complain(checking, syntax, "TG-D113", "a length of time is added to " + std::string(in_words(part->type)), "add it to a date or an instant");
        part = std::nullopt;
    }
    const std::optional<Unit> unit = unit_of(syntax.word);
    if (!unit) {
        const std::vector<std::string> units{"days", "weeks", "months", "years", "working days", "hours", "minutes"};
        complain(checking, syntax, "TG-D107", "there is no unit of time called " + quoted(syntax.word), nearest_cure(syntax.word, units));
        return std::nullopt;
    }
    std::string why;
    const std::string* unset = nullptr;
    const std::optional<std::int64_t> amount = amount_of(syntax.amount.text, syntax.amount.kind == Token::Kind::number, *unit, checking.named, unset, why);
    if (!amount || !add_amount(term.length, *amount, *unit)) {
        checking.complaints.add("TG-D114", syntax.amount.at, syntax.amount.end, why.empty() ? "more than " + std::to_string(amount_max) + " (amount_max)" : why,
                                "write a whole number, or the name of a setting of this unit");
        return std::nullopt;
    }
    if (!part) return std::nullopt;
    if (unset) {
        checking.node.unset.insert(*unset);
        term.op = Op::unset;
        term.word = *unset;
    }
    term.sign = syntax.minus ? -1 : 1;
    term.mover = part->mover && !unset;
    term.steady = part->steady && !unset;
    term.parts.push_back(std::move(*part));
    return term;
}

std::size_t height_of(const Term& term) {
    std::size_t height = 0;
    for (const Term& each : term.parts) height = std::max(height, height_of(each));
    return height + 1;
}

}  // namespace

bool is_point(ValueType type) { return type == ValueType::date || type == ValueType::instant; }

bool alike(ValueType a, ValueType b) {
    const auto is_words = [](ValueType type) { return type == ValueType::code || type == ValueType::text; };
    return a == b || (is_point(a) && is_point(b)) || (is_words(a) && is_words(b));
}

std::string_view in_words(ValueType type) {
    switch (type) {
        case ValueType::date: return "a date";
        case ValueType::instant: return "an instant";
        case ValueType::code: return "a code";
        case ValueType::text: return "a text";
        case ValueType::number: return "a number";
        case ValueType::yes_no: return "a test (yes or no)";
    }
    return "";
}

const Setting* find_setting(std::string_view name, const Named& named) {
    for (const Setting& each : named.settings)
        if (each.name == name) return &each;
    return nullptr;
}

Term term_of(const Syntax& syntax, Op op, ValueType type, const Checking& checking) {
    Term term;
    term.op = op;
    term.type = type;
    term.word = std::string(syntax.word);
    term.piece = std::string(checking.complaints.text().substr(syntax.at, syntax.end - syntax.at));
    return term;
}

void stand(Term& term, KindId kind, Checking& checking) {
    const FactKind& about = checking.kinds[kind];
    term.kind = kind;
    term.standing = about.matter == "person" ? Standing::person : about.matter == checking.matter ? Standing::own : Standing::elsewhere;
    checking.node.reads.insert(kind);
}

void check_code(const Term& of, std::string_view code, std::size_t at, std::size_t end, Checking& checking) {
    const Term* term = &of;
    while (term->op == Op::let) term = &checking.named.lets[term->index].second.root()->root;
    if (term->kind == no_kind || (term->op != Op::fact && term->op != Op::count_events)) return;
    const FactKind& kind = checking.kinds[term->kind];
    if (kind.values.empty() || std::find(kind.values.begin(), kind.values.end(), code) != kind.values.end()) return;
    checking.complaints.add("TG-D112", at, end, "the fact kind " + quoted(kind.name) + " never has the code " + quoted(code), nearest_cure(code, kind.values));
}

Checked check(const Syntax& syntax, Checking& checking) {
    switch (syntax.kind) {
        case Syntax::Kind::name: return check_name(syntax, checking);
        case Syntax::Kind::number:
        case Syntax::Kind::date:
        case Syntax::Kind::text:
        case Syntax::Kind::truth: return check_constant(syntax, checking);
        case Syntax::Kind::call: return check_call(syntax, checking);
        case Syntax::Kind::all: return check_logic(syntax, Op::all, checking);
        case Syntax::Kind::any: return check_logic(syntax, Op::any, checking);
        case Syntax::Kind::opposite: return check_logic(syntax, Op::opposite, checking);
        case Syntax::Kind::compare: return check_compare(syntax, checking);
        case Syntax::Kind::among: return check_among(syntax, checking);
        case Syntax::Kind::offset: return check_offset(syntax, checking);
        case Syntax::Kind::events: break;
    }
    return std::nullopt;
}

bool check_free_name(std::string_view name, const FactKinds& kinds, const Named& named, const Place& place, Problems& problems) {
    std::string taken;
    if (kinds.find(name) != no_kind) taken = "a fact kind";
    else if (is_reserved(name)) taken = "a word of the language";
    else if (find_setting(name, named)) taken = "a setting";
    for (const auto& let : named.lets)
        if (let.first == name) taken = "a named value already";
    if (taken.empty()) return true;
    problems.push_back({place.file, place.line, place.column, "TG-D118", quoted(name) + " is " + taken, "give it another name", {}, {}});
    return false;
}

Expression read_expression(std::string_view text, std::optional<ValueType> want, const FactKinds& kinds, const std::string& matter, const Named& named,
                           const Place& place, Problems& problems) {
    Complaints complaints(text, place, problems);
    if (text.size() > text_bytes_max) {
        complaints.add("TG-D100", 0, 0, "it has " + std::to_string(text.size()) + " bytes, and text_bytes_max is " + std::to_string(text_bytes_max), "give parts of it names with <let>");
        return {};
    }
    const std::optional<Syntax> syntax = read_syntax(text, complaints);
    if (!syntax) return {};
    auto node = std::make_shared<Expression::Node>();
    node->text = std::string(text);
    Checking checking{complaints, kinds, matter, named, *node};
    Checked root = check(*syntax, checking);
    if (root && want && !alike(*want, root->type)) complain(checking, *syntax, "TG-D116", std::string(in_words(*want)) + " is wanted here, and this is " + std::string(in_words(root->type)), "write an expression of that type");
    if (!root || complaints.count() > 0) return {};
    node->root = std::move(*root);
    node->height = height_of(node->root) + checking.below;
    if (height_of(node->root) > depth_max) complaints.add("TG-D101", 0, 0, "parts stand within parts more than " + std::to_string(depth_max) + " deep (depth_max)", "give an inner part a name with <let>");
    else if (node->height > chain_max) complaints.add("TG-D101", 0, 0, "named values stand upon named values more than " + std::to_string(chain_max) + " deep (chain_max)", "use fewer steps");
    if (complaints.count() > 0) return {};
    return Expression(std::move(node));
}

}  // namespace hub::deadlines
