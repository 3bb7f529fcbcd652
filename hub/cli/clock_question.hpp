// What `throughgate clocks` is asked: a site's rules, people with their facts, and times. Everything that is wrong with it, at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/cli/commands.hpp"
#include "hub/deadlines/evaluate.hpp"

namespace hub::cli {

struct ClockQuestion {
    std::shared_ptr<const deadlines::RuleBook> book{};  ///< null only with problems
    std::vector<deadlines::GivenPerson> people{};
    Instant as_of{}, known_at{};
    std::vector<std::uint16_t> rules{};  ///< those asked for, each once; empty: all
};

/// The error is that of a file that cannot be read; with problems there is nothing to evaluate.
Result<ClockQuestion> read_question(World& world, const ClocksRequest& request, Problems& problems);

/// The latest recorded-at or retracted of the facts, and at least `at_least`.
Instant last_said(const std::vector<deadlines::GivenPerson>& people, Instant at_least);

/// Why there may be fewer clocks than somebody expects: rules that hold back until the site says a number or a date (one note each where
/// rules are named, one for all otherwise), and named rules about a kind of matter that nobody has.
Problems notes_on(const ClockQuestion& question);

}  // namespace hub::cli
