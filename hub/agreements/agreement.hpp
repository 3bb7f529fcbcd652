// Agreements: what may be shared, with whom, why and on what basis, field by field. Deny is the default (law 7).
//
// Read from agreements/*.xml (schemas/site/agreement.xsd). Here: the clause, its compile-time coverage check and its
// run-time conditions. The life cycle (draft, live, suspended, lapsed, revoked, renewed) is a field that is checked
// wherever a clause is; the acts that change it come with the registers.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/api/instant.hpp"
#include "hub/mapping/mapping.hpp"

namespace hub::agreements {

enum class Regime : unsigned char { law_enforcement, uk_gdpr };  ///< DPA 2018 Part 3, or UK GDPR (law 16)
enum class State : unsigned char { draft, live, suspended, lapsed, revoked };

/// One record type under one agreement.
struct Clause {
    std::string id{};
    std::string record_type{};
    std::set<std::string> paths{};           ///< canonical paths that may leave, "person/name/family": with their attributes
    std::set<std::string> trees{};           ///< of these, the ones that cover everything below them too
    std::vector<std::string> consents{};     ///< consent kinds that the person must have given, "health_referral"
    std::vector<std::string> needs{};        ///< canonical paths that must be present ("housing/chosen_authority")
    int line = 0, column = 0;
};

struct Agreement {
    std::string name{};
    std::string title{};
    std::vector<std::string> parties{};      ///< party names; a route's sender and recipient must both be among them, or the hub's own site party
    Regime regime = Regime::law_enforcement;
    std::string gateway{};                   ///< for a crossing of regimes: the recorded basis; empty: none recorded
    std::string purpose{}, basis{}, citation{};
    State state = State::draft;
    Instant valid_from{}, valid_to{};        ///< valid_to is exclusive; a date in the file means its start in UTC
    std::vector<Clause> clauses{};
    std::string file{};
    int line = 0, column = 0;
};

/// Null with problems (codes TG-A0xx; TG-F2xx for what is wrong with the document as such). `xsd` checks its shape first:
/// the bytes of schemas/site/agreement.xsd, or null where they have been checked already.
std::shared_ptr<const Agreement> read(const std::string& path, std::string_view text, Problems& problems,
                                      const std::string* xsd = nullptr);

std::string_view name_of(Regime regime);
std::string_view name_of(State state);

/// Whether the agreement is in force at an instant.
bool in_force(const Agreement& agreement, Instant at);

/// The compile-time check: every canonical declaration that the exchange reads is among the clause's paths. One problem a
/// field, naming the exchange's field and the clause's line.
Problems uncovered(const Clause& clause, const Agreement& agreement, const mapping::Mapping& exchange);

}  // namespace hub::agreements
