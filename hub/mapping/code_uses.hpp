// Which values a mapping or a test can look up in which code table, so that a site can tell the rows that nobody can use.
#pragma once

#include "hub/mapping/compilation.hpp"

namespace hub::mapping {

/// Adds what a value's steps look up; `path`: where the value comes from, null when it is not one field of the source.
void add_code_uses(const std::vector<StepRule>& steps, const SourcePath* path, const formats::Schema& source, std::vector<CodeUse>& uses);

/// Adds what a test of one path looks up: `path in codes('table')`.
void add_code_use(const std::string& table, const SourcePath& path, const formats::Schema& source, std::vector<CodeUse>& uses);

}  // namespace hub::mapping
