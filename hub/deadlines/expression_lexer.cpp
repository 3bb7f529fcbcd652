// An expression's text, cut into words, numbers, dates, texts and signs.
#include <algorithm>

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Lexer {
public:
    Lexer(std::string_view text, Complaints& complaints) : text_(text), complaints_(complaints) {}

    std::vector<Token> run() {
        while (true) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            if (at_ == text_.size()) break;
            one();
        }
        tokens_.push_back({Token::Kind::end, {}, text_.size(), text_.size()});
        return std::move(tokens_);
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    void take(Token::Kind kind, std::size_t length) {
        tokens_.push_back({kind, text_.substr(at_, length), at_, at_ + length});
        at_ += length;
    }

    void one() {
        const char c = peek();
        if (is_letter(c)) return word();
        if (is_digit(c)) return number();
        if (c == '\'') return quoted();
        if (c == '!' && peek(1) == '=') return take(Token::Kind::sign, 2);
        if (c == '=' && peek(1) != '=') return take(Token::Kind::sign, 1);
        if (std::string_view("(),+-").find(c) != std::string_view::npos) return take(Token::Kind::sign, 1);
        foreign();
    }

    void word() {
        std::size_t length = 0;
        while (is_word(peek(length)) || (peek(length) == '.' && is_letter(peek(length + 1)))) ++length;
        take(Token::Kind::word, length);
    }

    bool is_date() const {
        const std::string_view shape = "dddd-dd-dd";
        for (std::size_t i = 0; i < shape.size(); ++i)
            if (shape[i] == 'd' ? !is_digit(peek(i)) : peek(i) != shape[i]) return false;
        return !is_digit(peek(shape.size()));
    }

    void number() {
        if (is_date()) return take(Token::Kind::date, 10);
        std::size_t length = 0;
        while (is_digit(peek(length))) ++length;
        if (peek(length) == '.' && is_digit(peek(length + 1))) {
            ++length;
            while (is_digit(peek(length))) ++length;
        }
        take(Token::Kind::number, length);
    }

    void quoted() {
        const std::size_t close = text_.find('\'', at_ + 1);
        if (close == std::string_view::npos) {
            complaints_.add("TG-D102", at_, text_.size(), "the text is not closed", "end it with '");
            at_ = text_.size();
            return;
        }
        tokens_.push_back({Token::Kind::text, text_.substr(at_ + 1, close - at_ - 1), at_, close + 1});
        at_ = close + 1;
    }

    /// A run of what the language does not have is one complaint.
    void foreign() {
        const std::size_t from = at_;
        if (const std::size_t close = peek() == '"' ? text_.find('"', at_ + 1) : std::string_view::npos; close != std::string_view::npos) {
            at_ = close + 1;
            complaints_.add("TG-D102", from, at_, "this is not part of the language", "quote with '");
            return;
        }
        const std::string_view own = "'(),+- \t\n\r";
        while (at_ < text_.size() && !is_word(text_[at_]) && own.find(text_[at_]) == std::string_view::npos) ++at_;
        if (at_ == from) ++at_;
        const std::string_view run = text_.substr(from, at_ - from);
        std::string cure = "remove it";
        if (run.find_first_of("<>") != std::string_view::npos) cure = "write 'before', 'after', 'on or before', 'less than', 'at most', ...";
        else if (run == "==") cure = "write '='";
        else if (run == "&&" || run == "&") cure = "write 'and'";
        else if (run == "||" || run == "|") cure = "write 'or'";
        else if (run == "!") cure = "write 'not'";
        else if (run == "\"") cure = "quote with '";
        else if (run == ":") cure = "write a time of day as '13:00', in quotes";
        complaints_.add("TG-D102", from, at_, "this is not part of the language", std::move(cure));
    }

    std::string_view text_;
    Complaints& complaints_;
    std::vector<Token> tokens_{};
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view text, Complaints& complaints) { return Lexer(text, complaints).run(); }

}  // namespace hub::deadlines
