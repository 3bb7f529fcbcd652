// Private to hub/site: takes from disk what a site uses, and nothing else: what is gathered is what the plan's digest covers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "hub/formats/config_xml.hpp"
#include "hub/site/site.hpp"

namespace hub::site {

struct Gathered {
    Bundle bundle{};
    std::map<std::string, std::string> paths{};  ///< logical path -> where it was read
};

/// Where the site's three folders are on disk.
struct Roots {
    std::string site{}, schemas{}, mappings{};
};

/// `into` has site.xml already. A file that is named but absent is left out where compile() says so better, with the line
/// that names it; every other failure to read is a problem.
void gather(const formats::ConfigElement& site, const Roots& roots, const Disk& disk, Gathered& into, Problems& problems);

/// Names of code tables in a test: codes('result-requirement').
void add_tables_of_test(std::string_view test, std::set<std::string>& tables);

/// Documents that a schema document includes, imports or refers to, as logical paths beside its own.
std::set<std::string> documents_beside(const std::string& logical, std::string_view text);

}  // namespace hub::site
