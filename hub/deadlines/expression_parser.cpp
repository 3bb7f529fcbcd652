// Tokens into a tree. The first thing that does not fit ends the reading of a text: what follows would be guesses.
#include <algorithm>
#include <array>

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {
namespace {

constexpr std::array<std::string_view, 24> reserved{"and", "or", "not", "in", "on", "before", "after", "less", "than", "at", "most", "least", "more",
                                                    "from", "to", "yes", "no", "today", "now", "window.start", "window.end", "if", "known", "unknown"};

struct Comparing {
    std::array<std::string_view, 3> words{};
    Accepts accepts = Accepts::none;
    Ordering ordering = Ordering::none;
};
constexpr std::array<Comparing, 10> comparings{{
    {{"="}, Accepts::equal, Ordering::none},
    {{"!="}, Accepts::differs, Ordering::none},
    {{"before"}, Accepts::less, Ordering::points},
    {{"on", "or", "before"}, Accepts::at_most, Ordering::points},
    {{"after"}, Accepts::more, Ordering::points},
    {{"on", "or", "after"}, Accepts::at_least, Ordering::points},
    {{"less", "than"}, Accepts::less, Ordering::numbers},
    {{"at", "most"}, Accepts::at_most, Ordering::numbers},
    {{"at", "least"}, Accepts::at_least, Ordering::numbers},
    {{"more", "than"}, Accepts::more, Ordering::numbers},
}};

class Parser {
public:
    Parser(std::string_view text, Complaints& complaints) : complaints_(complaints), tokens_(read_tokens(text, complaints)) {}

    std::optional<Syntax> run() {
        if (complaints_.count() > 0) return std::nullopt;
        if (here().kind == Token::Kind::end) fail("nothing is written", "write a value or a test");
        Syntax tree = any();
        if (!failed_ && here().kind != Token::Kind::end) fail("this does not follow from what stands before it", follow_cure());
        if (failed_) return std::nullopt;
        return tree;
    }

private:
    const Token& here(std::size_t ahead = 0) const { return tokens_[std::min(next_ + ahead, tokens_.size() - 1)]; }
    bool at_word(std::string_view word, std::size_t ahead = 0) const { return here(ahead).kind == Token::Kind::word && here(ahead).text == word; }
    bool at_sign(std::string_view sign, std::size_t ahead = 0) const { return here(ahead).kind == Token::Kind::sign && here(ahead).text == sign; }
    bool take_word(std::string_view word) { return at_word(word) && (++next_, true); }
    bool take_sign(std::string_view sign) { return at_sign(sign) && (++next_, true); }
    std::size_t last_end() const { return next_ == 0 ? 0 : tokens_[next_ - 1].end; }

    void fail(const std::string& what, std::string cure, std::string_view code = "TG-D103") {
        if (!failed_) complaints_.add(code, here().at, here().end, what, std::move(cure));
        failed_ = true;
    }
    void need_sign(std::string_view sign, const std::string& cure) {
        if (!take_sign(sign)) fail("'" + std::string(sign) + "' is missing before this", cure);
    }
    std::string follow_cure() const {
        if (here().kind == Token::Kind::number) return "join lengths with + or -, as in 'x - 8 months - 14 days'; join tests with 'and' or 'or'";
        if (at_word("is") || at_word("equals")) return "write '=', or 'before', 'after', 'at most', ...";
        return "join tests with 'and' or 'or', or remove it";
    }

    Syntax node(Syntax::Kind kind, std::size_t at, std::string_view word = {}) {
        Syntax out;
        out.kind = kind;
        out.word = word;
        out.at = at;
        out.end = last_end();
        return out;
    }

    /// `one` again and again, with a word between.
    Syntax joined(Syntax::Kind kind, std::string_view word, Syntax (Parser::*one)()) {
        const std::size_t at = here().at;
        Syntax first = (this->*one)();
        if (failed_ || !at_word(word)) return first;
        std::vector<Syntax> parts;
        parts.push_back(std::move(first));
        while (!failed_ && take_word(word)) parts.push_back((this->*one)());
        Syntax out = node(kind, at, word);
        out.parts = std::move(parts);
        return out;
    }
    Syntax any() {
        if (++depth_ > depth_max) {
            fail("parts stand within parts more than " + std::to_string(depth_max) + " deep (depth_max)", "give the inner part a name with <let>", "TG-D101");
            return {};
        }
        Syntax out = joined(Syntax::Kind::any, "or", &Parser::all);
        --depth_;
        return out;
    }
    Syntax all() { return joined(Syntax::Kind::all, "and", &Parser::opposite); }

    Syntax opposite() {
        const std::size_t at = here().at;
        std::size_t times = 0;
        while (take_word("not")) ++times;
        Syntax out = comparison();
        if (times > depth_max) fail("'not' is said more than " + std::to_string(depth_max) + " times (depth_max)", "say it once or not at all", "TG-D101");
        for (; times > 0 && !failed_; --times) {
            Syntax outer = node(Syntax::Kind::opposite, at, "not");
            outer.parts.push_back(std::move(out));
            out = std::move(outer);
        }
        return out;
    }

    const Comparing* comparing() {
        for (const Comparing& each : comparings) {
            std::size_t length = 0;
            while (length < each.words.size() && !each.words[length].empty() && (at_word(each.words[length], length) || at_sign(each.words[length], length))) ++length;
            if (length < each.words.size() && !each.words[length].empty()) continue;
            next_ += length;
            return &each;
        }
        return nullptr;
    }

    Syntax comparison() {
        const std::size_t at = here().at;
        Syntax left = sum();
        if (failed_) return left;
        if (take_word("in")) {
            std::vector<Token> codes = code_list();
            Syntax out = node(Syntax::Kind::among, at, "in");
            out.parts.push_back(std::move(left));
            out.codes = std::move(codes);
            return out;
        }
        if (at_word("not") && at_word("in", 1)) {
            fail("'not in' is not part of the language", "write 'not x in (...)'");
            return left;
        }
        const std::size_t operator_at = here().at;
        const Comparing* found = comparing();
        if (!found) {
            if (at_word("less") || at_word("more") || at_word("at") || at_word("on"))
                fail("this comparison is not complete", "write 'less than', 'more than', 'at most', 'at least', 'on or before' or 'on or after'");
            return left;
        }
        const std::string_view word = complaints_.text().substr(operator_at, last_end() - operator_at);
        Syntax right = sum();
        Syntax out = node(Syntax::Kind::compare, at, word);
        out.accepts = found->accepts;
        out.ordering = found->ordering;
        out.parts.push_back(std::move(left));
        out.parts.push_back(std::move(right));
        return out;
    }

    std::vector<Token> code_list() {
        std::vector<Token> codes;
        need_sign("(", "list the codes: in ('a', 'b')");
        do {
            if (failed_) break;
            if (here().kind != Token::Kind::text) fail("a code in quotes is wanted here", "list the codes: in ('a', 'b')");
            else codes.push_back(tokens_[next_++]);
        } while (take_sign(","));
        need_sign(")", "close the list");
        return codes;
    }

    Syntax sum() {
        const std::size_t at = here().at;
        Syntax out = primary();
        std::size_t times = 0;
        while (!failed_ && (at_sign("+") || at_sign("-"))) {
            Syntax outer;
            outer.minus = at_sign("-");
            ++next_;
            if (++times > depth_max) fail("more than " + std::to_string(depth_max) + " lengths are added (depth_max)", "add them up", "TG-D101");
            length(outer);
            outer.kind = Syntax::Kind::offset;
            outer.at = at;
            outer.end = last_end();
            outer.parts.push_back(std::move(out));
            out = std::move(outer);
        }
        return out;
    }

    void length(Syntax& into) {
        if (here().kind != Token::Kind::number && here().kind != Token::Kind::word) return fail("a length of time is wanted here", "write a number and a unit, as in '+ 5 working days'");
        into.amount = tokens_[next_++];
        if (here().kind != Token::Kind::word) return fail("the unit of the length is missing", "write days, weeks, months, years, working days, hours or minutes");
        const std::size_t at = here().at;
        const bool working = take_word("working");
        if (working && here().kind != Token::Kind::word) return fail("'days' is missing after 'working'", "write 'working days'");
        ++next_;
        into.word = complaints_.text().substr(at, last_end() - at);
    }

    Syntax primary() {
        const Token token = here();
        switch (token.kind) {
            case Token::Kind::number: ++next_; return node(Syntax::Kind::number, token.at, token.text);
            case Token::Kind::date: ++next_; return node(Syntax::Kind::date, token.at, token.text);
            case Token::Kind::text: ++next_; return node(Syntax::Kind::text, token.at, token.text);
            case Token::Kind::word: return worded();
            case Token::Kind::sign:
                if (take_sign("(")) {
                    Syntax inner = any();
                    need_sign(")", "close the bracket");
                    return inner;
                }
                fail(token.text == "-" ? "a number or date is never negative here" : "a value is wanted here", "write a name, a constant or a function");
                return {};
            case Token::Kind::end: fail("it is not finished", "write a name, a constant or a function"); return {};
        }
        return {};
    }

    Syntax worded() {
        const Token token = here();
        if (at_sign("(", 1)) return call();
        if (is_reserved(token.text) && token.text != "yes" && token.text != "no" && token.text != "today" && token.text != "now" && !token.text.starts_with("window.")) {
            fail("a value is wanted here, not '" + std::string(token.text) + "'", "write a name, a constant or a function");
            return {};
        }
        ++next_;
        return node(token.text == "yes" || token.text == "no" ? Syntax::Kind::truth : Syntax::Kind::name, token.at, token.text);
    }

    Syntax call() {
        const Token name = here();
        next_ += 2;
        std::vector<Syntax> parts;
        const bool about_events = name.text == "first" || name.text == "last" || name.text == "nth" || name.text == "count";
        if (!take_sign(")")) {
            do parts.push_back(about_events && (name.text != "nth" || parts.size() == 1) ? events() : any());
            while (!failed_ && take_sign(","));
            if (!failed_ && !take_sign(")")) fail("',' or ')' is wanted here", "separate arguments with ',' and close with ')'");
        }
        Syntax out = node(Syntax::Kind::call, name.at, name.text);
        out.parts = std::move(parts);
        return out;
    }

    Syntax events() {
        const Token kind = here();
        if (kind.kind != Token::Kind::word) {
            fail("the kind of the events is wanted here", "write the name of a fact kind, then perhaps in (...), from x, to y");
            return {};
        }
        ++next_;
        Syntax out = node(Syntax::Kind::events, kind.at, kind.text);
        if (take_word("in")) out.codes = code_list();
        if (!failed_ && take_word("from")) {
            out.from = true;
            out.parts.push_back(sum());
        }
        if (!failed_ && take_word("to")) {
            out.to = true;
            out.parts.push_back(sum());
        }
        out.end = last_end();
        return out;
    }

    Complaints& complaints_;
    std::vector<Token> tokens_;
    std::size_t next_ = 0, depth_ = 0;
    bool failed_ = false;
};

}  // namespace

bool is_reserved(std::string_view word) { return std::find(reserved.begin(), reserved.end(), word) != reserved.end(); }

std::optional<Syntax> read_syntax(std::string_view text, Complaints& complaints) { return Parser(text, complaints).run(); }

}  // namespace hub::deadlines
