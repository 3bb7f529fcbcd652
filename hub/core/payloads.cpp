// What leases, outcomes, acts and ticks carry.
#include "hub/core/bytes.hpp"
#include "hub/core/entry.hpp"

namespace hub::core {
namespace {

constexpr std::size_t item_ref_bytes = 16, person_id_bytes = 32;

ItemRef read_item(Cursor& in) { return item_ref_from_key(in.raw(item_ref_bytes)); }

}  // namespace

std::string encode(const Letter& letter) {
    return Writer().reserve(64 + letter.body.size()).u8(format_byte).raw(key_of(letter.item)).text(letter.media_type)
        .text(letter.body).take();
}

hub::Result<Letter> decode_letter(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Letter letter;
    letter.item = read_item(in);
    letter.media_type = in.text();
    letter.body = in.text();
    return decoded(known, in, std::move(letter), "letter");
}

std::string encode(const Attempt& attempt) {
    return Writer().u8(format_byte).raw(key_of(attempt.item)).u8(static_cast<std::uint8_t>(attempt.to)).u32(attempt.number)
        .text(attempt.code).text(attempt.detail).take();
}

hub::Result<Attempt> decode_attempt(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Attempt attempt;
    attempt.item = read_item(in);
    attempt.to = in.enumeration(Attempt::Came::delivered, Attempt::Came::unrenderable);
    attempt.number = in.u32();
    attempt.code = in.text();
    attempt.detail = in.text();
    return decoded(known, in, std::move(attempt), "attempt");
}

std::string encode(const Act& act) {
    return Writer().u8(format_byte).u8(static_cast<std::uint8_t>(act.verb)).raw(key_of(act.item)).text(act.who).text(act.why)
        .text(act.consent).text(act.route).id(act.person).take();
}

hub::Result<Act> decode_act(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Act act;
    act.verb = in.enumeration(Act::Verb::hold, Act::Verb::resolve);
    act.item = read_item(in);
    act.who = in.text();
    act.why = in.text();
    act.consent = in.text();
    act.route = in.text();
    act.person = in.id<PersonId>();
    return decoded(known, in, std::move(act), "act");
}

std::string encode(const Tick& tick) {
    Writer out;
    out.u8(format_byte).u32(static_cast<std::uint32_t>(tick.expired.size()));
    for (const ItemRef& item : tick.expired) out.raw(key_of(item));
    out.u32(static_cast<std::uint32_t>(tick.woken.size()));
    for (const PersonId& person : tick.woken) out.id(person);
    return out.take();
}

hub::Result<Tick> decode_tick(std::string_view bytes) {
    Tick tick;
    if (bytes.empty()) return tick;
    Cursor in(bytes);
    const bool known = format_is_known(in);
    const std::size_t count = in.count(item_ref_bytes);
    for (std::size_t i = 0; i < count; ++i) tick.expired.push_back(read_item(in));
    tick.woken.resize(in.count(person_id_bytes));
    for (PersonId& person : tick.woken) person = in.id<PersonId>();
    return decoded(known && count <= Tick::expired_max && tick.woken.size() <= Tick::woken_max, in, std::move(tick), "tick");
}

}  // namespace hub::core
