// How an entry's content-free trace is written down.
#include "hub/core/residue.hpp"

#include "hub/core/bytes.hpp"

namespace hub::core {
namespace {

constexpr std::size_t lane_bytes = 48, move_bytes_least = 16 + 4 + 16 + 32 + 8;

void write(Writer& out, const Residue::Move& move) {
    out.raw(key_of(move.item)).u8(static_cast<std::uint8_t>(move.from)).u8(static_cast<std::uint8_t>(move.to)).flag(move.opened)
        .u8(static_cast<std::uint8_t>(move.disposition)).text(move.source).text(move.route).text(move.recipient)
        .text(move.reason).id(move.person).instant(move.opened_at);
}

Residue::Move read_move(Cursor& in) {
    Residue::Move move;
    move.item = item_ref_from_key(in.raw(16));
    move.from = in.enumeration(ItemState::ready, ItemState::closed);
    move.to = in.enumeration(ItemState::ready, ItemState::closed);
    move.opened = in.flag();
    move.disposition = in.enumeration(Disposition::open, Disposition::resolved);
    for (std::string* text : {&move.source, &move.route, &move.recipient, &move.reason}) *text = in.text();
    move.person = in.id<PersonId>();
    move.opened_at = in.instant();
    return move;
}

}  // namespace

std::string encode(const Residue& residue) {
    Writer out;
    out.reserve(32 + residue.records.size() * 32 + residue.lanes.size() * lane_bytes + residue.moves.size() * 192)
        .u8(format_byte).u32(static_cast<std::uint32_t>(residue.records.size()));
    for (const RecordId& record : residue.records) out.id(record);
    out.u32(static_cast<std::uint32_t>(residue.lanes.size()));
    for (const auto& lane : residue.lanes) out.id(lane.person).u64(lane.lane_seq).instant(lane.instant);
    out.u32(static_cast<std::uint32_t>(residue.moves.size()));
    for (const auto& move : residue.moves) write(out, move);
    return out.take();
}

hub::Result<Residue> decode_residue(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Residue residue;
    residue.records.resize(in.count(32));
    for (auto& record : residue.records) record = in.id<RecordId>();
    residue.lanes.resize(in.count(lane_bytes));
    for (auto& lane : residue.lanes) {
        lane.person = in.id<PersonId>();
        lane.lane_seq = in.u64();
        lane.instant = in.instant();
    }
    residue.moves.resize(in.count(move_bytes_least));
    for (auto& move : residue.moves) move = read_move(in);
    return decoded(known, in, std::move(residue), "residue");
}

}  // namespace hub::core
