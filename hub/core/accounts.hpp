// The balance sheet, computed from residues alone: no payload is opened, no projection is trusted (law 5).
//
// Give it every entry's residue in order, then ask. Contradictions (an item that closes twice, or moves without having been
// opened) and differences from what the projections say are problems.
#pragma once

#include <map>
#include <string>

#include "hub/core/keys.hpp"
#include "hub/core/residue.hpp"
#include "hub/core/store.hpp"

namespace hub::core {

class Accounts {
public:
    /// Items of one kind: opened = open + sum(closed).
    struct Balance {
        std::uint64_t opened = 0, open = 0;
        std::uint64_t closed[9] = {};  ///< by Disposition
        bool balances() const;
    };

    void add(std::uint64_t seq, const Residue& residue);

    /// By (day of opening, source, route).
    const std::map<CountKey, Balance>& by_day_source_route() const { return balances_; }
    const std::map<PersonId, Balance>& by_person() const { return people_; }
    Balance total() const;
    std::uint64_t entries() const { return entries_; }
    std::uint64_t records() const { return records_; }

    /// What the journal itself contradicts, and where the projections of `store` differ from it: counts, items and their
    /// states, the people's totals. Up to problems_max.
    Problems problems(const Store& store) const;

    static constexpr std::size_t problems_max = 100;

private:
    struct Standing {
        ItemState state = ItemState::ready;
        Disposition disposition = Disposition::open;
        CountKey key{};
        PersonId person{};
    };
    void open(std::uint64_t seq, const Residue::Move& move);
    void contradict(std::uint64_t seq, const ItemRef& item, const std::string& what);

    std::map<ItemRef, Standing> items_{};
    std::map<CountKey, Balance> balances_{};
    std::map<PersonId, Balance> people_{};
    Problems contradictions_{};
    std::uint64_t entries_ = 0, records_ = 0;
};

}  // namespace hub::core
