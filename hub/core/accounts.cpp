// See accounts.hpp.
#include "hub/core/accounts.hpp"

#include <numeric>

namespace hub::core {
namespace {

void complain(Problems& problems, const std::string& where, const std::string& what) {
    if (problems.size() < Accounts::problems_max) problems.push_back({where, 0, 0, "TG-B001", what, "run `throughgate replay`; it names the first entry that differs"});
}

std::string name(const CountKey& key) { return day_text(key.day) + " " + key.source + " " + key.route; }

void compare_counts(const std::map<CountKey, Accounts::Balance>& balances, const Store& store, Problems& problems) {
    std::size_t seen = 0;
    const Status read = store.scan(Table::count, "", "", [&](std::string_view key, std::string_view value) {
        const auto place = decode_count_key(key);
        const auto count = decode_count(value);
        if (!place || !count) {
            complain(problems, "count", "a row cannot be read");
            return true;
        }
        ++seen;
        const auto found = balances.find(*place);
        if (found == balances.end() || found->second.opened != count->opened ||
            !std::equal(std::begin(count->closed), std::end(count->closed), std::begin(found->second.closed)))
            complain(problems, name(*place), "the projection's count differs from the journal");
        return true;
    });
    if (!read) complain(problems, "count", read.error().what);
    if (seen != balances.size()) complain(problems, "count", std::to_string(balances.size()) + " rows expected, " + std::to_string(seen) + " found");
}

void compare_people(const std::map<PersonId, Accounts::Balance>& people, const Store& store, Problems& problems) {
    for (const auto& [id, balance] : people) {
        if (id.is_zero()) continue;
        const auto row = store.get(Table::person, id.bytes());
        const auto person = row ? decode_person(*row) : hub::Result<Person>(Error{.what = "the person has no row"});
        if (!person)
            complain(problems, to_text(id), person.error().what);
        else if (person->items_opened != balance.opened || person->items_closed != balance.opened - balance.open)
            complain(problems, to_text(id), "the person's totals differ from the journal");
    }
}

/// Every open item stands in its route's queue once, as what it is; nothing else does.
void compare_due(const std::map<ItemRef, ItemState>& open, const Store& store, Problems& problems) {
    std::map<ItemRef, ItemState> seen;
    const Status read = store.scan(Table::due, "", "", [&](std::string_view, std::string_view value) {
        const auto due = decode_due(value);
        if (!due)
            complain(problems, "due", "a row cannot be read");
        else if (!seen.emplace(due->item, due->state).second)
            complain(problems, "item " + to_text(due->item), "is queued twice");
        return true;
    });
    if (!read) complain(problems, "due", read.error().what);
    for (const auto& [ref, state] : open) {
        const auto found = seen.find(ref);
        if (found == seen.end() || found->second != state) complain(problems, "item " + to_text(ref), "is open but not queued as what it is");
    }
    if (seen.size() > open.size()) complain(problems, "due", "items are queued that are not open");
}

}  // namespace

bool Accounts::Balance::balances() const {
    return opened == open + std::accumulate(std::begin(closed), std::end(closed), std::uint64_t{0});
}

void Accounts::contradict(std::uint64_t seq, const ItemRef& item, const std::string& what) {
    complain(contradictions_, "entry " + std::to_string(seq), "item " + to_text(item) + " " + what);
}

void Accounts::open(std::uint64_t seq, const Residue::Move& move) {
    if (items_.count(move.item) != 0) return contradict(seq, move.item, "is opened a second time");
    Standing standing{move.to, move.disposition, {day_of(move.opened_at), move.source, move.route}, move.person};
    for (Balance* balance : {&balances_[standing.key], &people_[standing.person]}) {
        ++balance->opened;
        ++(move.to == ItemState::closed ? balance->closed[static_cast<std::size_t>(move.disposition)] : balance->open);
    }
    items_.emplace(move.item, std::move(standing));
}

void Accounts::add(std::uint64_t seq, const Residue& residue) {
    ++entries_;
    records_ += residue.records.size();
    for (const Residue::Move& move : residue.moves) {
        if (move.opened) {
            open(seq, move);
            continue;
        }
        const auto found = items_.find(move.item);
        if (found == items_.end()) {
            contradict(seq, move.item, "moves without having been opened");
            continue;
        }
        Standing& standing = found->second;
        if (standing.state == ItemState::closed) {
            contradict(seq, move.item, "moves after it was closed");
            continue;
        }
        if (standing.state != move.from) contradict(seq, move.item, "moves from a state that it was not in");
        if (standing.person != move.person) {  // a person was resolved: the item counts for them from now on
            Balance& before = people_[standing.person];
            --before.opened;
            --before.open;
            if (before.opened == 0) people_.erase(standing.person);
            ++people_[move.person].opened;
            ++people_[move.person].open;
            standing.person = move.person;
        }
        standing.state = move.to;
        standing.disposition = move.disposition;
        if (move.to != ItemState::closed) continue;
        for (Balance* balance : {&balances_[standing.key], &people_[standing.person]}) {
            --balance->open;
            ++balance->closed[static_cast<std::size_t>(move.disposition)];
        }
    }
}

Accounts::Balance Accounts::total() const {
    Balance sum;
    for (const auto& [key, balance] : balances_) {
        sum.opened += balance.opened;
        sum.open += balance.open;
        for (std::size_t i = 0; i < std::size(sum.closed); ++i) sum.closed[i] += balance.closed[i];
    }
    return sum;
}

Problems Accounts::problems(const Store& store) const {
    Problems problems = contradictions_;
    for (const auto& [key, balance] : balances_)
        if (!balance.balances()) complain(problems, name(key), "opened is not open plus closed");
    compare_counts(balances_, store, problems);
    compare_people(people_, store, problems);
    std::size_t seen = 0;
    const Status read = store.scan(Table::item, "", "", [&](std::string_view key, std::string_view value) {
        ++seen;
        const auto item = decode_item(value);
        const auto found = items_.find(item_ref_from_key(key));
        if (!item || found == items_.end() || found->second.state != item->state || found->second.disposition != item->disposition)
            complain(problems, "item " + to_text(item_ref_from_key(key)), "the projection's state differs from the journal");
        return true;
    });
    if (!read) complain(problems, "item", read.error().what);
    std::map<ItemRef, ItemState> open;
    for (const auto& [ref, standing] : items_)
        if (standing.state != ItemState::closed) open.emplace(ref, standing.state);
    compare_due(open, store, problems);
    if (seen != items_.size()) complain(problems, "item", std::to_string(items_.size()) + " rows expected, " + std::to_string(seen) + " found");
    return problems;
}

}  // namespace hub::core
