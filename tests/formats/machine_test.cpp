// Types as machines: they agree with what is checked at run time, text by text; and what a search says about two types
// is borne out by both.
#include <boost/test/unit_test.hpp>

#include <libxml/xmlregexp.h>

#include "hub/formats/expressions.hpp"
#include "hub/formats/machine.hpp"
#include "tests/formats/types.hpp"

using namespace hub::formats;
using Answer = Search::Answer;

namespace {

LibraryReading library;

Verdict verdict(const Machine& machine, std::string_view text) {
    std::vector<Machine::State> state(machine.width());
    machine.start(state.data());
    for (const char32_t each : characters_of(text)) machine.step(state.data(), each);
    return machine.ends(state.data());
}

void agrees(const SimpleType& type, const std::vector<std::string>& texts) {
    MachineMaker maker(library);
    const Machines machine = maker.of(type, Side::target);
    for (const auto& each : texts) {
        const Verdict said = verdict(*machine, each);
        if (said == Verdict::unknown) continue;
        BOOST_TEST((said > Verdict::unknown) == !why_invalid(type, each), type.name << " on '" << each << "'");
    }
}

/// Nothing, or the witness; "?" for undecided.
std::string difference(const SimpleType& from, const SimpleType& to) {
    MachineMaker maker(library);
    const Machines source = maker.of(from, Side::source), target = maker.of(to, Side::target, &from);
    std::size_t steps = 5'000'000;
    const auto confirm = [&](const std::string& text) { return !why_invalid(from, text) && why_invalid(to, text); };
    const Search found = search(*source, *target, confirm, steps);
    if (found.answer == Answer::found) BOOST_TEST(confirm(found.text), from.name << " in " << to.name << ": " << found.text);
    return found.answer == Answer::none ? "" : found.answer == Answer::found ? found.text : "?";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(machines)

BOOST_AUTO_TEST_CASE(the_escapes_known_beforehand_are_libxml2s) {
    for (const std::string escape : {"\\s", "\\S", "."}) {
        const CharacterSet& set = library.escape(escape);
        const auto expression = xmlRegexpCompile(reinterpret_cast<const xmlChar*>(escape.c_str()));
        for (const std::string text : {"\t", "\n", "\r", " ", "a", "\xc2\xa0", "\xe2\x80\xa8", "\xe3\x80\x80", "\xf0\x9f\x98\x80"})
            BOOST_TEST(set.has(characters_of(text)[0]) == (xmlRegexpExec(expression, reinterpret_cast<const xmlChar*>(text.c_str())) == 1), escape << " " << text);
        xmlRegFreeRegexp(expression);
    }
}

BOOST_AUTO_TEST_CASE(a_types_machine_takes_what_is_valid_and_nothing_else) {
    types::Chance chance(1);
    for (const auto& type : types::samples()) agrees(type, types::texts_near(type, chance, 400));
}

BOOST_AUTO_TEST_CASE(an_expression_matches_as_libxml2_does) {
    types::Chance chance(2);
    for (int i = 0; i < 1'000; ++i) {
        SimpleType type;
        type.patterns = {{types::pattern(chance, 3)}};
        type.name = type.patterns[0][0];
        agrees(type, types::texts_near(type, chance, 40));
    }
}

BOOST_AUTO_TEST_CASE(a_search_says_what_lies_between_any_two_sample_types) {
    types::Chance chance(3);
    const auto samples = types::samples();
    std::size_t undecided = 0;
    for (const auto& from : samples) {
        const auto texts = types::texts_near(from, chance, 200);
        for (const auto& to : samples) {
            const std::string said = difference(from, to);
            undecided += said == "?" ? 1 : 0;
            if (!said.empty()) continue;
            for (const auto& each : texts)
                if (!each.empty() && !why_invalid(from, each)) BOOST_TEST(!why_invalid(to, each), from.name << " in " << to.name << ": " << each);
        }
    }
    BOOST_TEST_MESSAGE(samples.size() * samples.size() << " pairs, undecided " << undecided);
    BOOST_TEST(undecided * 20 < samples.size() * samples.size());
}

BOOST_AUTO_TEST_SUITE_END()
