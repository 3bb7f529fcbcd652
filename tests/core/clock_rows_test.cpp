// What the projections hold about clocks reads back as it was written, cut or lengthened it does not read at all.
#include <boost/test/unit_test.hpp>

#include "hub/core/clocks.hpp"

using namespace hub;
using namespace hub::core;
using hub::deadlines::ClockState;
using hub::deadlines::Day;
using hub::deadlines::Point;

namespace {

ClockRow full_row() {
    ClockRow row;
    row.rule = "omic.handover";
    row.version = "2023-10";
    row.matter_kind = "release";
    row.matter = "B1";
    row.occurrence = "2026-03-01";
    row.state = ClockState::told_late;
    row.start = Point{Day{20'000}, {}, false};
    row.due = Point{Day{20'100}, {1'736'640'000'000'000}, true};
    row.owner = "prison_offender_manager";
    row.responsibility = "POM";
    row.reason = "determinate";
    row.late_known = true;
    row.told_at = Instant{5};
    row.warnings = 2;
    row.escalations = 1;
    row.made = 3;
    row.since = 9;
    row.since_instant = {7};
    return row;
}

template <class Row, class Decode>
void check_round_trip(const Row& row, Decode decode) {
    const std::string bytes = encode(row);
    BOOST_TEST(!!decode(bytes));
    BOOST_TEST(encode(*decode(bytes)) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) BOOST_TEST(!decode(bytes.substr(0, size)), "cut to " << size);
    BOOST_TEST(!decode(bytes + "x"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rows_of_clocks)

BOOST_AUTO_TEST_CASE(read_back_as_written) {
    ClockSheet sheet;
    sheet.plan.digest.fill(4);
    sheet.clocks = {full_row(), ClockRow{}};
    sheet.pending = {{"a.rule", Instant{8}}, {"b.rule", Instant{3}}};
    check_round_trip(sheet, decode_sheet);
    BOOST_TEST((decode_sheet(encode(sheet))->clocks[0] == full_row()));
    BOOST_TEST((sheet.next() == Instant{3}));
    check_round_trip(Belief{full_row(), {11}, 12}, decode_belief);
    check_round_trip(Notice{{}, "clock_notice", {{"rule", "a"}, {"consent/@kind", "b"}}}, decode_notice);
}

BOOST_AUTO_TEST_CASE(timers_sort_by_time_and_notices_by_the_time_before_which_they_are_not_made) {
    BOOST_TEST((timer_key({-5}, {}) < timer_key({5}, {})));
    BOOST_TEST((decode_timer_key(timer_key({77}, {}))->at == Instant{77}));
    BOOST_TEST((notice_key({4}, 900, 0) < notice_key({5}, 1, 0)));
    BOOST_TEST((time_of_notice(notice_key({4}, 900, 0)) == Instant{4}));
}

BOOST_AUTO_TEST_CASE(a_notice_is_found_again_by_the_message_id_of_its_record_and_by_no_other_text) {
    const std::string key = notice_key({1'700'000'000'000'000}, 41, 2);
    BOOST_TEST((notice_key_from(notice_message_id(key)) == key));
    for (const char* text : {"", "41", "zz", "0123456789012345678901234567890123456789ab"}) BOOST_TEST(!notice_key_from(text), text);
    BOOST_TEST(!notice_key_from(std::string(40, 'g')));
    BOOST_TEST(!notice_key_from(std::string(40, 'A')));
}

BOOST_AUTO_TEST_SUITE_END()
