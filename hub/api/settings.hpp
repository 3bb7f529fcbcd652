// Settings are declared once: name, meaning, default, range and secrecy stand next to each other in the struct that
// holds them. Reading, checking, masking and the manual follow from that list.
//
//   struct Settings {
//       std::string folder{};
//       int poll_interval_ms = 200;
//       static constexpr auto fields() {
//           using hub::settings::field;
//           return std::tuple{
//               field("folder", &Settings::folder, "Folder watched for incoming files.").required(),
//               field("poll_interval_ms", &Settings::poll_interval_ms, "Pause between scans.").between(10, 60'000)};
//       }
//   };
//
// Supported members: std::string, int, std::int64_t, char, std::vector<std::string> (one value a line or repeated),
// and with one_of() a choice from a closed list. There are no booleans: a word says what yes means.
#pragma once


#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "hub/api/error.hpp"

namespace hub {

/// One `<setting name= value=>` of a site, with the place it stands.
struct SettingText {
    std::string name{};
    std::string value{};
    std::string file{};
    int line = 0;
};
using SettingTexts = std::vector<SettingText>;

namespace settings {

template <class Struct, class Member>
struct Field {
    std::string_view name;
    Member Struct::* member;
    std::string_view meaning;
    bool is_required = false;
    bool is_secret = false;
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::string_view words{};  ///< "one|two|three" for a closed list

    constexpr Field required() const { Field f = *this; f.is_required = true; return f; }
    constexpr Field secret() const { Field f = *this; f.is_secret = true; return f; }
    constexpr Field between(std::int64_t low, std::int64_t high) const {
        Field f = *this; f.least = low; f.most = high; return f;
    }
    constexpr Field one_of(std::string_view list) const { Field f = *this; f.words = list; return f; }
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(std::string_view name, Member Struct::* member, std::string_view meaning) {
    return Field<Struct, Member>{name, member, meaning};
}

/// What a row of the manual says; also what the reader below works from.
struct Row {
    std::string name{}, meaning{}, default_text{}, range{};
};

namespace detail {
std::string show(const std::string& value);
std::string show(std::int64_t value);
std::string show(int value);
std::string show(char value);
std::string show(const std::vector<std::string>& value);
/// Empty when understood; otherwise what is wrong with the text.
std::string parse(const std::string& text, std::string& into);
std::string parse(const std::string& text, std::int64_t& into);
std::string parse(const std::string& text, int& into);
std::string parse(const std::string& text, char& into);
std::string parse(const std::string& text, std::vector<std::string>& into);
bool in_words(std::string_view words, std::string_view value);
Problem unknown(const SettingText& text, const std::vector<std::string>& known);
Problem bad(const SettingText& text, const std::string& what, bool secret);

template <class Struct, class Member>
void read_one(const Field<Struct, Member>& f, const SettingText& text, Struct& into, Problems& problems) {
    std::string wrong = parse(text.value, into.*(f.member));
    if constexpr (std::is_integral_v<Member> && !std::is_same_v<Member, char>) {
        const auto value = static_cast<std::int64_t>(into.*(f.member));
        if (wrong.empty() && (value < f.least || value > f.most))
            wrong = "must lie between " + show(f.least) + " and " + show(f.most);
    }
    if (wrong.empty() && !f.words.empty() && !in_words(f.words, text.value)) wrong = "must be one of " + std::string(f.words);
    if (!wrong.empty()) problems.push_back(bad(text, wrong, f.is_secret));
}
}  // namespace detail

/// Reads every text into a struct; all problems at once (unknown name, missing, not understood, out of range).
/// `place` names the connector's element for settings that are missing.
template <class Struct>
Problems read(const SettingTexts& texts, const SettingText& place, Struct& into) {
    Problems problems;
    std::vector<std::string> known;
    std::apply([&](const auto&... f) { (known.emplace_back(f.name), ...); }, Struct::fields());
    for (const SettingText& text : texts) {
        bool found = false;
        std::apply([&](const auto&... f) {
            ((f.name == text.name ? (found = true, detail::read_one(f, text, into, problems)) : void()), ...);
        }, Struct::fields());
        if (!found) problems.push_back(detail::unknown(text, known));
    }
    const auto given = [&](std::string_view name) {
        for (const SettingText& text : texts) if (text.name == name) return true;
        return false;
    };
    std::apply([&](const auto&... f) {
        ((f.is_required && !given(f.name)
              ? problems.push_back({place.file, place.line, 0, "TG-C002", "setting '" + std::string(f.name) + "' is missing",
                                    "add <setting name=\"" + std::string(f.name) + "\" value=\"...\"/>: " + std::string(f.meaning)})
              : void()), ...);
    }, Struct::fields());
    return problems;
}

/// The settings table of the manual.
template <class Struct>
std::vector<Row> manual() {
    const Struct defaults{};
    std::vector<Row> rows;
    std::apply([&](const auto&... f) {
        ((rows.push_back([&] {
            Row row{std::string(f.name), std::string(f.meaning), detail::show(defaults.*(f.member)), std::string(f.words)};
            if (f.is_required) row.default_text = "required";
            if (f.is_secret) row.default_text = "none, secret";
            if (f.least != std::numeric_limits<std::int64_t>::min()) row.range = detail::show(f.least) + " to " + detail::show(f.most);
            return row;
        }())), ...);
    }, Struct::fields());
    return rows;
}

/// Rows as a Markdown table: setting, meaning, default, range.
std::string to_markdown(const std::vector<Row>& rows);

}  // namespace settings
}  // namespace hub
