// Ten thousand entries and acts in random order, possible or not: the books balance all the way, the same journal gives the
// same rows, and how entries were grouped never shows.
#include <boost/test/unit_test.hpp>

#include "tests/core/desk.hpp"

using namespace desk;
using Verb = Act::Verb;
using Came = Attempt::Came;

namespace {

/// xorshift64*: the same walk everywhere, whatever the library's generators do.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t limit) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<std::uint32_t>((state_ * 0x2545f4914f6cdd1dULL) >> 33) % limit;
    }
    bool one_in(std::uint32_t n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

Spec random_spec(Dice& dice) {
    Spec spec;
    if (!dice.one_in(6)) spec.identifiers.push_back(noms("A" + std::to_string(1000 + dice.below(40)) + "AA"));
    if (dice.one_in(3)) spec.identifiers.push_back(crn("X" + std::to_string(100'000 + dice.below(40))));
    if (dice.one_in(2)) spec.identifiers.push_back(urn("01ZD" + std::to_string(1'000'000 + dice.below(60))));
    for (const char* route : {"to_health", "to_housing", "to_police", "to_prison"})
        if (dice.one_in(2)) spec.routes.push_back(route);
    if (dice.one_in(4)) spec.consents.push_back({"health_referral", !dice.one_in(3)});
    if (dice.one_in(3)) spec.facts.push_back(fact("kind_" + std::to_string(dice.below(3)), std::to_string(dice.below(5))));
    if (dice.one_in(8)) spec.lacks.push_back("person/address");
    return spec;
}

void random_record(Desk& desk, Dice& dice, std::vector<ItemRef>& refs) {
    std::vector<Spec> children(1 + dice.below(3));
    for (Spec& spec : children) spec = random_spec(dice);
    const std::string id = dice.one_in(20) ? "" : "m" + std::to_string(dice.below(4'000));
    const std::string body = "body " + std::to_string(dice.below(3));
    const Stepped stepped = dice.one_in(12) ? desk.invalid(id, body) : desk.record(id, children, body);
    if (!stepped.journal) return;
    for (const ItemRef& ref : stepped.ready) refs.push_back(ref);
}

void random_act(Desk& desk, Dice& dice, const ItemRef& ref) {
    Act act;
    if (dice.one_in(2)) act.consent = "health_referral: form";
    const char* routes[] = {"to_health", "to_housing", "to_police", "to_prison"};
    act.route = routes[dice.below(4)];
    if (dice.one_in(2)) act.person = desk.who(noms("A" + std::to_string(1000 + dice.below(40)) + "AA"));
    const auto verb = static_cast<Verb>(1 + dice.below(6));
    if (verb == Verb::retry && dice.one_in(2)) desk.mend(ref.seq, {random_spec(dice)});
    desk.act(verb, ref, act);
}

void one_step(Desk& desk, Dice& dice, std::vector<ItemRef>& refs) {
    const std::uint32_t kind = dice.below(10);
    if (kind < 3 || refs.empty()) return random_record(desk, dice, refs);
    // Any item of any record so far, that is likely to exist: the step must cope with those that do not.
    const std::uint64_t last = refs.back().seq;
    ItemRef ref = dice.one_in(2) ? refs[dice.below(static_cast<std::uint32_t>(refs.size()))]
                                 : ItemRef{1 + dice.below(static_cast<std::uint32_t>(last)), dice.below(2), dice.below(3)};
    if (kind < 6) desk.lease(ref, "letter");
    else if (kind < 8) desk.outcome(ref, static_cast<Came>(1 + dice.below(6)), dice.one_in(2) ? "code" : "", "detail");
    else if (kind < 9) random_act(desk, dice, ref);
    else desk.tick({ref});
    if (dice.one_in(50)) desk.now.microseconds += 5LL * 86'400'000'000;
}

/// `group`: how many steps are committed together.
void walk(Desk& desk, std::uint64_t seed, int steps, int group) {
    Dice dice(seed);
    std::vector<ItemRef> refs;
    desk.group_mode = true;
    for (int i = 0; i < steps; ++i) {
        one_step(desk, dice, refs);
        if (i % group == 0) desk.flush();
    }
    desk.flush();
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_books_balance_after_ten_thousand_random_entries) {
    Desk desk;
    Dice dice(20'260'302);
    std::vector<ItemRef> refs;
    for (int i = 0; i < 10'000; ++i) {
        one_step(desk, dice, refs);
        if (i % 500 != 0) continue;
        const Problems problems = desk.audit();
        BOOST_REQUIRE_MESSAGE(problems.empty(), "after " << i << " steps: " << (problems.empty() ? "" : to_text(problems.front())));
    }
    const Problems problems = desk.audit();
    BOOST_TEST(problems.empty());
    // The walk must have been everywhere, or it shows nothing.
    std::map<Disposition, int> closed;
    std::map<ItemState, int> states;
    for (const Item& item : desk.items()) ++closed[item.disposition], ++states[item.state];
    for (const Disposition d : {Disposition::delivered, Disposition::refused, Disposition::superseded, Disposition::expired,
                                Disposition::withdrawn, Disposition::no_route, Disposition::resolved})
        BOOST_TEST(closed[d] > 0, name_of(d));
    for (const ItemState s : {ItemState::ready, ItemState::leased, ItemState::held, ItemState::parked}) BOOST_TEST(states[s] > 0, name_of(s));
}

BOOST_AUTO_TEST_CASE(how_entries_were_grouped_never_shows) {
    Desk single, many, again;
    walk(single, 7, 3'000, 1);
    walk(many, 7, 3'000, 37);
    walk(again, 7, 3'000, 37);
    BOOST_TEST(single.store.next_seq() > 1'000u);
    BOOST_TEST((single.store.dump() == many.store.dump()));
    BOOST_TEST((many.store.dump() == again.store.dump()));
}

BOOST_AUTO_TEST_CASE(another_walk_gives_other_rows) {
    Desk one, other;
    walk(one, 7, 300, 10);
    walk(other, 8, 300, 10);
    BOOST_TEST((one.store.dump() != other.store.dump()));
}

BOOST_AUTO_TEST_CASE(every_row_of_a_walk_reads_back_as_itself) {
    Desk desk;
    walk(desk, 11, 2'000, 10);
    const auto each = [&](Table table, auto decode) {
        int rows = 0;
        (void)desk.store.scan(table, "", "", [&](std::string_view, std::string_view value) {
            const auto row = decode(value);
            BOOST_REQUIRE(row);
            BOOST_REQUIRE(encode(*row) == value);
            return ++rows > 0;
        });
        BOOST_TEST(rows > 0, name_of(table));
    };
    each(Table::accepted, decode_accepted);
    each(Table::identifier, decode_holders);
    each(Table::person, decode_person);
    each(Table::item, decode_item);
    each(Table::due, decode_due);
    each(Table::letter, decode_letter);
    each(Table::count, decode_count);
    each(Table::record, decode_record_place);
}
