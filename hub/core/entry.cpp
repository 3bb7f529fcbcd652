// Headers, ids and leaf hashes. Payloads are in payloads.cpp.
#include "hub/core/entry.hpp"

#include <charconv>

#include "hub/core/bytes.hpp"

namespace hub::core {

std::string encode(const Header& header) {
    return Writer()
        .reserve(160 + header.source.size() + header.sender.size() + header.message_id.size() + header.exchange.size())
        .u8(format_byte).u8(static_cast<std::uint8_t>(header.kind)).instant(header.instant).id(header.plan)
        .text(header.source).text(header.sender).text(header.message_id).text(header.exchange)
        .digest(header.raw_digest).u64(header.nonce).take();
}

hub::Result<Header> decode_header(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Header header;
    header.kind = in.enumeration(EntryKind::record, EntryKind::plan);
    header.instant = in.instant();
    header.plan = in.id<PlanDigest>();
    header.source = in.text();
    header.sender = in.text();
    header.message_id = in.text();
    header.exchange = in.text();
    header.raw_digest = in.digest();
    header.nonce = in.u64();
    return decoded(known, in, std::move(header), "header");
}

// Each id hashes a word of its own first, so that no two kinds of id can ever meet.

EntryId id_of(const Header& header, const Digester& digester) {
    return {digester.digest({"entry", encode(header)})};
}

Digest leaf_hash(std::uint64_t seq, std::string_view header, std::string_view ciphertext, std::string_view residue,
                 const Digester& digester) {
    return digester.sha256(Writer()
                               .reserve(header.size() + ciphertext.size() + residue.size() + 21)
                               .u8(0).u64(seq).text(header).text(ciphertext).text(residue).bytes());
}

RecordId record_id(const EntryId& entry, std::uint32_t child, const Digester& digester) {
    return {digester.digest({"record", entry.bytes(), Writer().u32(child).bytes()})};
}

DeliveryKey delivery_key(const RecordId& record, std::string_view route, std::string_view recipient, const Digester& digester) {
    return {digester.digest({"delivery", record.bytes(), route, recipient})};
}

PersonId person_id(const EntryId& creating, std::uint32_t index, const Digester& digester) {
    return {digester.digest({"person", creating.bytes(), Writer().u32(index).bytes()})};
}

std::string to_text(const ItemRef& ref) {
    return std::to_string(ref.seq) + '.' + std::to_string(ref.child) + '.' + std::to_string(ref.index);
}

namespace {

/// A decimal number without sign or leading zeros, up to `end` or the text's end.
template <class Number>
bool take_number(std::string_view& text, char end, Number& into) {
    const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    if (error != std::errc{} || text.empty() || text[0] == '-') return false;
    const auto used = static_cast<std::size_t>(after - text.data());
    if (text[0] == '0' && used > 1) return false;
    text.remove_prefix(used);
    if (end == '\0') return text.empty();
    if (text.empty() || text[0] != end) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

hub::Result<ItemRef> parse_item_ref(std::string_view text) {
    ItemRef ref;
    if (take_number(text, '.', ref.seq) && take_number(text, '.', ref.child) && take_number(text, '\0', ref.index)) return ref;
    return Error{Remedy::reject, "this names no item", {}, "an item is named as status prints it: 1042.0.2", "TG-K002"};
}

std::string key_of(const ItemRef& ref) { return Writer().reserve(16).u64(ref.seq).u32(ref.child).u32(ref.index).take(); }

ItemRef item_ref_from_key(std::string_view key) {
    Cursor in(key);
    ItemRef ref;
    ref.seq = in.u64();
    ref.child = in.u32();
    ref.index = in.u32();
    return ref;
}

}  // namespace hub::core
