// Facts as expressions read them: the current one, when it was told, and events.
#include <algorithm>
#include <array>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

using Step = DerivationStep::Kind;
using Facts = std::span<const KnownFact>;

bool has_begun(const Point& from, const Asking& asking) { return from.exact ? from.instant <= asking.as_of : from.day <= asking.today; }

bool was_heard(const KnownFact& fact, const Asking& asking) { return !asking.told_before || fact.recorded_at < *asking.told_before; }

/// The current fact of those of one kind and matter; null when none has begun. Notes when the next one begins.
const KnownFact* current_of(Facts facts, Asking& asking) {
    const auto next = std::partition_point(facts.begin(), facts.end(), [&](const KnownFact& each) { return has_begun(each.valid_from, asking); });
    if (next != facts.end()) asking.may_change(next->valid_from.exact ? next->valid_from.instant : start_of(next->valid_from.day, asking));
    const KnownFact* best = nullptr;
    for (auto each = next; each != facts.begin();) {
        --each;
        if (!was_heard(*each, asking)) continue;
        if (best && each->valid_from != best->valid_from) break;
        if (!best || each->recorded_at > best->recorded_at || (each->recorded_at == best->recorded_at && each->seq > best->seq)) best = &*each;
    }
    return best;
}

bool is_matter_of(const Matter& matter, const Term& term, const Asking& asking) { return matter.kind == asking.kinds[term.kind].matter; }

/// Of two matters' current facts, whether `a` is the later.
bool is_later(const KnownFact& a, const KnownFact& b, const History& history) {
    if (a.valid_from != b.valid_from) return a.valid_from > b.valid_from;
    if (a.recorded_at != b.recorded_at) return a.recorded_at > b.recorded_at;
    if (a.seq != b.seq) return a.seq > b.seq;
    return history.matters()[a.matter].id > history.matters()[b.matter].id;
}

const KnownFact* current(const Term& term, Asking& asking) {
    if (term.standing != Standing::elsewhere) return current_of(asking.history.of(term.kind, term.standing == Standing::person ? 0 : asking.matter), asking);
    const KnownFact* best = nullptr;
    const std::span<const Matter> matters = asking.history.matters();
    for (std::uint32_t i = 0; i < matters.size(); ++i) {
        if (!is_matter_of(matters[i], term, asking)) continue;
        const KnownFact* fact = current_of(asking.history.of(term.kind, i), asking);
        if (fact && (!best || is_later(*fact, *best, asking.history))) best = fact;
    }
    return best;
}

bool says_the_same(const KnownFact& a, const KnownFact& b) {
    return a.point == b.point && a.number == b.number && a.yes == b.yes && a.text == b.text;
}

/// When the value that the fact has was first said: the run of equal values that it ends may have begun with another record.
Instant first_said(const KnownFact& fact, const Asking& asking) {
    const Facts facts = asking.history.of(fact.kind, fact.matter);
    Instant said = fact.recorded_at;
    for (const KnownFact* each = &fact; each != facts.data();) {
        --each;
        if (!says_the_same(*each, fact)) break;
        said = std::min(said, each->recorded_at);
    }
    return said;
}

void note_told(Asking& asking, Instant told) {
    if (!asking.told || *asking.told < told) asking.told = told;
}

Value value_of(const KnownFact& fact) {
    Value value;
    value.known = true;
    value.point = fact.point;
    value.number = fact.number;
    value.yes = fact.yes;
    value.text = fact.text;
    return value;
}

/// Where a window of events begins or ends. A bound that moves with time is kept as it is now; each event notes when it meets it.
struct Bound {
    const Term* term = nullptr;  ///< null: open
    Value at{};

    bool holds(const Point& event, Accepts accepts_event, Asking& asking) const {
        if (!term) return true;
        const int order = compare(event, at.point);
        if (term->mover) note_change(*term, event, accepts_event == Accepts::at_least ? Accepts::at_most : Accepts::at_least, -order, asking);
        return accepts(accepts_event, order);
    }
};

class Events {
public:
    Events(const Term& term, Asking& asking) : term_(term), asking_(asking) {
        std::size_t part = term.op == Op::nth_event ? 1 : 0;
        if (term.from) from_ = bound(term.parts[part++]);
        if (term.to) to_ = bound(term.parts[part]);
    }
    /// Nothing lies between bounds of which one is not known.
    bool possible() const { return (!from_.term || from_.at.known) && (!to_.term || to_.at.known); }
    Point point(const KnownFact& fact) const {
        const FactType type = asking_.kinds[term_.kind].type;
        return type == FactType::date || type == FactType::instant ? fact.point : fact.valid_from;
    }
    bool before(const KnownFact& a, const KnownFact& b) const {
        const Point x = point(a), y = point(b);
        if (x.day != y.day) return x.day < y.day;
        if (x.exact != y.exact) return y.exact;
        if (x.exact && x.instant != y.instant) return x.instant < y.instant;
        if (a.recorded_at != b.recorded_at) return a.recorded_at < b.recorded_at;
        return a.seq != b.seq ? a.seq < b.seq : &a < &b;
    }
    template <class Visit>
    void each(Visit visit) {
        if (!possible()) return;
        if (term_.standing != Standing::elsewhere) return among(asking_.history.of(term_.kind, term_.standing == Standing::person ? 0 : asking_.matter), visit);
        const std::span<const Matter> matters = asking_.history.matters();
        for (std::uint32_t i = 0; i < matters.size(); ++i)
            if (is_matter_of(matters[i], term_, asking_)) among(asking_.history.of(term_.kind, i), visit);
    }

private:
    Bound bound(const Term& term) { return {&term, term.mover ? evaluate_mover(term, asking_) : evaluate(term, asking_)}; }
    bool has_code(const KnownFact& fact) const {
        return term_.codes.empty() || std::any_of(term_.codes.begin(), term_.codes.end(), [&](const std::string& code) { return fact.text == code; });
    }
    template <class Visit>
    void among(Facts facts, Visit& visit) {
        for (const KnownFact& fact : facts) {
            if (!has_code(fact) || !was_heard(fact, asking_)) continue;
            const Point at = point(fact);
            const bool after = from_.holds(at, Accepts::at_least, asking_), before_end = to_.holds(at, Accepts::at_most, asking_);
            if (after && before_end) visit(fact);
        }
    }

    const Term& term_;
    Asking& asking_;
    Bound from_{}, to_{};
};

/// The number-th event by point, without the store's help while the number is small.
const KnownFact* nth(Events& events, std::int64_t number) {
    constexpr std::size_t few = 16;
    const auto before = [&](const KnownFact* a, const KnownFact* b) { return events.before(*a, *b); };
    if (number <= static_cast<std::int64_t>(few)) {
        std::array<const KnownFact*, few> first{};
        std::size_t size = 0;
        const auto wanted = static_cast<std::size_t>(number);
        events.each([&](const KnownFact& fact) {
            if (size == wanted && !events.before(fact, *first[size - 1])) return;
            if (size < wanted) ++size;
            std::size_t at = size - 1;
            for (; at > 0 && events.before(fact, *first[at - 1]); --at) first[at] = first[at - 1];
            first[at] = &fact;
        });
        return size == wanted ? first[wanted - 1] : nullptr;
    }
    std::vector<const KnownFact*> all;
    events.each([&](const KnownFact& fact) { all.push_back(&fact); });
    if (number > static_cast<std::int64_t>(all.size())) return nullptr;
    const auto at = all.begin() + (number - 1);
    std::nth_element(all.begin(), at, all.end(), before);
    return *at;
}

Value unsaid(const Term& term, Asking& asking) {
    if (asking.derivation) tell(asking, Step::missing, term.piece + " is not known: nobody said from when it holds");
    return {};
}

Value evaluate_count(const Term& term, Events& events, Asking& asking) {
    std::int64_t count = 0;
    events.each([&](const KnownFact& fact) {
        ++count;
        note_told(asking, fact.recorded_at);
        if (asking.derivation) tell_fact(asking, term.word + " counts " + asking.kinds[term.kind].name + " on " + words_of(events.point(fact), asking), fact, fact.recorded_at);
    });
    if (asking.derivation) tell(asking, Step::value, term.piece + " is " + std::to_string(count));
    return of_number(count);
}

}  // namespace

Point point_at(Instant instant, Asking& asking) {
    const std::optional<WallTime> wall = asking.almanac.zone ? asking.almanac.zone->wall(instant) : std::nullopt;
    return wall ? Point{wall->day, instant, true} : Point{};
}

Value evaluate_fact(const Term& term, Asking& asking) {
    const KnownFact* fact = current(term, asking);
    const FactKind& kind = asking.kinds[term.kind];
    if (!fact) {
        if (asking.derivation) tell(asking, Step::missing, kind.name + " is not known");
        return {};
    }
    const Instant said = first_said(*fact, asking);
    note_told(asking, said);
    if (asking.derivation) tell_fact(asking, kind.name + " is " + words_of(*fact, kind.type, asking), *fact, said);
    if (term.op == Op::fact) return value_of(*fact);
    const Point point = term.op == Op::since ? fact->valid_from : point_at(said, asking);
    if (term.op == Op::told && !point.exact) return {};  // known before all times that the zone's table knows: nobody said when
    if (point == undated) return unsaid(term, asking);
    if (asking.derivation) tell(asking, Step::value, term.piece + " is " + words_of(point, asking));
    return of_point(point);
}

Value evaluate_among_matters(const Term& term, Asking& asking) {
    const KnownFact* best = nullptr;
    const std::span<const Matter> matters = asking.history.matters();
    for (std::uint32_t i = 0; i < matters.size(); ++i) {
        const KnownFact* fact = is_matter_of(matters[i], term, asking) ? current_of(asking.history.of(term.kind, i), asking) : nullptr;
        if (!fact) continue;
        const int order = best ? compare(fact->point, best->point) : 0;
        if (!best || (term.op == Op::latest_of ? order > 0 : order < 0)) best = fact;
    }
    const FactKind& kind = asking.kinds[term.kind];
    if (!best) {
        if (asking.derivation) tell(asking, Step::missing, kind.name + " is not known");
        return {};
    }
    const Instant said = first_said(*best, asking);
    note_told(asking, said);
    if (asking.derivation) tell_fact(asking, term.piece + " is " + words_of(*best, kind.type, asking), *best, said);
    return of_point(best->point);
}

Value evaluate_events(const Term& term, Asking& asking) {
    Value number;
    if (term.op == Op::nth_event) {
        number = evaluate(term.parts[0], asking);
        if (!number.known || number.number < 1'000'000 || number.number % 1'000'000 != 0) return {};
    }
    Events events(term, asking);
    if (term.op == Op::count_events) return evaluate_count(term, events, asking);
    const KnownFact* found = nullptr;
    if (term.op == Op::nth_event) {
        found = nth(events, number.number / 1'000'000);
    } else {
        events.each([&](const KnownFact& fact) {
            if (!found || (term.op == Op::first_event ? events.before(fact, *found) : events.before(*found, fact))) found = &fact;
        });
    }
    if (!found) {
        if (asking.derivation) tell(asking, Step::missing, term.piece + " is not known: there is no such event");
        return {};
    }
    note_told(asking, found->recorded_at);
    if (events.point(*found) == undated) return unsaid(term, asking);
    if (asking.derivation) tell_fact(asking, term.piece + " is " + words_of(events.point(*found), asking), *found, found->recorded_at);
    return of_point(events.point(*found));
}

}  // namespace hub::deadlines
