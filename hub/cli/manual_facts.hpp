// The generated page about a site's facts and rules: every kind of fact with who says it and who reads it, every rule with its versions.
#pragma once

#include <string>

#include "hub/core/plan.hpp"

namespace hub::cli {

/// Markdown, the same for the same site.
std::string facts_page(const deadlines::RuleBook& book, const core::Plan& plan);

}  // namespace hub::cli
