// One person's facts as known at a time: read, corrected, put in order.
#include "hub/deadlines/facts.hpp"

#include <algorithm>
#include <tuple>

#include "hub/deadlines/fact_reader.hpp"

namespace hub::deadlines {
namespace {

/// A fact on its way into the history; its views look at what was given.
struct Candidate {
    KnownFact fact{};
    const GivenFact* given = nullptr;
};
using Candidates = std::vector<Candidate>;

auto place_of(const KnownFact& fact) { return std::tie(fact.kind, fact.matter, fact.valid_from); }
auto value_of(const KnownFact& fact) { return std::tie(fact.point, fact.number, fact.yes, fact.text); }
auto saying_of(const KnownFact& fact) { return std::tie(fact.recorded_at, fact.seq); }

bool same_value(const Candidate& a, const Candidate& b) { return value_of(a.fact) == value_of(b.fact); }

/// By place, then by who said it when, then by value: whatever order the facts came in.
bool comes_before(const Candidate& a, const Candidate& b) {
    if (place_of(a.fact) != place_of(b.fact)) return place_of(a.fact) < place_of(b.fact);
    if (saying_of(a.fact) != saying_of(b.fact)) return saying_of(a.fact) < saying_of(b.fact);
    if (value_of(a.fact) != value_of(b.fact)) return value_of(a.fact) < value_of(b.fact);
    return a.fact.source < b.fact.source;
}

/// By value; of equal ones the one that was said first comes first.
bool has_less_value(const Candidate& a, const Candidate& b) {
    if (value_of(a.fact) != value_of(b.fact)) return value_of(a.fact) < value_of(b.fact);
    return std::tie(a.fact.recorded_at, a.fact.seq, a.fact.source) < std::tie(b.fact.recorded_at, b.fact.seq, b.fact.source);
}

bool is_known(const GivenFact& given, Instant known_at) {
    return given.recorded_at <= known_at && !(given.retracted_at && *given.retracted_at <= known_at);
}

/// What a retraction takes back, then when; an absent point or value stands for any.
using Reach = std::tuple<KindId, std::string_view, bool, Point, bool, Point, Millionths, bool, std::string_view, Instant, std::uint64_t>;

Reach reach_of(const Candidate& each, bool any_point, bool any_value) {
    const KnownFact& fact = each.fact;
    const std::string_view matter = each.given->matter_kind == person_matter ? std::string_view() : each.given->matter;
    Reach reach{fact.kind, matter, any_point, any_point ? Point{} : fact.valid_from, any_value, {}, 0, false, {}, fact.recorded_at, fact.seq};
    if (!any_value) std::tie(std::get<5>(reach), std::get<6>(reach), std::get<7>(reach), std::get<8>(reach)) = value_of(fact);
    return reach;
}

/// Whether both reach the same, whenever that was said.
bool same_reach(Reach a, const Reach& b) {
    std::get<9>(a) = std::get<9>(b), std::get<10>(a) = std::get<10>(b);
    return a == b;
}

/// Takes away what a retraction said at the same time or later takes back, and the retractions.
void take_back(Candidates& candidates) {
    std::vector<Reach> retractions;
    for (const Candidate& each : candidates)
        if (each.given->retraction) retractions.push_back(reach_of(each, each.given->valid_from.empty(), each.given->value.empty()));
    if (retractions.empty()) return;
    std::sort(retractions.begin(), retractions.end());
    const auto is_taken = [&](const Candidate& said, bool any_point, bool any_value) {
        const Reach reach = reach_of(said, any_point, any_value);
        const auto next = std::lower_bound(retractions.begin(), retractions.end(), reach);
        return next != retractions.end() && same_reach(*next, reach);
    };
    const auto is_gone = [&](const Candidate& each) {
        if (each.given->retraction) return true;
        return is_taken(each, false, false) || is_taken(each, false, true) || is_taken(each, true, false) || is_taken(each, true, true);
    };
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_gone), candidates.end());
}

/// What is believed once [first, last), said together, corrects what was believed: what is said again stays as it was, the rest goes.
void correct(Candidates& believed, Candidates::const_iterator first, Candidates::const_iterator last) {
    Candidates now;
    auto before = believed.cbegin();
    for (; first != last; ++first) {
        if (!now.empty() && same_value(now.back(), *first)) continue;
        while (before != believed.cend() && value_of(before->fact) < value_of(first->fact)) ++before;
        now.push_back(before != believed.cend() && same_value(*before, *first) ? *before : *first);
    }
    believed = std::move(now);
}

/// One kind, matter and valid-from: what is believed of it, ascending by value.
void settle(Candidates::const_iterator first, Candidates::const_iterator last, Candidates& into) {
    Candidates stand, said, believed;
    std::partition_copy(first, last, std::back_inserter(stand), std::back_inserter(said), [](const Candidate& each) { return each.given->stands_until_retracted; });
    for (auto begin = said.cbegin(); begin != said.cend();) {
        const auto end = std::find_if(begin, said.cend(), [&](const Candidate& each) { return saying_of(each.fact) != saying_of(begin->fact); });
        correct(believed, begin, end);
        begin = end;
    }
    believed.insert(believed.end(), stand.begin(), stand.end());
    std::sort(believed.begin(), believed.end(), has_less_value);
    std::unique_copy(believed.begin(), believed.end(), std::back_inserter(into), same_value);
}

Candidates settle_all(const Candidates& candidates) {
    Candidates settled;
    settled.reserve(candidates.size());
    for (auto first = candidates.begin(); first != candidates.end();) {
        const auto last = std::find_if(first, candidates.end(), [&](const Candidate& each) { return place_of(each.fact) != place_of(first->fact); });
        settle(first, last, settled);
        first = last;
    }
    return settled;
}

/// The person, then every other matter that something known stands in.
std::vector<Matter> matters_of(const Candidates& candidates) {
    std::vector<Matter> matters;
    for (const Candidate& each : candidates)
        if (each.given->matter_kind != person_matter) matters.push_back({each.given->matter_kind, each.given->matter});
    std::sort(matters.begin(), matters.end());
    matters.erase(std::unique(matters.begin(), matters.end()), matters.end());
    matters.insert(matters.begin(), Matter{std::string(person_matter), {}});
    return matters;
}

std::uint32_t index_of(const std::vector<Matter>& matters, const GivenFact& given) {
    if (given.matter_kind == person_matter) return 0;
    const auto same = [&](const Matter& a, const GivenFact& b) { return std::tie(a.kind, a.id) < std::tie(b.matter_kind, b.matter); };
    return static_cast<std::uint32_t>(std::lower_bound(matters.begin() + 1, matters.end(), given, same) - matters.begin());
}

/// Every rule looks at each matter, and may look from each at all others.
void refuse_matters(Candidates& candidates, std::vector<Matter>& matters, Problems& problems) {
    const GivenFact& first = *candidates.front().given;
    problems.push_back({first.file, first.line, first.column, "TG-D023",
                        "a person has " + std::to_string(matters.size() - 1) + " matters; matters_max is " + std::to_string(History::matters_max - 1), "leave out what is long over", {}, {}});
    matters.resize(1);
    candidates.clear();
}

std::string_view keep(std::vector<char>& texts, std::string_view text) {
    const std::size_t at = texts.size();
    texts.insert(texts.end(), text.begin(), text.end());
    return {texts.data() + at, text.size()};
}

}  // namespace

History::History(const FactKinds& kinds, const Zone& zone, const std::vector<GivenFact>& given, Instant known_at, Problems& problems) : known_at_(known_at) {
    FactReader reader(kinds, zone, problems);
    Candidates candidates;
    candidates.reserve(given.size());
    for (const GivenFact& each : given)
        if (std::optional<KnownFact> fact = reader.read(each); fact && is_known(each, known_at)) candidates.push_back({*fact, &each});
    take_back(candidates);
    matters_ = matters_of(candidates);
    if (matters_.size() > matters_max) refuse_matters(candidates, matters_, problems);
    for (Candidate& each : candidates) each.fact.matter = index_of(matters_, *each.given);
    std::sort(candidates.begin(), candidates.end(), comes_before);
    candidates = settle_all(candidates);

    std::size_t bytes = 0;
    for (const Candidate& each : candidates) bytes += each.fact.text.size() + each.fact.source.size();
    texts_.reserve(bytes);  // once: the views of facts_ look into it
    facts_.reserve(candidates.size());
    for (const Candidate& each : candidates) {
        facts_.push_back(each.fact);
        facts_.back().text = keep(texts_, each.fact.text);
        facts_.back().source = keep(texts_, each.fact.source);
    }
}

std::span<const KnownFact> History::of(KindId kind, std::uint32_t matter) const {
    const auto wanted = std::tie(kind, matter);
    const auto first = std::partition_point(facts_.begin(), facts_.end(), [&](const KnownFact& each) { return std::tie(each.kind, each.matter) < wanted; });
    const auto last = std::partition_point(first, facts_.end(), [&](const KnownFact& each) { return std::tie(each.kind, each.matter) == wanted; });
    return {first, last};
}

}  // namespace hub::deadlines
