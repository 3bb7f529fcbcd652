// A small world for tests of expressions: kinds, a person's facts, London's clocks, England's holidays.
#pragma once

#include "hub/deadlines/expression.hpp"
#include "reading.hpp"

namespace expression_world {

using namespace hub::deadlines;
using hub::Instant;
using hub::Problems;

inline Instant at(std::string_view text) {
    if (text.size() == 10) return *reading::london().start_of(reading::day(text));
    const auto instant = hub::parse_instant(text);
    BOOST_REQUIRE_MESSAGE(bool(instant), text);
    return *instant;
}

constexpr std::string_view kinds_xml = R"(<facts>
  <fact kind="person.born" type="date" matter="person"/>
  <fact kind="person.welsh" type="yes_no" matter="person"/>
  <fact kind="person.note" type="text" matter="person"/>
  <fact kind="release.crd" type="date" matter="release"/>
  <fact kind="release.ard" type="date" matter="release"/>
  <fact kind="release.ped" type="date" matter="release"/>
  <fact kind="release.left" type="instant" matter="release"/>
  <fact kind="release.category" type="code" matter="release"><value code="closed"/><value code="open"/></fact>
  <fact kind="release.recall" type="yes_no" matter="release"/>
  <fact kind="release.mappa" type="number" matter="release"/>
  <fact kind="release.contact" type="code" matter="release"><value code="face"/><value code="phone"/><value code="missed"/></fact>
  <fact kind="release.prison" type="code" matter="release"/>
  <fact kind="sentence.start" type="date" matter="sentence"/>
  <fact kind="sentence.length" type="number" matter="sentence"/>
  <fact kind="visit.held" type="instant" matter="visit"/>
</facts>)";

inline std::shared_ptr<const FactKinds> shared_kinds() {
    static const auto kinds = [] {
        Problems problems;
        const auto root = hub::formats::read_config("facts.xml", kinds_xml, nullptr, problems);
        BOOST_REQUIRE(root);
        auto read = FactKinds::read(*root, "facts.xml", problems);
        BOOST_REQUIRE_MESSAGE(problems.empty(), (problems.empty() ? "" : hub::to_text(problems[0])));
        return read;
    }();
    return kinds;
}

/// The clock is of the release "r"; known is everything that was recorded by the end of 2030.
struct World {
    std::shared_ptr<const FactKinds> kinds = shared_kinds();
    Almanac almanac{};
    std::shared_ptr<const Calendar> calendar = reading::shipped_calendar("england_and_wales");
    std::vector<GivenFact> given{};
    Named named{};
    std::string matter = "release";
    std::string matter_id = "r";
    std::string known_at = "2030-12-31T12:00:00Z";
    std::optional<Value> window_start{}, window_end{};
    std::optional<History> history{};

    World() { almanac.zone = std::shared_ptr<const Zone>(std::shared_ptr<const Zone>(), &reading::london()); }

    void fact(const std::string& kind, const std::string& value, const std::string& valid_from, const std::string& recorded = "2020-01-01",
              const std::string& source = "", const std::string& of = "") {
        GivenFact out;
        out.kind = kind;
        out.matter_kind = kind.substr(0, kind.find('.'));
        out.matter = out.matter_kind == "person" ? "" : of.empty() ? "r" : of;
        out.value = value;
        out.valid_from = valid_from;
        out.recorded_at = at(recorded);
        out.seq = given.size();
        out.source = source;
        given.push_back(std::move(out));
        history.reset();
    }
    void let(const std::string& name, const std::string& value) { named.lets.emplace_back(name, read(value)); }

    Expression try_read(std::string_view text, Problems& problems, std::optional<ValueType> want = std::nullopt) const {
        return read_expression(text, want, *kinds, matter, named, Place{"rules.xml", 7, 9}, problems);
    }
    Expression read(std::string_view text, std::optional<ValueType> want = std::nullopt) const {
        Problems problems;
        Expression out = try_read(text, problems, want);
        for (const auto& each : problems) BOOST_ERROR(hub::to_text(each));
        BOOST_REQUIRE_MESSAGE(bool(out), text);
        return out;
    }
    const History& known() {
        if (!history) {
            Problems problems;
            history.emplace(*kinds, *almanac.zone, given, at(known_at), problems);
            for (const auto& each : problems) BOOST_ERROR(hub::to_text(each));
        }
        return *history;
    }
    std::uint32_t index_of(const std::string& kind, const std::string& id) {
        const auto matters = known().matters();
        for (std::uint32_t i = 0; i < matters.size(); ++i)
            if (matters[i].kind == kind && (kind == "person" || matters[i].id == id)) return i;
        return static_cast<std::uint32_t>(matters.size());
    }
    Asking ask(Instant as_of) {
        Asking asking{.kinds = *kinds, .history = known(), .matter = index_of(matter, matter_id), .almanac = almanac};
        asking.calendar = calendar.get();
        asking.as_of = as_of;
        const auto today = almanac.zone->wall(as_of), known_day = almanac.zone->wall(at(known_at));
        BOOST_REQUIRE(today && known_day);
        asking.today = today->day;
        asking.known_day = known_day->day;
        asking.named = &named;
        asking.window_start = window_start;
        asking.window_end = window_end;
        return asking;
    }
    Value value(std::string_view text, std::string_view as_of = "2026-11-24") {
        Asking asking = ask(at(as_of));
        return read(text).evaluate(asking);
    }
    /// As a person would write it; "unknown" when it is not known.
    std::string text(std::string_view expression, std::string_view as_of = "2026-11-24") {
        const Expression read_one = read(expression);
        Asking asking = ask(at(as_of));
        const Value out = read_one.evaluate(asking);
        if (!out.known) return "unknown";
        switch (read_one.type()) {
            case ValueType::date:
            case ValueType::instant: return to_text(out.point);
            case ValueType::number: return number_text(out.number);
            case ValueType::yes_no: return out.yes ? "yes" : "no";
            case ValueType::code:
            case ValueType::text: break;
        }
        return std::string(out.text);
    }
    std::string next(std::string_view expression, std::string_view as_of) {
        const Expression read_one = read(expression);
        Asking asking = ask(at(as_of));
        read_one.evaluate(asking);
        return asking.next ? hub::to_text(*asking.next) : "never";
    }
};

}  // namespace expression_world
