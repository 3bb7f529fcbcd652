#include "hub/api/settings.hpp"

#include <charconv>

namespace hub::settings {
namespace detail {

std::string show(const std::string& value) { return value; }
std::string show(std::int64_t value) { return std::to_string(value); }
std::string show(int value) { return std::to_string(value); }
std::string show(char value) { return std::string(1, value); }
std::string show(const std::vector<std::string>& value) {
    std::string text;
    for (const std::string& one : value) text += (text.empty() ? "" : ", ") + one;
    return text;
}

std::string parse(const std::string& text, std::string& into) {
    into = text;
    return {};
}

std::string parse(const std::string& text, std::int64_t& into) {
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, into);
    if (error == std::errc::result_out_of_range) return "is too large a number";
    return error == std::errc{} && stopped == end ? "" : "must be a whole number";
}

std::string parse(const std::string& text, int& into) {
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, into);
    if (error == std::errc::result_out_of_range) return "is too large a number";
    return error == std::errc{} && stopped == end ? "" : "must be a whole number";
}

std::string parse(const std::string& text, char& into) {
    if (text.size() != 1) return "must be exactly one character";
    into = text[0];
    return {};
}

std::string parse(const std::string& text, std::vector<std::string>& into) {
    into.push_back(text);
    return {};
}

bool in_words(std::string_view words, std::string_view value) {
    while (!words.empty()) {
        const std::size_t bar = words.find('|');
        if (words.substr(0, bar) == value) return true;
        if (bar == std::string_view::npos) return false;
        words.remove_prefix(bar + 1);
    }
    return false;
}

Problem unknown(const SettingText& text, const std::vector<std::string>& known) {
    return {text.file, text.line, 0, "TG-C001", "there is no setting '" + text.name + "'", "use one of: " + show(known)};
}

Problem bad(const SettingText& text, const std::string& what, bool secret) {
    const std::string value = secret ? "(secret)" : text.value.substr(0, 60);
    return {text.file, text.line, 0, "TG-C003", "setting '" + text.name + "' " + what + ", not '" + value + "'", ""};
}

}  // namespace detail

/// "one|two" with its bars kept from ending a cell.
static std::string in_cell(const std::string& text) {
    std::string cell;
    for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
    return cell;
}

std::string to_markdown(const std::vector<Row>& rows) {
    std::string text = "| setting | meaning | default | range |\n|---|---|---|---|\n";
    for (const Row& row : rows)
        text += "| `" + row.name + "` | " + row.meaning + " | " + (row.default_text.empty() ? "none" : row.default_text) +
                " | " + in_cell(row.range) + " |\n";
    return text;
}

}  // namespace hub::settings
