// Whether a branch of a choose can be taken at all, as far as its tests alone can say.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/mapping/test_syntax.hpp"

namespace hub::mapping {

/// Whether `one` never holds without `other`. "No" only means "not shown".
bool implies(const TestTerm& one, const TestTerm& other);

/// Whether each value that `term` asks one path for is asked for by one of the earlier tests of the same path.
bool all_taken(const TestTerm& term, const std::vector<const TestTerm*>& earlier);

/// Two parts of one test that cannot both hold for a path with one node: "plea = 'G' and plea = 'NG'". The text of the path, or
/// nothing. `single` says whether a path selects one node at most.
std::optional<PathText> contradiction(const TestTerm& term, const std::function<bool(const PathText&)>& single);

/// A value that a list in the test names twice; empty: none does.
std::string named_twice(const TestTerm& term);

}  // namespace hub::mapping
