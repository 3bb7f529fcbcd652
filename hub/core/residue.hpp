// The content-free trace that every entry leaves: which items it opened, moved and closed, for whom.
//
// It is what `account` adds up without opening a payload, and what stands in for an erased entry when it is replayed.
#pragma once

#include <string>
#include <vector>

#include "hub/core/items.hpp"

namespace hub::core {

struct Residue {
    struct Lane {            ///< a person this entry concerns
        PersonId person{};
        std::uint64_t lane_seq = 0;
        Instant instant{};   ///< not decreasing per person
    };
    struct Move {            ///< an item opened, changed or closed
        ItemRef item{};
        ItemState from{}, to{};  ///< from == to == ready with `opened` set: opened as ready
        bool opened = false;
        Disposition disposition = Disposition::open;
        std::string source{}, route{}, recipient{}, reason{};
        PersonId person{};
        Instant opened_at{};
    };
    std::vector<RecordId> records{};  ///< one for each child
    std::vector<Lane> lanes{};
    std::vector<Move> moves{};
};
std::string encode(const Residue& residue);
hub::Result<Residue> decode_residue(std::string_view bytes);

}  // namespace hub::core
