// A small recursive parser of ECMA-262 patterns that writes XML Schema ones as it goes.
#include "hub/formats/json_schema_pattern.hpp"

#include <charconv>
#include <optional>

#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

constexpr std::string_view any_text = "[\\s\\S]*";
constexpr std::string_view dot = "[^\\n\\r\xe2\x80\xa8\xe2\x80\xa9]";
/// \s of ECMA that XML text can hold: XML Schema's four, and the Unicode spaces.
constexpr std::string_view spaces =
    "\\s\xc2\xa0\xe1\x9a\x80\xe2\x80\x80-\xe2\x80\x8a\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaf\xe2\x81\x9f\xe3\x80\x80\xef\xbb\xbf";
constexpr std::string_view words = "A-Za-z0-9_";
constexpr std::string_view digits = "0-9";

/// One pass over the pattern; `refusal` is set by the first thing that cannot be said in XML Schema.
class Translator {
public:
    explicit Translator(std::string_view ecma) : rest_(ecma) {}

    Result<std::string> translate() {
        alternatives(0);
        if (refusal_.empty() && !rest_.empty()) refuse("an unmatched ')'");
        if (!refusal_.empty()) return Error{Remedy::stop, refusal_};
        return out_;
    }

private:
    bool at(std::string_view text) const { return rest_.substr(0, text.size()) == text; }
    bool take(std::string_view text) {
        if (!at(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    void refuse(std::string what) {
        if (refusal_.empty()) refusal_ = std::move(what);
    }
    char next() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    void alternatives(int depth);
    void alternative(int depth);
    void atom(int depth);
    void group(int depth);
    void quantifier();
    void bounds();
    void escape(bool in_class);
    bool category(char letter);
    void set();
    void set_member();
    void literal(char32_t character, bool in_class);
    std::optional<char32_t> numbered(std::size_t digits_wanted);

    std::string_view rest_;
    std::string out_{};
    std::string refusal_{};
};

void Translator::alternatives(int depth) {
    if (depth > 32) return refuse("groups nested deeper than 32");
    alternative(depth);
    while (refusal_.empty() && take("|")) {
        out_ += '|';
        alternative(depth);
    }
}

void Translator::alternative(int depth) {
    const bool outermost = depth == 0;
    if (outermost && !take("^")) out_ += any_text;
    bool closed = false;
    while (refusal_.empty() && !rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
        if (at("^")) return refuse("'^' elsewhere than at the start");
        closed = outermost && take("$");
        if (closed) break;
        atom(depth);
        quantifier();
    }
    if (closed && !rest_.empty() && rest_.front() != '|') return refuse("'$' elsewhere than at the end");
    if (outermost && !closed) out_ += any_text;
}

void Translator::atom(int depth) {
    switch (const char c = next()) {
        case '$': return refuse("'$' elsewhere than at the end");
        case '(': return group(depth);
        case '[': return set();
        case '\\': return escape(false);
        case '.': out_ += dot; return;
        case '*':
        case '+':
        case '?':
        case '{':
        case '}':
        case ']': return refuse(std::string("an unescaped '") + c + "' with nothing to repeat or close");
        default: out_ += c;
    }
}

void Translator::group(int depth) {
    if (at("?") && !take("?:")) return refuse("a look-ahead, look-behind or named group");
    out_ += '(';
    alternatives(depth + 1);
    if (!take(")")) return refuse("an unclosed '('");
    out_ += ')';
}

void Translator::quantifier() {
    if (rest_.empty()) return;
    const char c = rest_.front();
    if (c == '{') {
        bounds();
    } else if (c == '*' || c == '+' || c == '?') {
        out_ += next();
    } else {
        return;
    }
    take("?");  // lazy or greedy: the same texts match
}

void Translator::bounds() {
    const auto end = rest_.find('}');
    const auto inside = rest_.substr(1, end == std::string_view::npos ? end : end - 1);
    const auto comma = inside.find(',');
    const auto number = [](std::string_view text) {
        return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const bool well_formed = end != std::string_view::npos && number(inside.substr(0, comma)) &&
                             (comma == std::string_view::npos || comma + 1 == inside.size() || number(inside.substr(comma + 1)));
    if (!well_formed) return refuse("a '{' that starts no repetition of up to four digits");
    out_.append("{").append(inside).append("}");
    rest_.remove_prefix(end + 1);
}

bool Translator::category(char letter) {
    const auto end = rest_.find('}');
    if (!at("{") || end == std::string_view::npos || end < 2 || end > 3) {
        refuse("\\p other than a general category such as \\p{L} or \\p{Lu}");
        return false;
    }
    out_.append("\\").append(1, letter).append(rest_.substr(0, end + 1));
    rest_.remove_prefix(end + 1);
    return true;
}

std::optional<char32_t> Translator::numbered(std::size_t digits_wanted) {
    unsigned number = 0;
    const auto text = rest_.substr(0, digits_wanted);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (text.size() < digits_wanted || read.ptr != text.data() + text.size()) return std::nullopt;
    rest_.remove_prefix(digits_wanted);
    return static_cast<char32_t>(number);
}

void Translator::literal(char32_t character, bool in_class) {
    if (character < 0x80 && std::string_view("\\|.?*+(){}[]^-").find(static_cast<char>(character)) != std::string_view::npos) {
        if (character != '-' || in_class) out_ += '\\';
    }
    append_utf8(out_, character);
}

void Translator::escape(bool in_class) {
    if (rest_.empty()) return refuse("a '\\' at the end");
    const char c = next();
    const auto shorthand = [&](std::string_view members, bool inverted) {
        if (in_class && inverted) return refuse(std::string("\\") + c + " inside [...]");
        if (in_class) out_ += members;
        if (!in_class) out_.append(inverted ? "[^" : "[").append(members).append("]");
    };
    switch (c) {
        case 'd': return shorthand(digits, false);
        case 'D': return shorthand(digits, true);
        case 'w': return shorthand(words, false);
        case 'W': return shorthand(words, true);
        case 's': return shorthand(spaces, false);
        case 'S': return shorthand(spaces, true);
        case 'p':
        case 'P': category(c); return;
        case 'n':
        case 'r':
        case 't': out_.append("\\").append(1, c); return;
        case 'x':
        case 'u': {
            const auto character = numbered(c == 'x' ? 2 : 4);
            const bool surrogate = character && *character >= 0xd800 && *character <= 0xdfff;
            if (!character || *character < 0x20 || surrogate) return refuse(std::string("the escape \\") + c);
            return literal(*character, in_class);
        }
        default: break;
    }
    if (std::string_view("^$\\.*+?()[]{}|/-").find(c) == std::string_view::npos)
        return refuse(std::string("the escape \\") + c);
    literal(static_cast<unsigned char>(c), in_class);
}

void Translator::set() {
    out_ += take("^") ? "[^" : "[";
    if (at("]")) return refuse("an empty [...]");
    while (refusal_.empty() && !at("]")) {
        if (rest_.empty()) return refuse("an unclosed '['");
        set_member();
    }
    take("]");
    out_ += ']';
}

/// One character, shorthand or range. A '-' is a range only between two single characters; else it stands for itself.
void Translator::set_member() {
    const auto single = [&] {
        const char c = next();
        if (c == '\\') {
            const bool character = !rest_.empty() && std::string_view("dDwWsSpP").find(rest_.front()) == std::string_view::npos;
            escape(true);
            return character;
        }
        const bool special = c == '[' || c == '-' || c == '^';
        if (special) out_ += '\\';
        out_ += c;
        return true;
    };
    const bool from = single();
    if (!refusal_.empty() || !at("-") || at("-]")) return;
    if (!from) return refuse("a range that starts with a shorthand");
    next();
    out_ += '-';
    // A multi-byte character's tail bytes follow one at a time and are copied as they are.
    if (!rest_.empty() && !single()) refuse("a range that ends with a shorthand");
}

}  // namespace

Result<std::string> xsd_pattern(std::string_view ecma) {
    if (ecma.size() > pattern_bytes_max)
        return Error{Remedy::stop, "pattern_bytes_max = " + std::to_string(pattern_bytes_max) + " is exceeded"};
    return Translator(ecma).translate();
}

}  // namespace hub::formats
