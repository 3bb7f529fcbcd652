// The smallest complete plan: slips about a person come in, and go out as cards by one or several routes.
#pragma once

#include <string>
#include <vector>

#include "hub/core/plan.hpp"

namespace routes_test {

/// A route named after its recipient (or by a name of its own), with a sink named after the recipient.
struct RouteWish {
    std::string recipient{};
    std::string when{};      ///< a condition; empty: every slip
    std::string consent{};   ///< a consent kind that its clause wants
    std::uint32_t attempts_max = 8;
    std::uint32_t parallel_max = 2;
    std::uint32_t pause_first_ms = 1, pause_most_ms = 20;
    bool parked_blocks = true;
    std::string name{};      ///< of the route; empty: the recipient's
};

hub::core::PlanPtr small_plan(const std::vector<RouteWish>& routes, unsigned char digest = 1);

/// A slip about the `person`-th invented person; `consent` "yes" or "no" for health_referral, or empty.
std::string slip(int person, const std::string& text, const std::string& consent = "");
/// The text inside a card.
std::string text_of(const std::string& card);

}  // namespace routes_test
