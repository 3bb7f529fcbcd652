// Recursive descent, bounded by test_terms_max. Words (and, or, not, in, codes) are told from element names by their
// place: where a path is expected, only `not(` is a word.
#include "hub/mapping/test_syntax.hpp"

#include "hub/mapping/limits.hpp"

namespace hub::mapping {

namespace {

using Kind = TestTerm::Kind;

class Parser {
public:
    Parser(std::string_view text, std::string& why) : text_(text), why_(why) {}

    std::optional<TestTerm> run() {
        auto term = alternatives();
        skip_space();
        if (term && !text_.empty()) return fail("'" + std::string(text_) + "' is not understood here");
        return term;
    }

private:
    std::nullopt_t fail(std::string why) {
        if (why_.empty()) why_ = std::move(why);
        return std::nullopt;
    }
    void skip_space() {
        while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\t' || text_[0] == '\n' || text_[0] == '\r')) text_.remove_prefix(1);
    }
    bool take(std::string_view token) {
        skip_space();
        if (text_.substr(0, token.size()) != token) return false;
        text_.remove_prefix(token.size());
        return true;
    }
    /// A word ends where a name would.
    bool take_word(std::string_view word) {
        skip_space();
        const std::string_view behind = text_.substr(std::min(word.size(), text_.size()), 1);
        return (behind.empty() || std::string_view(" \t\r\n('\"").find(behind[0]) != std::string_view::npos) && take(word);
    }

    std::optional<TestTerm> list(Kind kind, std::string_view word, std::optional<TestTerm> (Parser::*part)()) {
        TestTerm list;
        list.kind = kind;
        do {
            auto term = (this->*part)();
            if (!term) return std::nullopt;
            list.parts.push_back(std::move(*term));
        } while (take_word(word));
        return list.parts.size() == 1 ? std::move(list.parts[0]) : std::move(list);
    }
    std::optional<TestTerm> alternatives() { return list(Kind::any, "or", &Parser::conjunction); }
    std::optional<TestTerm> conjunction() { return list(Kind::all, "and", &Parser::single); }

    std::optional<TestTerm> single() {
        if (++terms_ > test_terms_max) return fail("test_terms_max = " + std::to_string(test_terms_max) + " is exceeded");
        const std::string_view before = text_;
        if (take_word("not") && take("(")) {
            TestTerm negation;
            negation.kind = Kind::negation;
            auto term = enclosed();
            if (!term) return std::nullopt;
            negation.parts.push_back(std::move(*term));
            return negation;
        }
        text_ = before;
        return take("(") ? enclosed() : comparison();
    }
    std::optional<TestTerm> enclosed() {
        auto term = alternatives();
        if (term && !take(")")) return fail("')' is missing");
        return term;
    }

    std::optional<TestTerm> comparison() {
        TestTerm term;
        skip_space();
        auto path = take_path(text_, why_);
        if (!path) return std::nullopt;
        term.path = std::move(*path);
        if (take("!=")) return compared(std::move(term), Kind::differs);
        if (take("=")) return compared(std::move(term), Kind::equals);
        if (!take_word("in")) return term;
        if (take_word("codes")) {
            term.kind = Kind::in_codes;
            if (!take("(") || !literal(term.table) || !take(")")) return fail("write in codes('table')");
            return term;
        }
        term.kind = Kind::among;
        if (!take("(")) return fail("write in ('a', 'b')");
        do {
            if (!literal(term.values.emplace_back())) return fail("write in ('a', 'b')");
        } while (take(","));
        if (!take(")")) return fail("')' is missing");
        return term;
    }
    std::optional<TestTerm> compared(TestTerm term, Kind kind) {
        term.kind = kind;
        if (!literal(term.values.emplace_back())) return fail("a value stands in quotes");
        return term;
    }
    bool literal(std::string& value) {
        skip_space();
        const char quote = text_.empty() ? '\0' : text_[0];
        const auto end = quote == '\'' || quote == '"' ? text_.find(quote, 1) : std::string_view::npos;
        if (end == std::string_view::npos) return false;
        value = std::string(text_.substr(1, end - 1));
        text_.remove_prefix(end + 1);
        return true;
    }

    std::string_view text_;
    std::string& why_;
    std::size_t terms_ = 0;
};

}  // namespace

std::optional<TestTerm> parse_test(std::string_view text, std::string& why) { return Parser(text, why).run(); }

}  // namespace hub::mapping
