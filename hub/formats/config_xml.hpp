// Reads a configuration file: XML into a plain element tree with positions, checked against its XSD.
//
// For the hub's own files (mappings, code lists, sites, agreements), whose shapes may be recursive and therefore have no
// Schema. The guard is that of partners' documents: UTF-8 only, no DOCTYPE, no processing instruction, limits by name.
// Unlike in problems about records, values of configuration may be quoted. Not here: what the elements mean.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/codec.hpp"

namespace hub::formats {

struct ConfigElement {
    std::string name{}, ns{};
    std::vector<std::pair<std::string, std::string>> attributes{};  ///< in file order, then those that the XSD defaults
    std::vector<ConfigElement> children{};
    std::string text{};  ///< its own, as written; empty where there are children and only space between them
    int line = 0, column = 0;  ///< of the start tag

    /// Null when it is not there.
    const std::string* attribute(std::string_view name) const;
    /// The attribute with surrounding and repeated space removed (what XSD calls a token); empty when it is not there.
    std::string token(std::string_view name) const;
};

/// Null when there are problems, all of which are appended (TG-F2xx). `path` names the file in them. With `xsd_bytes`
/// the document is validated and the XSD's default attributes are filled in.
std::shared_ptr<ConfigElement> read_config(const std::string& path, std::string_view bytes, const std::string* xsd_bytes,
                                           Problems& problems, const Limits& limits = {});

}  // namespace hub::formats
