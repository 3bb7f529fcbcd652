// Everything the core writes down: read back the same, refused when short, long or out of range.
#include <boost/test/unit_test.hpp>

#include "hub/core/bytes.hpp"
#include "hub/core/keys.hpp"
#include "hub/core/residue.hpp"
#include "tests/support/fake_keys.hpp"

using namespace hub;
using namespace hub::core;

namespace {

Digest digest_of(std::uint8_t fill) {
    Digest digest;
    digest.fill(fill);
    return digest;
}

/// Encoded, decoded, encoded again gives the same bytes; every shorter text, a longer one and another format are refused.
template <class Value, class Decode>
void check_round_trip(const Value& value, Decode decode, const char* what) {
    const std::string bytes = encode(value);
    const auto back = decode(bytes);
    BOOST_REQUIRE_MESSAGE(back, what);
    BOOST_TEST(encode(*back) == bytes, what);
    for (std::size_t size = 1; size < bytes.size(); ++size)
        BOOST_TEST(!decode(std::string_view(bytes).substr(0, size)), what << " cut to " << size);
    BOOST_TEST(!decode(bytes + '\0'), what << " with a byte too many");
    std::string other = bytes;
    other[0] = static_cast<char>(format_byte + 1);
    const auto refused = decode(other);
    BOOST_REQUIRE_MESSAGE(!refused, what << " of another format");
    BOOST_TEST(refused.error().code == "TG-K001");
    BOOST_TEST(!refused.error().cure.empty());
}

Item full_item() {
    Item item;
    item.ref = {1042, 3, 2};
    item.record = {digest_of(1)};
    item.person = {digest_of(2)};
    item.route = "to_police";
    item.recipient = "police";
    item.source = "court_drop";
    item.record_type = "court_result";
    item.agreement = "isa";
    item.when_delivered = {{"referral", "R1", "referral.sent", "", ""}};
    item.clause = "c1";
    item.state = ItemState::closed;
    item.disposition = Disposition::delivered;
    item.reason = "r";
    item.evidence = "receipt";
    item.attempts = 4;
    item.position = 77;
    item.opened_at = {-5};
    item.changed_at = {6};
    item.hold_until = {7};
    item.letter_plan = {digest_of(3)};
    item.letter_digest = digest_of(4);
    item.sender = "court";
    item.consents = {"a", "b"};
    return item;
}

Person full_person() {
    Person person;
    person.id = {digest_of(9)};
    person.lane_seq = 5;
    person.last_instant = {123};
    person.identifiers = {{people::IdentifierType::urn, "01ZD0303208", people::Strength::matter, ""},
                          {people::IdentifierType::noms, "A1234BC", people::Strength::person, ""}};
    person.facts = {{{"sentence", "s1", "sentence.kind", "custody", "2026-01-02"}, {4}, 8, {digest_of(5)}, Instant{9}}, {}};
    person.consents = {{"health_referral", true}, {"housing", false}};
    person.held = {{4, 0, 1}, {5, 1, 0}};
    person.items_opened = 10;
    person.items_closed = 8;
    return person;
}

Header full_header() {
    return {EntryKind::outcome, {-1}, {digest_of(1)}, "source", "sender", "id", "exchange", digest_of(2), 99};
}

}  // namespace

BOOST_AUTO_TEST_CASE(headers_and_payloads_read_back_as_written) {
    check_round_trip(full_header(), decode_header, "header");
    check_round_trip(Letter{{1, 2, 3}, "text/csv", "a,b"}, decode_letter, "letter");
    check_round_trip(Attempt{{1, 2, 3}, Attempt::Came::unknown, 4, "timeout", "no answer"}, decode_attempt, "attempt");
    check_round_trip(Act{Act::Verb::resolve, {1, 2, 3}, "who", "why", "kind: form", "route", {digest_of(7)}}, decode_act, "act");
    check_round_trip(Tick{{{1, 2, 3}, {4, 5, 6}}, {{digest_of(1)}, {digest_of(2)}}}, decode_tick, "tick");
}

BOOST_AUTO_TEST_CASE(rows_read_back_as_written) {
    check_round_trip(full_item(), decode_item, "item");
    check_round_trip(full_person(), decode_person, "person");
    check_round_trip(Due{{1, 2, 3}, ItemState::parked, 8, 2, "lane"}, decode_due, "due");
    check_round_trip(Accepted{{digest_of(1)}, 3, digest_of(2), {4}}, decode_accepted, "accepted");
    check_round_trip(Count{3, {0, 1, 2, 3, 4, 5, 6, 7, 8}}, decode_count, "count");
    check_round_trip(Holders{{{digest_of(1)}, {digest_of(2)}}}, decode_holders, "holders");
    check_round_trip(RecordPlace{7, 8}, decode_record_place, "record place");
}

BOOST_AUTO_TEST_CASE(a_residue_reads_back_as_written) {
    Residue residue;
    residue.records = {{digest_of(1)}, {digest_of(2)}};
    residue.lanes = {{{digest_of(3)}, 4, {5}}};
    residue.moves = {{{1, 2, 3}, ItemState::ready, ItemState::closed, true, Disposition::no_route, "s", "r", "to", "why", {digest_of(6)}, {7}}};
    check_round_trip(residue, decode_residue, "residue");
    check_round_trip(Residue{}, decode_residue, "empty residue");
}

BOOST_AUTO_TEST_CASE(fields_keep_their_values_and_places) {
    const Item item = full_item(), back = *decode_item(encode(item));
    BOOST_TEST((back.ref == item.ref && back.record == item.record && back.person == item.person));
    BOOST_TEST(back.recipient == item.recipient);
    BOOST_TEST(back.sender == item.sender);
    BOOST_TEST((back.consents == item.consents && back.opened_at == item.opened_at && back.letter_plan == item.letter_plan));
    const Person person = full_person(), same = *decode_person(encode(person));
    BOOST_TEST((same.identifiers == person.identifiers && same.held == person.held));
    BOOST_TEST(same.facts[0].fact.valid_from == "2026-01-02");
    BOOST_TEST(same.facts[0].superseded());
    const Header header = *decode_header(encode(full_header()));
    BOOST_TEST(header.instant.microseconds == -1);
    BOOST_TEST(header.nonce == 99u);
}

BOOST_AUTO_TEST_CASE(words_outside_their_lists_are_refused) {
    const auto broken = [](std::string bytes, std::size_t at, char value) {
        bytes[at] = value;
        return bytes;
    };
    const std::string attempt = encode(Attempt{});
    BOOST_TEST(!decode_attempt(broken(attempt, 17, 0)));
    BOOST_TEST(!decode_attempt(broken(attempt, 17, 7)));
    BOOST_TEST(!decode_header(broken(encode(full_header()), 1, 7)));
    BOOST_TEST(!decode_act(broken(encode(Act{}), 1, 0)));
    Item item = full_item();
    item.disposition = Disposition::open;  // closed, and open: contradicts itself
    BOOST_TEST(!decode_item(encode(item)));
}

BOOST_AUTO_TEST_CASE(a_count_that_the_bytes_cannot_hold_asks_for_no_memory) {
    const std::string huge = Writer().u8(format_byte).u32(0xffffffff).take();
    BOOST_TEST(!decode_residue(huge));
    BOOST_TEST(!decode_holders(huge));
    BOOST_TEST(!decode_tick(huge));
}

BOOST_AUTO_TEST_CASE(a_tick_holds_at_most_expired_max_items_and_may_be_empty) {
    Tick tick;
    tick.expired.resize(Tick::expired_max);
    BOOST_TEST(!!decode_tick(encode(tick)));
    tick.expired.emplace_back();
    BOOST_TEST(!decode_tick(encode(tick)));
    BOOST_TEST(decode_tick("")->expired.empty());
}

BOOST_AUTO_TEST_CASE(an_item_is_named_by_three_numbers) {
    BOOST_TEST(to_text(ItemRef{1042, 0, 2}) == "1042.0.2");
    BOOST_TEST((*parse_item_ref("1042.0.2") == ItemRef{1042, 0, 2}));
    for (const char* bad : {"", "1042", "1042.0", "1042.0.", "1042.0.2.3", "1042.0.x", "-1.0.0", "01.0.0", " 1.0.0", "1.0.4294967296", "1..2"})
        BOOST_TEST(!parse_item_ref(bad), bad);
}

BOOST_AUTO_TEST_CASE(keys_sort_as_the_journal_and_the_lanes_do) {
    BOOST_TEST(key_of(ItemRef{255, 9, 9}) < key_of(ItemRef{256, 0, 0}));
    BOOST_TEST(key_of(ItemRef{256, 0, 1}) < key_of(ItemRef{256, 1, 0}));
    BOOST_TEST((item_ref_from_key(key_of(ItemRef{256, 1, 7})) == ItemRef{256, 1, 7}));
    BOOST_TEST(due_key("police", 2, {9, 0, 0}) < due_key("police", 10, {3, 0, 0}));
    BOOST_TEST(due_key("police", 2, {9, 0, 0}).starts_with(due_prefix("police")));
    BOOST_TEST(!due_key("police_north", 2, {9, 0, 0}).starts_with(due_prefix("police")));
    const CountKey key{20'000, "court", "police"};
    BOOST_TEST((*decode_count_key(key_of(key)) == key));
    BOOST_TEST(decode_unknown_key(unknown_key("x", "/a/b"))->second == "/a/b");
    BOOST_TEST(*decode_number(encode_number(12)) == 12u);
}

BOOST_AUTO_TEST_CASE(days_are_utc_days) {
    const Instant last = *parse_instant("2026-03-02T23:59:59.999999Z");
    BOOST_TEST(day_text(day_of(last)) == "2026-03-02");
    BOOST_TEST(day_of({last.microseconds + 1}) == day_of(last) + 1);
    BOOST_TEST(day_of({-1}) == 0u);
}

BOOST_AUTO_TEST_CASE(the_accept_key_is_the_senders_id_or_else_the_digest) {
    Header header = full_header(), other = header;
    other.raw_digest = digest_of(77);
    BOOST_TEST(accept_key(header) == accept_key(other));
    header.message_id = other.message_id = "";
    BOOST_TEST(accept_key(header) != accept_key(other));
    other = header;
    other.source = "elsewhere";
    BOOST_TEST(accept_key(header) != accept_key(other));
    other = header;
    other.sender = "somebody_else";
    BOOST_TEST(accept_key(header) != accept_key(other));
}

BOOST_AUTO_TEST_CASE(ids_of_different_kinds_never_meet) {
    const support::FakeDigester digester;
    const EntryId entry = id_of(full_header(), digester);
    BOOST_TEST((record_id(entry, 0, digester).digest != person_id(entry, 0, digester).digest));
    BOOST_TEST((record_id(entry, 0, digester) != record_id(entry, 1, digester)));
    const RecordId record = record_id(entry, 0, digester);
    BOOST_TEST((delivery_key(record, "ab", "c", digester) != delivery_key(record, "a", "bc", digester)));
    Header other = full_header();
    ++other.nonce;
    BOOST_TEST((id_of(other, digester) != entry));
}

BOOST_AUTO_TEST_CASE(a_leaf_depends_on_each_part_and_where_it_ends) {
    const support::FakeDigester digester;
    const Digest leaf = leaf_hash(1, "ab", "c", "d", digester);
    BOOST_TEST((leaf == leaf_hash(1, "ab", "c", "d", digester)));
    BOOST_TEST((leaf != leaf_hash(2, "ab", "c", "d", digester)));
    BOOST_TEST((leaf != leaf_hash(1, "a", "bc", "d", digester)));
    BOOST_TEST((leaf != leaf_hash(1, "ab", "cd", "", digester)));
}

BOOST_AUTO_TEST_CASE(a_lane_is_the_recipients_line_for_one_person) {
    Item item = full_item(), other = item;
    other.route = "another_route";
    BOOST_TEST(lane_of(item, "m1") == lane_of(other, "m2"));
    other.recipient = "prison";
    BOOST_TEST(lane_of(item, "") != lane_of(other, ""));
    item.person = {};
    other = item;
    other.record = {digest_of(88)};
    BOOST_TEST(lane_of(item, "m1") == lane_of(other, "m1"));
    BOOST_TEST(lane_of(item, "m1") != lane_of(item, "m2"));
    BOOST_TEST(lane_of(item, "") != lane_of(other, ""));  // no key of the sender: no order among them
}
