// See keys.hpp.
#include "hub/core/keys.hpp"

#include "hub/core/bytes.hpp"

namespace hub::core {

std::string accept_key(const Header& header) {
    Writer out;
    out.text(header.source).text(header.sender).flag(header.message_id.empty());
    if (header.message_id.empty()) out.digest(header.raw_digest);
    else out.raw(header.message_id);
    return out.take();
}

IdentifierKey identifier_key(const people::Identifier& identifier, const KeyStore& keys) {
    return {keys.keyed_digest(people::index_text(identifier))};
}

std::string due_prefix(std::string_view route) { return Writer().text(route).take(); }

std::string due_key(std::string_view route, std::uint64_t position, const ItemRef& item) {
    return Writer().reserve(route.size() + 28).text(route).u64(position).raw(key_of(item)).take();
}

std::uint32_t day_of(Instant instant) {
    constexpr std::int64_t microseconds_per_day = 86'400'000'000;
    return instant.microseconds < 0 ? 0 : static_cast<std::uint32_t>(instant.microseconds / microseconds_per_day);
}

std::string day_text(std::uint32_t day) {
    constexpr std::int64_t microseconds_per_day = 86'400'000'000;
    return to_text(Instant{day * microseconds_per_day}).substr(0, 10);
}

std::string key_of(const CountKey& key) {
    return Writer().reserve(key.source.size() + key.route.size() + 12).u32(key.day).text(key.source).text(key.route).take();
}

hub::Result<CountKey> decode_count_key(std::string_view bytes) {
    Cursor in(bytes);
    CountKey key;
    key.day = in.u32();
    key.source = in.text();
    key.route = in.text();
    return decoded(true, in, std::move(key), "key of a count");
}

std::string encode(const RecordPlace& place) { return Writer().u8(format_byte).u64(place.seq).u32(place.child).take(); }

hub::Result<RecordPlace> decode_record_place(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    RecordPlace place;
    place.seq = in.u64();
    place.child = in.u32();
    return decoded(known, in, std::move(place), "place of a record");
}

std::string unknown_key(std::string_view exchange, std::string_view path) { return Writer().text(exchange).text(path).take(); }

hub::Result<std::pair<std::string, std::string>> decode_unknown_key(std::string_view bytes) {
    Cursor in(bytes);
    std::pair<std::string, std::string> key;
    key.first = in.text();
    key.second = in.text();
    return decoded(true, in, std::move(key), "key of an unknown path");
}

std::string encode_number(std::uint64_t number) { return Writer().u8(format_byte).u64(number).take(); }

hub::Result<std::uint64_t> decode_number(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    std::uint64_t number = in.u64();
    return decoded(known, in, std::move(number), "number");
}

}  // namespace hub::core
