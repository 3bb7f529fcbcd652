// Makes the ends of a connector from settings as a site gives them, and reads sample.xml files.
#pragma once

#include <initializer_list>
#include <utility>

#include "hub/api/connector.hpp"
#include "tests/support/temporary_folder.hpp"

namespace support {

inline hub::SettingTexts settings_of(std::initializer_list<std::pair<std::string, std::string>> pairs) {
    hub::SettingTexts texts;
    for (const auto& [name, value] : pairs) texts.push_back({name, value, "site.xml", static_cast<int>(texts.size()) + 10});
    return texts;
}

/// The same settings with one value replaced, or added.
inline hub::SettingTexts with(hub::SettingTexts texts, const std::string& name, const std::string& value) {
    for (hub::SettingText& each : texts) {
        if (each.name != name) continue;
        each.value = value;
        return texts;
    }
    texts.push_back({name, value, "site.xml", static_cast<int>(texts.size()) + 10});
    return texts;
}

inline const hub::SettingText element_place{"", "", "site.xml", 9};

/// What an attribute's text means: XML's five named entities.
inline std::string unescaped(std::string text) {
    for (const auto& [entity, character] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1))
            text.replace(at, std::string_view(entity).size(), character);
    return text;
}

/// The settings of the first <source> or <sink> of a connector's sample.xml. Reads only what samples are made of: one
/// element a line, attributes in double quotes.
inline hub::SettingTexts sample_settings(const std::string& sample_file, const std::string& element) {
    const auto attribute = [](const std::string& line, const std::string& name) {
        const std::size_t at = line.find(" " + name + "=\"");
        if (at == std::string::npos) return std::string{};
        const std::size_t from = at + name.size() + 3;
        return unescaped(line.substr(from, line.find('"', from) - from));
    };
    hub::SettingTexts texts;
    const std::string text = read_file(sample_file);
    bool inside = false;
    int number = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string line = text.substr(from, end - from);
        from = end + 1;
        ++number;
        if (line.find("<" + element + " ") != std::string::npos) inside = true;
        if (line.find("</" + element + ">") != std::string::npos && inside) break;
        if (inside && line.find("<setting ") != std::string::npos)
            texts.push_back({attribute(line, "name"), attribute(line, "value"), sample_file, number});
    }
    return texts;
}

}  // namespace support
