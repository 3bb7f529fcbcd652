// Reads the shipped table of clocks and the shipped calendars, and small ones written in a test.
#pragma once

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "hub/deadlines/calendar.hpp"
#include "hub/deadlines/zone.hpp"

namespace reading {

using hub::deadlines::Calendar;
using hub::deadlines::Day;
using hub::deadlines::Zone;

inline Day day(std::string_view text) { return *hub::deadlines::parse_day(text); }

inline std::string bytes_of(const std::string& path) {
    std::ifstream file(HUB_SOURCE_DIR "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::shared_ptr<const Zone> zone_of(const std::string& xml, hub::Problems& problems) {
    const auto root = hub::formats::read_config("clocks.xml", xml, nullptr, problems);
    return root ? Zone::read(*root, "clocks.xml", problems) : nullptr;
}

/// With the schema, as a site reads it, or without, as if that had been forgotten.
inline std::shared_ptr<const Calendar> calendar_of(const std::string& xml, hub::Problems& problems, bool checked = true) {
    const std::string xsd = bytes_of("schemas/site/calendar.xsd");
    const auto root = hub::formats::read_config("calendar.xml", xml, checked ? &xsd : nullptr, problems);
    return root ? Calendar::read(*root, "calendar.xml", problems) : nullptr;
}

template <class Read>
auto shipped(const std::string& path, Read read) {
    hub::Problems problems;
    auto made = read(bytes_of(path), problems);
    for (const auto& each : problems) BOOST_ERROR(path << ": " << hub::to_text(each));
    BOOST_REQUIRE(made);
    return made;
}

inline const Zone& london() {
    static const auto zone = shipped("mappings/codes/london-time.xml", [](const std::string& xml, hub::Problems& problems) { return zone_of(xml, problems); });
    return *zone;
}

inline std::shared_ptr<const Calendar> shipped_calendar(const std::string& name) {
    return shipped("deploy/reference/calendars/" + name + ".xml", [](const std::string& xml, hub::Problems& problems) { return calendar_of(xml, problems); });
}

/// One problem of this code in this line, with a file and a cure, and nothing else.
inline void only_problem(const hub::Problems& problems, const std::string& code, int line, const std::string& file) {
    BOOST_REQUIRE_EQUAL(problems.size(), 1u);
    const hub::Problem& problem = problems.front();
    BOOST_TEST(problem.code == code, hub::to_text(problem));
    BOOST_TEST(problem.line == line);
    BOOST_TEST(problem.column > 0);
    BOOST_TEST(problem.file == file);
    BOOST_TEST(!problem.what.empty());
    BOOST_TEST(!problem.cure.empty());
}

}  // namespace reading
