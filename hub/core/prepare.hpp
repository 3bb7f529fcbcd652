// Pure preparation: bytes to canonical records, and canonical records to a partner's bytes.
//
// prepare() is a function of (bytes, header, plan): intake runs it before the commit, replay and late handovers run it
// again and get the same. No clock, no randomness, no store.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/core/entry.hpp"
#include "hub/core/plan.hpp"
#include "hub/formats/codec.hpp"
#include "hub/people/identifiers.hpp"

namespace hub::core {

struct Fact {
    std::string matter{};      ///< matter kind, "person" for the person itself
    std::string matter_id{};   ///< the sender's reference of the matter; empty for the person
    std::string kind{}, value{};
    std::string valid_from{};  ///< as it stood, with its own precision
};

struct Consent {
    std::string kind{};
    bool given = false;
};

/// One canonical record about one person.
struct Child {
    const RecordType* type = nullptr;
    formats::Document canonical{};
    std::vector<people::Identifier> identifiers{};
    std::vector<Fact> facts{};
    /// What was said before and is taken back: an empty value is any value, an empty valid_from any point.
    std::vector<Fact> taken_back{};
    /// What its delivery to a party of some kind will say; the instant is not known yet.
    struct Delivery {
        const FactRule* rule = nullptr;
        Fact fact{};
    };
    std::vector<Delivery> deliveries{};
    std::vector<Consent> consents{};
    /// Routes of the plan whose condition holds, in order, and for each the clause's needs that the record lacks.
    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> lacks{};
    };
    std::vector<Match> matches{};
};

struct Prepared {
    PlanPtr plan{};  ///< keeps everything that the children point to alive
    std::vector<Child> children{};
    Problems problems{};  ///< not empty: invalid, children is empty
    std::map<std::string, std::size_t> unknown_paths{};
    static constexpr std::size_t children_max = 500;  ///< records in one message; more make it invalid
};

/// Decoders and scratch documents for one worker thread.
class Workbench {
public:
    Workbench();
    ~Workbench();
    struct Impl;
    std::unique_ptr<Impl> impl;
};

/// Decodes, validates, maps, and works out identifiers, facts and routes. An exchange that the plan does not have, or that
/// goes outward, is a problem like any other.
std::shared_ptr<const Prepared> prepare(const Header& header, std::string_view bytes, const PlanPtr& plan, Workbench& bench);

/// The paths that the route's clause needs and the record does not have.
std::vector<std::string> lacking(const Child& child, const Route& route);

/// A child's document in the recipient's format. Never calls out; the error's remedy is `reject`. With `check`
/// the bytes are read back and validated (1 % of letters in production, all of them in tests).
hub::Result<Letter> render(const Child& child, const Route& route, const RecordId& record, const Header& header,
                           const Digester& digester, bool check);

}  // namespace hub::core
