// Writes forms.
#include "hub/mapping/forms.hpp"

namespace hub::mapping {

namespace {

void append_literal(std::string_view text, std::string& into) {
    for (const char each : text) {
        if (std::string_view("\\|.?*+(){}[]^-").find(each) != std::string_view::npos) into += '\\';
        into += each;
    }
}

std::string literal(std::string_view text) {
    std::string into;
    append_literal(text, into);
    return into;
}

/// The picture with these expressions for year, month and day.
std::string pictured(std::string_view picture, const char* year, const char* month, const char* day) {
    std::string form;
    for (std::size_t at = 0; at < picture.size();) {
        const char letter = picture[at];
        const char* part = letter == 'y' ? year : letter == 'M' ? month : letter == 'd' ? day : letter == 'H' ? "([01][0-9]|2[0-3])" : letter == 'm' || letter == 's' ? "[0-5][0-9]" : nullptr;
        if (part == nullptr) append_literal(picture.substr(at++, 1), form);
        else form += part, at += letter == 'y' ? 4 : 2;
    }
    return form;
}

}  // namespace

std::string form_of(const std::vector<std::string>& texts) {
    std::string form;
    for (const auto& each : texts) form += (form.empty() ? "" : "|") + literal(each);
    return form;
}

std::string date_form(std::string_view picture) {
    constexpr const char* year = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
    constexpr const char* leap_year = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)";
    constexpr const char *any_month = "(0[1-9]|1[0-2])", *any_day = "(0[1-9]|[12][0-9]|3[01])";
    const auto has = [&](char letter) { return picture.find(letter) != std::string_view::npos; };
    if (!has('M') || !has('d')) return pictured(picture, year, any_month, any_day);
    std::string form = pictured(picture, year, "(0[13578]|1[02])", any_day) + "|" + pictured(picture, year, "(0[469]|11)", "(0[1-9]|[12][0-9]|30)") +
                       "|" + pictured(picture, year, "02", "(0[1-9]|1[0-9]|2[0-8])");
    if (has('y')) form += "|" + pictured(picture, leap_year, "02", "29");
    return form;
}

std::string instant_form() {
    return "(" + date_form("yyyy-MM-ddTHH:mm:ss") + ")(\\.[0-9]+)?(Z|[+\\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
}

std::string form_of_given(std::string_view name) {
    if (name == "received_at") return "(" + date_form("yyyy-MM-ddTHH:mm:ss") + ")(\\.[0-9]+)?Z";
    if (name == "record_id" || name == "delivery_key") return "[0-9a-f]{64}";
    if (name == "sender" || name == "recipient") return "[a-z][a-z0-9_\\-]{0,63}";
    return any_form;  // the sender chose it
}

std::string form_of_pieces(const std::vector<PieceForm>& pieces, std::string_view separator) {
    const std::string between = literal(separator);
    std::string first, rest;  // of the pieces from here on: when none stands before them, and when one does
    for (auto each = pieces.rbegin(); each != pieces.rend(); ++each) {
        const std::string form = "(" + each->form + ")";
        first = each->optional ? "(" + form + rest + (first.empty() ? ")" : "|" + first + ")") : form + rest;
        rest = each->optional ? "(" + between + form + ")?" + rest : between + form + rest;
    }
    return first;
}

std::string form_of_join(const std::string& item, std::string_view separator, std::uint32_t count_max) {
    const std::string count = count_max == UINT32_MAX || count_max > 1'000 ? "*" : "{0," + std::to_string(count_max - 1) + "}";
    return "(" + item + ")(" + literal(separator) + "(" + item + "))" + count;
}

std::string shown_text(std::string_view text) {
    constexpr std::size_t bytes_max = 60;
    std::string shown = "'";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool whole_character = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (at >= bytes_max && whole_character) {
            const auto left = text.substr(at);
            std::size_t characters = 0;
            for (const char each : left) characters += (static_cast<unsigned char>(each) & 0xC0U) != 0x80U ? 1 : 0;
            return shown + "' and " + std::to_string(characters) + " more";
        }
        if (text[at] == '\n') shown += "\\n";
        else if (text[at] == '\r') shown += "\\r";
        else if (text[at] == '\t') shown += "\\t";
        else shown += text[at];
    }
    return shown + "'";
}

}  // namespace hub::mapping
