// Facts for tests: a few kinds, facts as they are given, and what a history knows of them as text.
#pragma once

#include <limits>

#include "hub/deadlines/facts.hpp"
#include "tests/deadlines/reading.hpp"

namespace facts_world {

using namespace hub;
using namespace hub::deadlines;
using reading::day;
using reading::london;

constexpr const char* kinds_text = R"text(<facts xmlns="urn:throughgate:facts-declared:1">
  <fact kind="release.crd" type="date" matter="release" about="Conditional release date."/>
  <fact kind="sentence.indeterminate" type="yes_no" matter="release" about="No fixed end."/>
  <fact kind="custody.released" type="instant" matter="person" about="When released."/>
  <fact kind="parole.outcome" type="code" matter="person" about="Outcome."><value code="release"/><value code="not_release"/></fact>
  <fact kind="court.result" type="code" matter="sentence" about="Result code."/>
  <fact kind="note" type="text" matter="person" about="A note."/>
  <fact kind="work.hours" type="number" matter="requirement" about="Hours."/>
</facts>)text";

inline std::shared_ptr<const FactKinds> kinds_of(const std::string& text, Problems& problems) {
    const std::string xsd = reading::bytes_of("schemas/site/facts.xsd");
    const auto root = formats::read_config("facts.xml", text, &xsd, problems);
    return root ? FactKinds::read(*root, "facts.xml", problems) : nullptr;
}

inline const FactKinds& kinds() {
    static const auto read = [] {
        Problems problems;
        auto made = kinds_of(kinds_text, problems);
        BOOST_REQUIRE(made && problems.empty());
        return made;
    }();
    return *read;
}

inline Instant at(std::string_view text) { return *parse_instant(text); }
inline constexpr Instant for_ever{std::numeric_limits<std::int64_t>::max()};

inline GivenFact said(std::string kind, std::string matter_kind, std::string matter, std::string value, std::string valid_from = "", Instant recorded_at = from_the_beginning) {
    GivenFact fact;
    fact.kind = std::move(kind);
    fact.matter_kind = std::move(matter_kind);
    fact.matter = std::move(matter);
    fact.value = std::move(value);
    fact.valid_from = std::move(valid_from);
    fact.recorded_at = recorded_at;
    return fact;
}

inline std::string text_of(const History& history) {
    std::string text;
    for (std::uint32_t m = 0; m < history.matters().size(); ++m)
        for (KindId k = 0; k < kinds().size(); ++k)
            for (const KnownFact& fact : history.of(k, m))
                text += history.matters()[m].kind + ":" + history.matters()[m].id + " " + kinds()[k].name + " " + to_text(fact.point) + "/" + number_text(fact.number) + "/" +
                        (fact.yes ? "yes" : "no") + "/" + std::string(fact.text) + " from " + to_text(fact.valid_from) + " told " +
                        std::to_string(fact.recorded_at.microseconds) + "#" + std::to_string(fact.seq) + " " + std::string(fact.source) + "\n";
    return text;
}

inline History history_of(const std::vector<GivenFact>& given, Instant known_at = for_ever) {
    Problems problems;
    History history(kinds(), london(), given, known_at, problems);
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
    return history;
}

inline std::span<const KnownFact> crds(const History& history) { return history.of(kinds().find("release.crd"), 1); }

inline Problem problem_of(const GivenFact& fact) {
    Problems problems;
    const History history(kinds(), london(), {fact}, for_ever, problems);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(history.matters().size() == 1u);
    BOOST_TEST(text_of(history).empty());
    BOOST_TEST(!problems[0].cure.empty());
    return problems[0];
}

inline std::vector<GivenPerson> file_of(const std::string& facts, Problems& problems) {
    return read_facts_file("facts.xml", "<facts xmlns=\"urn:throughgate:facts:1\">\n" + facts + "\n</facts>", london(), problems);
}

}  // namespace facts_world
