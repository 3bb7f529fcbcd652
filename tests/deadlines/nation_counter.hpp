// The working days of a nation counted out of its file with string searches, day by day, sharing nothing with the hub's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "day_counter.hpp"
#include "reading.hpp"

namespace counted {

inline const std::vector<std::string> nations{"england_and_wales", "scotland", "northern_ireland"};

/// A holiday as the file says it, read with string searches alone.
struct Line {
    std::string name{}, known_from{}, known_until{};
    bool certain = true;
};

inline std::string quoted_after(const std::string& text, const std::string& word) {
    const auto at = text.find(" " + word + "=\"");
    if (at == std::string::npos) return "";
    const auto begin = at + word.size() + 3;
    return text.substr(begin, text.find('"', begin) - begin);
}

inline std::map<std::string, Line> lines_of(const std::string& nation) {
    std::map<std::string, Line> lines;
    const std::string text = reading::bytes_of("deploy/reference/calendars/" + nation + ".xml");
    for (auto at = text.find("<holiday "); at != std::string::npos; at = text.find("<holiday ", at + 1)) {
        const std::string line = text.substr(at, text.find("/>", at) - at);
        lines[quoted_after(line, "date")] = {quoted_after(line, "name"), quoted_after(line, "known-from"), quoted_after(line, "known-until"),
                                             quoted_after(line, "certainty") != "rule"};
    }
    return lines;
}

/// One nation as known on one day, day by day.
struct Nation {
    std::vector<Date> days = days_of(2018, 2030);
    std::vector<bool> works{};
    std::vector<std::string> why{};

    Nation(const std::map<std::string, Line>& lines, const std::string& known) {
        for (const auto& date : days) {
            const auto line = lines.find(text_of(date));
            const bool holiday = line != lines.end() && line->second.known_from <= known && (line->second.known_until.empty() || known < line->second.known_until);
            works.push_back(date.on < 5 && !holiday);
            why.push_back(date.on == 5 ? "Saturday" : date.on == 6 ? "Sunday" : holiday ? line->second.name : "");
        }
    }
    bool there(long at) const { return at >= 0 && at < static_cast<long>(days.size()); }
    /// The next working day after or before a day; -1 when the days end before.
    long step(long at, int by) const {
        if (at < 0) return -1;
        do at += by;
        while (there(at) && !works[static_cast<std::size_t>(at)]);
        return there(at) ? at : -1;
    }
    long nearest(std::size_t from, int by) const {
        long at = static_cast<long>(from);
        while (there(at) && !works[static_cast<std::size_t>(at)]) at += by;
        return there(at) ? at : -1;
    }
    hub::deadlines::Day at(std::size_t index) const { return {static_cast<std::int32_t>(days[index].since)}; }
    long index_of(hub::deadlines::Day day) const { return day.number - days.front().since; }
};

}  // namespace counted
