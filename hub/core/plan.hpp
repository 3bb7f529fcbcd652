// The plan: one complete configuration, compiled and content-addressed (law 10). Immutable; any thread may read it.
//
// hub/site compiles it out of a site folder; the journal keeps the bundle it came from, so that any past plan can be
// compiled again.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/agreements/agreement.hpp"
#include "hub/api/connector.hpp"
#include "hub/api/digest.hpp"
#include "hub/deadlines/rules.hpp"
#include "hub/mapping/mapping.hpp"

namespace hub::core {

/// Counted up whenever the same plan and journal would give other projections; part of every plan's digest.
inline constexpr std::uint32_t semantics_version = 3;

struct Party {
    std::string name{}, title{};
    std::string kind{};  ///< "court", "police", "prison", "probation", "health", "housing", ...; data, never an enum
    agreements::Regime regime = agreements::Regime::law_enforcement;
};

/// One end of a connector in the site.
struct End {
    std::string name{};
    std::string connector{};
    Place place = Place::hub;  ///< the connector's own default unless the site says otherwise
    SettingTexts settings{};
    SettingTexts limits{};      ///< of its process, where it runs as an edge
    std::string file{};
    int line = 0;
};
struct SourceEnd : End {
    std::map<std::string, std::string> senders{};  ///< channel identity -> party
    std::vector<std::string> exchanges{};          ///< the formats it carries; the first is taken when the sender names none
};
struct SinkEnd : End {};

/// A fact kind: where in a record type it stands (schemas/canonical/facts.xml).
struct FactRule {
    std::string kind{}, type{};        ///< "sentence.custody", "date"
    std::string matter{};              ///< "sentence", "release", "referral", "person"
    formats::DeclId each = formats::no_decl;        ///< the element that one fact comes from
    formats::DeclId value = formats::no_decl;       ///< below (or) `each`
    formats::DeclId matter_id = formats::no_decl;   ///< below `each` or above it; no_decl: the record's person
    formats::DeclId valid_from = formats::no_decl;  ///< no_decl: the record's received-at
    std::shared_ptr<const mapping::Condition> when{};  ///< null: every record of the type
    formats::DeclId where = formats::no_decl;       ///< of the elements `each` only those in which this is one of `among`
    std::vector<std::string> among{};
    std::string matter_part{};         ///< the matter's id ends with "/" and this; empty: it is the text at `matter_id`
    std::string as{};                  ///< the fact's value instead of the text at `value`; empty: that text
    std::vector<std::string> delivered_to{};  ///< kinds of party: said once the record is delivered to one, with that instant as its value; empty: said by the record
};

/// Where a record that states facts as such has them: the record says which, not facts.xml.
struct StatedFacts {
    formats::DeclId matter = formats::no_decl;      ///< /<type>/matter, repeated
    formats::DeclId matter_kind = formats::no_decl, reference = formats::no_decl;  ///< below it
    formats::DeclId fact = formats::no_decl;        ///< below it, repeated
    formats::DeclId kind = formats::no_decl, value = formats::no_decl, valid_from = formats::no_decl, retracted = formats::no_decl;  ///< below that
};

/// A canonical record type: the hub's own shape.
struct RecordType {
    std::string name{};  ///< "court_result"; also the root element
    std::string version{};
    std::shared_ptr<const formats::Schema> schema{};
    formats::DeclId identifier = formats::no_decl;       ///< /<type>/person/identifier, repeated, text = value
    formats::DeclId identifier_type = formats::no_decl;  ///< its @type
    formats::DeclId consent = formats::no_decl;          ///< /<type>/consent, repeated (optional in a type)
    formats::DeclId consent_kind = formats::no_decl, consent_given = formats::no_decl;  ///< @kind; @given "yes" or "no"
    std::vector<FactRule> facts{};
    std::optional<StatedFacts> stated{};  ///< only of a type that states facts as such
};

struct Exchange {
    std::string name{};
    std::shared_ptr<const mapping::Mapping> mapping{};
    std::string record_type{};  ///< the canonical end
    bool inward = true;         ///< partner -> canonical
};

/// Records of this type, under this condition, go to this party by this exchange under this agreement.
struct Route {
    std::string name{};
    std::string record_type{};
    std::shared_ptr<const mapping::Condition> when{};
    std::vector<std::string> senders{};    ///< parties whose records it takes; empty: everybody's
    std::string recipient{};
    const Exchange* exchange = nullptr;
    std::shared_ptr<const agreements::Agreement> agreement{};
    const agreements::Clause* clause = nullptr;
    std::vector<formats::DeclId> needs{};  ///< the clause's `needs`, resolved
    std::string sink{};
    bool person_required = true;   ///< without a resolved person: parked with no_person; otherwise the unresolved lane
    bool parked_blocks = true;     ///< a parked item holds back its lane; false: later items pass it, visibly
    std::uint32_t attempts_max = 8;
    std::uint32_t pause_first_ms = 200, pause_most_ms = 60'000;  ///< back-off doubles between these, with jitter
    std::uint32_t parallel_max = 2;                              ///< sink objects, each on its own thread
    std::uint32_t hold_days_max = 90;                            ///< a held item expires after this many days

    /// A party is never handed its own record: two systems that publish to each other would never come to rest.
    bool takes_from(const std::string& sender) const {
        return sender != recipient && (senders.empty() || std::find(senders.begin(), senders.end(), sender) != senders.end());
    }
};

struct Plan {
    PlanDigest digest{};
    std::string bundle{};  ///< every configuration file, encoded; what the plan entry carries
    std::string site_name{};
    std::string own_party{};    ///< the hub's operator
    int pivot_year = 2026;      ///< for two-digit years in identifiers
    std::map<std::string, Party> parties{};
    std::map<std::string, SourceEnd> sources{};
    std::map<std::string, SinkEnd> sinks{};
    std::map<std::string, RecordType> record_types{};
    std::map<std::string, Exchange> exchanges{};
    std::shared_ptr<const deadlines::RuleBook> rules{};  ///< null: the site runs no clocks
    /// Which kinds of fact a party may state as such: "handover.override", or "handover.*" for those that begin so. Others: none.
    std::map<std::string, std::vector<std::string>> may_state{};
    std::map<std::string, Route> routes{};  ///< ordered by name: the order in which items are opened
};
using PlanPtr = std::shared_ptr<const Plan>;

}  // namespace hub::core
