// What is wrong with an expression is found when it is read: all of it, with a code, a place and a cure.
#include "expression_world.hpp"
#include "tests/support/chance.hpp"

using namespace expression_world;

namespace {

World world() {
    World out;
    out.let("handover", "release.crd - 8 months - 14 days");
    out.let("short", "sentence.length at most 10");
    out.let("moment", "now - 24 hours");
    out.named.settings.push_back({"reply_days", "", "days", false, 10'000'000, {}});
    out.named.settings.push_back({"unset_days", "", "working days", false, {}, {}});
    out.named.settings.push_back({"half", "", "days", false, 500'000, {}});
    out.named.settings.push_back({"tries", "", "count", false, 3'000'000, {}});
    out.named.settings.push_back({"start_day", "", "date", true, {}, {}});
    return out;
}

struct Wrong {
    const char* text;
    const char* code;
    const char* piece;  ///< that is quoted; empty: its end
};

const std::vector<Wrong> wrong{
    {"", "TG-D103", ""},
    {"   ", "TG-D103", ""},
    {"release.crd before", "TG-D103", ""},
    {"release.crd +", "TG-D103", ""},
    {"release.crd + 8", "TG-D103", ""},
    {"release.crd + 8 working", "TG-D103", ""},
    {"(release.recall", "TG-D103", ""},
    {"release.recall)", "TG-D103", ")"},
    {"release.recall and", "TG-D103", ""},
    {"and release.recall", "TG-D103", "and"},
    {"release.recall release.recall", "TG-D103", "release.recall"},
    {"release.category in 'open'", "TG-D103", "'open'"},
    {"release.category in ()", "TG-D103", ")"},
    {"release.category in ('open'", "TG-D103", ""},
    {"release.category in (open)", "TG-D103", "open"},
    {"release.category not in ('open')", "TG-D103", "not"},
    {"release.category is 'open'", "TG-D103", "is"},
    {"release.crd - 8 months 14 days", "TG-D103", "14"},
    {"release.mappa at 3", "TG-D103", "at"},
    {"release.mappa less 3", "TG-D103", "less"},
    {"release.crd on before today", "TG-D103", "on"},
    {"earliest(release.crd release.ard)", "TG-D103", "release.ard"},
    {"count()", "TG-D108", "count()"},
    {"count(3)", "TG-D103", "3"},
    {"count(release.contact from)", "TG-D103", ")"},
    {"release.mappa = -1", "TG-D103", "-"},
    {"release.crd > today", "TG-D102", ">"},
    {"release.recall && release.recall", "TG-D102", "&&"},
    {"release.mappa == 3", "TG-D102", "=="},
    {"release.category = \"open\"", "TG-D102", "\"open\""},
    {"release.category = 'open", "TG-D102", "'open"},
    {"at(release.crd, 13:00)", "TG-D102", ":"},
    {"release.mappa = 99999999999999999999", "TG-D104", "99999999999999999999"},
    {"release.mappa = 0.1234567", "TG-D104", "0.1234567"},
    {"release.crd after 2025-02-29", "TG-D104", "2025-02-29"},
    {"relase.crd after today", "TG-D105", "relase.crd"},
    {"hand_over after today", "TG-D105", "hand_over"},
    {"first_know(release.crd, release.ard)", "TG-D106", "first_know"},
    {"release.crd(1)", "TG-D106", "release.crd"},
    {"release.crd + 3 fortnights", "TG-D107", "release.crd + 3 fortnights"},
    {"release.crd + 3 working weeks", "TG-D107", "release.crd + 3 working weeks"},
    {"known(release.crd, release.ard)", "TG-D108", "known(release.crd, release.ard)"},
    {"known()", "TG-D108", "known()"},
    {"earliest(release.crd)", "TG-D108", "earliest(release.crd)"},
    {"if(release.recall, release.crd)", "TG-D108", "if(release.recall, release.crd)"},
    {"nth(release.contact)", "TG-D108", "nth(release.contact)"},
    {"earliest(release.crd, release.mappa)", "TG-D109", "release.mappa"},
    {"days_between(release.crd, 'open')", "TG-D109", "'open'"},
    {"first_known(release.crd, release.mappa)", "TG-D109", "release.mappa"},
    {"if(release.recall, release.crd, 'open')", "TG-D109", "'open'"},
    {"future(release.recall)", "TG-D109", "release.recall"},
    {"nth('a', release.contact)", "TG-D109", "'a'"},
    {"count(release.contact from 3)", "TG-D109", "3"},
    {"release.crd = release.mappa", "TG-D110", "release.crd = release.mappa"},
    {"release.category = 3", "TG-D110", "release.category = 3"},
    {"release.recall = 'yes'", "TG-D110", "release.recall = 'yes'"},
    {"release.mappa in ('2', '3')", "TG-D110", "release.mappa"},
    {"release.mappa before 3", "TG-D111", "release.mappa before 3"},
    {"release.crd less than today", "TG-D111", "release.crd less than today"},
    {"release.category before 'open'", "TG-D111", "release.category before 'open'"},
    {"person.note more than 'a'", "TG-D111", "person.note more than 'a'"},
    {"release.crd after 'open'", "TG-D111", "release.crd after 'open'"},
    {"release.category = 'opn'", "TG-D112", "'opn'"},
    {"'shut' != release.category", "TG-D112", "'shut'"},
    {"release.category in ('open', 'shut')", "TG-D112", "'shut'"},
    {"count(release.contact in ('fax')) at least 1", "TG-D112", "'fax'"},
    {"release.mappa + 3 days", "TG-D113", "release.mappa + 3 days"},
    {"3 + 3 days", "TG-D113", "3 + 3 days"},
    {"release.category - 1 month", "TG-D113", "release.category - 1 month"},
    {"release.crd - 7.5 months", "TG-D114", "7.5"},
    {"release.crd - 100001 days", "TG-D114", "100001"},
    {"release.crd - 99999999999999999999999999 days", "TG-D114", "99999999999999999999999999"},
    {"release.crd - reply_dys days", "TG-D114", "reply_dys"},
    {"release.crd - reply_days working days", "TG-D114", "reply_days"},
    {"release.crd - half days", "TG-D114", "half"},
    {"release.crd - tries days", "TG-D114", "tries"},
    {"release.crd - start_day days", "TG-D114", "start_day"},
    {"release.recall and release.crd", "TG-D115", "release.crd"},
    {"release.mappa or release.recall", "TG-D115", "release.mappa"},
    {"not release.category", "TG-D115", "release.category"},
    {"if(release.crd, release.crd, release.ard)", "TG-D115", "release.crd"},
    {"count(contact)", "TG-D117", "contact"},
    {"first(handover)", "TG-D117", "handover"},
    {"since(handover)", "TG-D117", "handover"},
    {"told(3)", "TG-D117", "3"},
    {"count(release.mappa in ('2'))", "TG-D117", "release.mappa in ('2')"},
    {"window.start before today", "TG-D119", "window.start"},
    {"latest(now, release.left)", "TG-D120", "now"},
    {"future(now + 1 day)", "TG-D120", "now + 1 day"},
    {"moment after now", "TG-D120", "moment after now"},
    {"days_between(moment, release.crd) at most 3", "TG-D120", "moment"},
    {"at(release.crd, '25:00')", "TG-D121", "'25:00'"},
    {"at(release.crd, '09:60')", "TG-D121", "'09:60'"},
    {"at(release.crd, '24:00')", "TG-D121", "'24:00'"},
    {"at(release.crd, '9:00')", "TG-D121", "'9:00'"},
    {"at(release.crd, release.category)", "TG-D121", "release.category"},
    {"is_weekday(today, 'fridya')", "TG-D121", "'fridya'"},
    {"nth(0, release.contact)", "TG-D121", "0"},
    {"nth(1.5, release.contact)", "TG-D121", "1.5"},
    {"'open' = 'closed'", "TG-D122", "'open' = 'closed'"},
    {"1 less than 2", "TG-D122", "1 less than 2"},
};

}  // namespace

BOOST_AUTO_TEST_CASE(every_wrong_expression_has_its_code_its_piece_and_a_cure) {
    const World in = world();
    for (const Wrong& each : wrong) {
        Problems problems;
        const Expression read = in.try_read(each.text, problems);
        BOOST_TEST(!read, each.text);
        BOOST_REQUIRE_MESSAGE(problems.size() == 1u, each.text << ": " << problems.size() << " problems" << (problems.empty() ? "" : ", " + hub::to_text(problems[0])));
        const hub::Problem& problem = problems.front();
        BOOST_TEST(problem.code == each.code, each.text << ": " << hub::to_text(problem));
        BOOST_TEST((problem.file == "rules.xml" && problem.line == 7 && problem.column == 9));
        BOOST_TEST(!problem.cure.empty(), each.text);
        const std::string quoted = *each.piece ? "at '" + std::string(each.piece) + "'" : std::string("at its end");
        BOOST_TEST(problem.what.find(quoted) != std::string::npos, each.text << ": " << hub::to_text(problem));
    }
}

BOOST_AUTO_TEST_CASE(problems_of_one_expression_are_found_all_at_once) {
    Problems problems;
    world().try_read("relase.crd after today and release.category = 'opn' and release.mappa before 3 or known(release.ard + 2 moons)", problems, ValueType::yes_no);
    BOOST_REQUIRE_EQUAL(problems.size(), 4u);
    const std::vector<std::string> codes{"TG-D105", "TG-D112", "TG-D111", "TG-D107"};
    for (std::size_t i = 0; i < codes.size(); ++i) BOOST_TEST(problems[i].code == codes[i], hub::to_text(problems[i]));
    problems.clear();
    world().try_read("release.crd > today && release.recall", problems);
    BOOST_TEST(problems.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_offered) {
    const auto cure = [](const char* text) {
        Problems problems;
        world().try_read(text, problems);
        return problems.empty() ? std::string("no problem") : problems[0].cure;
    };
    BOOST_TEST(cure("relase.crd after today") == "did you mean 'release.crd'?");
    BOOST_TEST(cure("handovr after today") == "did you mean 'handover'?");
    BOOST_TEST(cure("todai after release.crd") == "did you mean 'today'?");
    BOOST_TEST(cure("release.category = 'opne'") == "did you mean 'open'?");
    BOOST_TEST(cure("release.category = 'elsewhere'") == "known are: closed, open");
    BOOST_TEST(cure("latst(release.crd, release.ard)") == "did you mean 'latest'?");
    BOOST_TEST(cure("release.crd + 3 dais") == "did you mean 'days'?");
    BOOST_TEST(cure("since(release.categry)") == "did you mean 'release.category'?");
    BOOST_TEST(cure("is_weekday(today, 'fridya')") == "did you mean 'friday'?");
}

BOOST_AUTO_TEST_CASE(the_type_that_a_place_needs_is_asked_for) {
    const World in = world();
    const auto code = [&](const char* text, ValueType want) {
        Problems problems;
        const Expression read = in.try_read(text, problems, want);
        return problems.empty() ? std::string(read ? "good" : "null without a problem") : problems[0].code;
    };
    BOOST_TEST(code("release.crd", ValueType::yes_no) == "TG-D116");
    BOOST_TEST(code("release.recall", ValueType::date) == "TG-D116");
    BOOST_TEST(code("release.mappa", ValueType::instant) == "TG-D116");
    BOOST_TEST(code("release.crd", ValueType::instant) == "good");
    BOOST_TEST(code("now", ValueType::date) == "good");
    BOOST_TEST(code("'open'", ValueType::text) == "good");
    BOOST_TEST(code("short", ValueType::yes_no) == "good");
}

BOOST_AUTO_TEST_CASE(limits_are_told_by_name) {
    const World in = world();
    const auto what = [&](const std::string& text) {
        Problems problems;
        in.try_read(text, problems);
        return problems.size() == 1 ? problems[0].code + " " + problems[0].what : std::to_string(problems.size()) + " problems";
    };
    const auto repeat = [](const std::string& text, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += text;
        return out;
    };
    BOOST_TEST(what(std::string(2001, ' ')).find("text_bytes_max") != std::string::npos);
    BOOST_TEST(what(std::string(1985, ' ') + "release.crd").find("problems") == 2u);  // "0 problems"
    BOOST_TEST(what(repeat("(", 50) + "release.crd" + repeat(")", 50)).find("TG-D101") == 0u);
    BOOST_TEST(what(repeat("(", 49) + "release.crd" + repeat(")", 49)) == "0 problems");
    BOOST_TEST(what(repeat("day(", 49) + "release.crd" + repeat(")", 49)) == "0 problems");
    BOOST_TEST(what(repeat("not ", 51) + "release.recall").find("TG-D101") == 0u);
    BOOST_TEST(what("release.crd" + repeat(" + 1 day", 51)).find("depth_max") != std::string::npos);
    BOOST_TEST(what(repeat("not not (", 26) + "release.recall" + repeat(")", 26)).find("depth_max") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(named_values_may_not_stand_upon_each_other_without_end) {
    World in;
    in.let("step0", "release.crd");
    bool refused = false;
    for (int i = 1; i < 600 && !refused; ++i) {
        Problems problems;
        Expression next = in.try_read("step" + std::to_string(i - 1) + " + 1 day", problems);
        refused = !problems.empty();
        if (refused) BOOST_TEST((problems[0].code == "TG-D101" && problems[0].what.find("chain_max") != std::string::npos), hub::to_text(problems[0]));
        in.named.lets.emplace_back("step" + std::to_string(i), std::move(next));
    }
    BOOST_TEST(refused);
}

BOOST_AUTO_TEST_CASE(a_name_shadows_nothing) {
    World in = world();
    const auto code = [&](const char* name) {
        Problems problems;
        const bool free = check_free_name(name, *in.kinds, in.named, Place{"rules.xml", 3, 4}, problems);
        BOOST_TEST(free == problems.empty());
        return problems.empty() ? std::string("free") : problems[0].code;
    };
    for (const char* taken : {"release.crd", "handover", "reply_days", "today", "window.start", "and", "working_day", "known"})
        BOOST_TEST(code(taken) == (std::string(taken) == "working_day" ? "free" : "TG-D118"), taken);
    in.named.lets.emplace_back("release.ped", in.read("release.crd"));
    Problems problems;
    in.try_read("release.ped after today", problems);
    BOOST_REQUIRE_EQUAL(problems.size(), 1u);
    BOOST_TEST(problems[0].code == "TG-D118");
}

BOOST_AUTO_TEST_CASE(a_let_that_could_not_be_read_is_complained_of_once) {
    World in;
    in.named.lets.emplace_back("broken", Expression());
    Problems problems;
    BOOST_TEST(!in.try_read("broken after today", problems));
    BOOST_TEST(problems.empty());
}

BOOST_AUTO_TEST_CASE(hostile_texts_are_refused_and_nothing_else) {
    const World in = world();
    const std::vector<std::string> pieces{"release.crd", "release.recall", "release.category", "'open'", "3", "99999999999999", "0.0000001", "2024-02-30", "9999-12-31", "0000-00-00",
                                          "(", ")", ",", "+", "-", "=", "!=", " and ", " or ", " not ", " in ", "today", "now", " before ", " on or after ", " at most ",
                                          "known(", "earliest(", "count(", "nth(", "if(", "first(", " from ", " to ", " days", " months", " working days", "window.start",
                                          "handover", "'", ".", "\0x", "\xff", "\xc3\xa9", "\t", "_", "A", "..", "é", " 100000 years", "told(", "end_of("};
    support::Chance chance(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        const std::size_t length = chance.below(i % 100 == 0 ? 400 : 14);
        for (std::size_t j = 0; j < length; ++j) text += i % 3 == 0 ? std::string(1, static_cast<char>(chance.below(256))) : chance.of(pieces);
        Problems problems;
        const Expression read = in.try_read(text, problems);
        BOOST_REQUIRE_MESSAGE(bool(read) == problems.empty(), text);
        for (const auto& each : problems) {
            BOOST_REQUIRE(!each.code.empty() && !each.cure.empty());
            for (const char c : each.what + each.cure) BOOST_REQUIRE(c >= ' ' && c <= '~');
        }
    }
}

BOOST_AUTO_TEST_CASE(hostile_texts_that_are_read_can_be_evaluated) {
    World in = world();
    for (const char* text : {"2024-02-29 + 100000 years", "2024-02-29 - 100000 years - 100000 months", "0001-01-01 - 1 day", "9999-12-31 + 1 day", "today + 100000 working days",
                             "now + 100000 hours", "end_of(9999-12-31)", "at(0001-01-01, '00:00')", "day(now - 100000 years)", "months_between(0001-01-01, 9999-12-31)",
                             "days_between(9999-12-31, 0001-01-01)", "nearest(9999-12-31, 0001-01-01)", "9999-12-31 after today + 100000 months", "0001-01-01 after today - 100000 years",
                             "release.crd before now + 100000 minutes", "is_working_day(9999-12-31)", "working_day_on_or_before(0001-01-01)", "nth(999999999, release.contact)"})
        for (const char* when : {"1973-01-01", "2026-11-24", "2029-12-31"}) in.value(text, when);
    BOOST_TEST(in.text("days_between(0001-01-01, 9999-12-31)") == "3652058");
}
