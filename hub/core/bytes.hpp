// Canonical binary encoding for headers, residues and projection rows: the same value always gives the same bytes, and
// big-endian numbers sort as they count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "hub/api/digest.hpp"
#include "hub/api/instant.hpp"

namespace hub::core {

class Writer {
public:
    Writer& u8(std::uint8_t value) { bytes_ += static_cast<char>(value); return *this; }
    Writer& u32(std::uint32_t value) { return big_endian(value, 4); }
    Writer& u64(std::uint64_t value) { return big_endian(value, 8); }
    Writer& instant(Instant value) { return u64(static_cast<std::uint64_t>(value.microseconds) ^ (1ULL << 63)); }
    /// Length, then bytes.
    Writer& text(std::string_view value) { u32(static_cast<std::uint32_t>(value.size())); bytes_ += value; return *this; }
    template <class Tag>
    Writer& id(const Id<Tag>& value) { bytes_ += value.bytes(); return *this; }
    Writer& digest(const Digest& value) { bytes_ += as_bytes(value); return *this; }
    Writer& raw(std::string_view value) { bytes_ += value; return *this; }
    Writer& flag(bool value) { return u8(value ? 1 : 0); }
    Writer& reserve(std::size_t bytes) { bytes_.reserve(bytes); return *this; }
    std::string take() { return std::move(bytes_); }
    const std::string& bytes() const { return bytes_; }

private:
    Writer& big_endian(std::uint64_t value, std::size_t width) {
        char digits[8];
        for (std::size_t i = width; i-- > 0; value >>= 8) digits[i] = static_cast<char>(value & 0xff);
        bytes_.append(digits, width);
        return *this;
    }
    std::string bytes_{};
};

/// Reads what Writer wrote. After a short or malformed read ok() is false and every further value is empty: callers check
/// once, at the end.
class Cursor {
public:
    explicit Cursor(std::string_view bytes) : rest_(bytes) {}
    std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
    std::uint64_t u64() { return big_endian(8); }
    Instant instant() { return {static_cast<std::int64_t>(u64() ^ (1ULL << 63))}; }
    std::string text() { return std::string(take(u32())); }
    Digest digest() {
        Digest value{};
        const std::string_view bytes = take(value.size());
        for (std::size_t i = 0; i < bytes.size(); ++i) value[i] = static_cast<std::uint8_t>(bytes[i]);
        return value;
    }
    template <class T>
    T id() { return T{digest()}; }
    std::string_view raw(std::size_t count) { return take(count); }
    bool flag() { return enumeration<std::uint8_t>(0, 1) == 1; }
    /// A byte within [first, last]; anything else is malformed.
    template <class E>
    E enumeration(E first, E last) {
        const std::uint8_t value = u8();
        if (value < static_cast<std::uint8_t>(first) || value > static_cast<std::uint8_t>(last)) ok_ = false;
        return ok_ ? static_cast<E>(value) : first;
    }
    /// How many things follow; more than `bytes_each` could leave room for is malformed, so that no count can ask for memory.
    std::size_t count(std::size_t bytes_each) {
        const std::size_t value = u32();
        if (value > rest_.size() / bytes_each) { ok_ = false; rest_ = {}; return 0; }
        return value;
    }
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view take(std::size_t count) {
        if (count > rest_.size()) { ok_ = false; rest_ = {}; return {}; }
        const std::string_view bytes = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return bytes;
    }
    std::uint64_t big_endian(std::size_t width) {
        std::uint64_t value = 0;
        for (const char c : take(width)) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view rest_;
    bool ok_ = true;
};

/// Every encoding begins with its format byte; another format would begin with another.
inline constexpr std::uint8_t format_byte = 1;

inline bool format_is_known(Cursor& cursor) { return cursor.u8() == format_byte; }

/// What a decoder returns: the value if everything was read and nothing is left over.
template <class T>
Result<T> decoded(bool known, const Cursor& cursor, T&& value, const char* what) {
    if (known && cursor.ok() && cursor.at_end()) return std::forward<T>(value);
    return Error{Remedy::reject, std::string("these bytes are no valid ") + what, {}, "rebuild the projections with replay", "TG-K001"};
}

}  // namespace hub::core
