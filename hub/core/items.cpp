// How items, their lanes and their counts are written down. People are in person_rows.cpp.
#include "hub/core/items.hpp"

#include "hub/core/bytes.hpp"

namespace hub::core {

std::string lane_of(const Item& item, std::string_view message_id) {
    Writer out;
    out.reserve(item.recipient.size() + 40).text(item.recipient);
    if (!item.person.is_zero()) return out.u8('p').id(item.person).take();
    out.u8('s').text(item.source);
    if (message_id.empty()) out.id(item.record);  // no key, no order: a lane of its own
    else out.text(item.sender).text(message_id);
    return out.take();
}

std::string encode(const Item& item) {
    Writer out;
    out.reserve(400 + item.evidence.size())
        .u8(format_byte).raw(key_of(item.ref)).id(item.record).id(item.person)
        .text(item.route).text(item.recipient).text(item.source).text(item.record_type).text(item.agreement).text(item.clause)
        .u8(static_cast<std::uint8_t>(item.state)).u8(static_cast<std::uint8_t>(item.disposition))
        .text(item.reason).text(item.evidence).u32(item.attempts).u64(item.position)
        .instant(item.opened_at).instant(item.changed_at).instant(item.hold_until)
        .id(item.letter_plan).digest(item.letter_digest).text(item.sender)
        .u32(static_cast<std::uint32_t>(item.consents.size()));
    for (const std::string& kind : item.consents) out.text(kind);
    out.u32(static_cast<std::uint32_t>(item.when_delivered.size()));
    for (const Fact& fact : item.when_delivered) out.text(fact.matter).text(fact.matter_id).text(fact.kind);
    return out.take();
}

hub::Result<Item> decode_item(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Item item;
    item.ref = item_ref_from_key(in.raw(16));
    item.record = in.id<RecordId>();
    item.person = in.id<PersonId>();
    for (std::string* text : {&item.route, &item.recipient, &item.source, &item.record_type, &item.agreement, &item.clause})
        *text = in.text();
    item.state = in.enumeration(ItemState::ready, ItemState::closed);
    item.disposition = in.enumeration(Disposition::open, Disposition::resolved);
    item.reason = in.text();
    item.evidence = in.text();
    item.attempts = in.u32();
    item.position = in.u64();
    item.opened_at = in.instant();
    item.changed_at = in.instant();
    item.hold_until = in.instant();
    item.letter_plan = in.id<PlanDigest>();
    item.letter_digest = in.digest();
    item.sender = in.text();
    const std::size_t consents = in.count(4);
    for (std::size_t i = 0; i < consents; ++i) item.consents.push_back(in.text());
    const std::size_t facts = in.count(12);
    for (std::size_t i = 0; i < facts; ++i) {
        Fact fact;
        for (std::string* text : {&fact.matter, &fact.matter_id, &fact.kind}) *text = in.text();
        item.when_delivered.push_back(std::move(fact));
    }
    const bool closed = item.state == ItemState::closed;
    return decoded(known && closed == (item.disposition != Disposition::open), in, std::move(item), "item");
}

std::string encode(const Due& due) {
    return Writer().reserve(48 + due.lane.size()).u8(format_byte).raw(key_of(due.item)).u8(static_cast<std::uint8_t>(due.state))
        .u64(due.position).u32(due.attempts).text(due.lane).take();
}

hub::Result<Due> decode_due(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Due due;
    due.item = item_ref_from_key(in.raw(16));
    due.state = in.enumeration(ItemState::ready, ItemState::parked);
    due.position = in.u64();
    due.attempts = in.u32();
    due.lane = in.text();
    return decoded(known, in, std::move(due), "due row");
}

std::string encode(const Accepted& accepted) {
    return Writer().u8(format_byte).id(accepted.entry).u64(accepted.seq).digest(accepted.raw_digest)
        .instant(accepted.accepted_at).take();
}

hub::Result<Accepted> decode_accepted(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Accepted accepted;
    accepted.entry = in.id<EntryId>();
    accepted.seq = in.u64();
    accepted.raw_digest = in.digest();
    accepted.accepted_at = in.instant();
    return decoded(known, in, std::move(accepted), "accepted row");
}

std::string encode(const Count& count) {
    Writer out;
    out.u8(format_byte).u64(count.opened);
    for (const std::uint64_t closed : count.closed) out.u64(closed);
    return out.take();
}

hub::Result<Count> decode_count(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Count count;
    count.opened = in.u64();
    for (std::uint64_t& closed : count.closed) closed = in.u64();
    return decoded(known, in, std::move(count), "count");
}

std::uint64_t closed_of(const Count& count) {
    std::uint64_t sum = 0;
    for (const std::uint64_t closed : count.closed) sum += closed;
    return sum;
}

std::string_view name_of(ItemState state) {
    switch (state) {
        case ItemState::ready: return "ready";
        case ItemState::leased: return "leased";
        case ItemState::held: return "held";
        case ItemState::parked: return "parked";
        case ItemState::closed: return "closed";
    }
    return "";
}

std::string_view name_of(Disposition disposition) {
    switch (disposition) {
        case Disposition::open: return "open";
        case Disposition::delivered: return "delivered";
        case Disposition::refused: return "refused";
        case Disposition::filtered: return "filtered";
        case Disposition::superseded: return "superseded";
        case Disposition::expired: return "expired";
        case Disposition::withdrawn: return "withdrawn";
        case Disposition::no_route: return "no_route";
        case Disposition::resolved: return "resolved";
    }
    return "";
}

}  // namespace hub::core
