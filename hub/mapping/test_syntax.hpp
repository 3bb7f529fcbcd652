// The grammar of tests (`when test=`, a route's `when`): text to a tree of terms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/mapping/paths.hpp"

namespace hub::mapping {

struct TestTerm {
    enum class Kind : std::uint8_t { all, any, negation, present, equals, differs, among, in_codes } kind = Kind::present;
    std::vector<TestTerm> parts{};      ///< of all, any and negation (one)
    PathText path{};
    std::vector<std::string> values{};  ///< of equals, differs (one) and among
    std::string table{};
};

/// Nothing when the text is not a test; `why` then says so.
std::optional<TestTerm> parse_test(std::string_view text, std::string& why);

}  // namespace hub::mapping
