// Source documents that show what a check of the target is about. Each is empty when none is found.
#pragma once

#include <string>
#include <vector>

#include "hub/mapping/compilation.hpp"

namespace hub::mapping {

/// One in which the case holds.
std::string document_of(const Compilation& all, const Case& holds);
/// One in which a case of each holds.
std::string document_of_both(const Compilation& all, const std::vector<Case>& one, const std::vector<Case>& other);
/// One in which a writer of the case writes twice for one `home`: the loops between run twice, `about` is there twice.
std::string document_of_two(const Compilation& all, const Case& holds, std::uint32_t loop, std::uint32_t home, formats::DeclId about = formats::no_decl);
/// One in which an element of the cases is made and none of the options holds.
std::string document_without(const Compilation& all, const std::vector<Case>& made, const std::vector<Case>& options);

}  // namespace hub::mapping
