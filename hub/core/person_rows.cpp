// How a person's one row, and the list of an identifier's holders, are written down.
#include "hub/core/bytes.hpp"
#include "hub/core/items.hpp"

namespace hub::core {
namespace {

constexpr std::size_t id_bytes = 32, item_ref_bytes = 16, texts_bytes_least = 4;

void write(Writer& out, const people::Identifier& id) {
    out.u8(static_cast<std::uint8_t>(id.type)).text(id.value).u8(static_cast<std::uint8_t>(id.strength)).text(id.flaw);
}

people::Identifier read_identifier(Cursor& in) {
    people::Identifier id;
    id.type = in.enumeration(people::IdentifierType::noms, people::IdentifierType::referral);
    id.value = in.text();
    id.strength = in.enumeration(people::Strength::person, people::Strength::none);
    id.flaw = in.text();
    return id;
}

void write(Writer& out, const StoredFact& stored) {
    out.text(stored.fact.matter).text(stored.fact.matter_id).text(stored.fact.kind).text(stored.fact.value)
        .text(stored.fact.valid_from).instant(stored.recorded_at).u64(stored.seq).id(stored.source).flag(stored.superseded());
    if (stored.superseded_at) out.instant(*stored.superseded_at);
}

StoredFact read_fact(Cursor& in) {
    StoredFact stored;
    Fact& fact = stored.fact;
    for (std::string* text : {&fact.matter, &fact.matter_id, &fact.kind, &fact.value, &fact.valid_from}) *text = in.text();
    stored.recorded_at = in.instant();
    stored.seq = in.u64();
    stored.source = in.id<RecordId>();
    if (in.flag()) stored.superseded_at = in.instant();
    return stored;
}

std::size_t size_guess(const Person& person) {
    return 128 + person.identifiers.size() * 40 + person.facts.size() * 160 + person.consents.size() * 32 + person.held.size() * 16;
}

}  // namespace

std::string encode(const Person& person) {
    Writer out;
    out.reserve(size_guess(person)).u8(format_byte).id(person.id).u64(person.lane_seq).instant(person.last_instant);
    out.u32(static_cast<std::uint32_t>(person.identifiers.size()));
    for (const auto& id : person.identifiers) write(out, id);
    out.u32(static_cast<std::uint32_t>(person.facts.size()));
    for (const auto& fact : person.facts) write(out, fact);
    out.u32(static_cast<std::uint32_t>(person.consents.size()));
    for (const auto& consent : person.consents) out.text(consent.kind).flag(consent.given);
    out.u32(static_cast<std::uint32_t>(person.held.size()));
    for (const auto& item : person.held) out.raw(key_of(item));
    return out.u64(person.items_opened).u64(person.items_closed).take();
}

hub::Result<Person> decode_person(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Person person;
    person.id = in.id<PersonId>();
    person.lane_seq = in.u64();
    person.last_instant = in.instant();
    person.identifiers.resize(in.count(2 * texts_bytes_least + 2));
    for (auto& id : person.identifiers) id = read_identifier(in);
    person.facts.resize(in.count(5 * texts_bytes_least + id_bytes + 17));
    for (auto& fact : person.facts) fact = read_fact(in);
    person.consents.resize(in.count(texts_bytes_least + 1));
    for (auto& consent : person.consents) {
        consent.kind = in.text();
        consent.given = in.flag();
    }
    person.held.resize(in.count(item_ref_bytes));
    for (auto& item : person.held) item = item_ref_from_key(in.raw(item_ref_bytes));
    person.items_opened = in.u64();
    person.items_closed = in.u64();
    return decoded(known, in, std::move(person), "person row");
}

std::string encode(const Holders& holders) {
    Writer out;
    out.u8(format_byte).u32(static_cast<std::uint32_t>(holders.people.size()));
    for (const PersonId& person : holders.people) out.id(person);
    return out.take();
}

hub::Result<Holders> decode_holders(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Holders holders;
    holders.people.resize(in.count(id_bytes));
    for (auto& person : holders.people) person = in.id<PersonId>();
    return decoded(known && holders.people.size() <= Holders::people_max, in, std::move(holders), "list of an identifier's holders");
}

}  // namespace hub::core
