// A client in another language, made by its own Thrift from our interface description.
#include "tests/connectors/thrift/thrift_world.hpp"
#include "tests/support/run_program.hpp"

using namespace thrift_test;

BOOST_FIXTURE_TEST_SUITE(thrift_python, World)

BOOST_AUTO_TEST_CASE(debians_python_submits_and_is_told_the_receipt) {
    if (!support::python_has("thrift", "python3-thrift")) return;
    open();
    support::AnsweringHub hub(*source);
    const auto generated = support::run_program({THRIFT_COMPILER, "--gen", "py", "-out", folder.path(), std::string(HUB_SOURCE_DIR) + "/schemas/wire/hub.thrift"});
    BOOST_REQUIRE_MESSAGE(generated.status == 0, generated.output);
    support::write_file(folder / "body.xml", "<result/>");
    const auto ran = support::run_program({support::debian_python, std::string(HUB_SOURCE_DIR) + "/tests/clients/thrift_client.py", folder.path(),
                                           "127.0.0.1:" + std::to_string(port), theirs.certificate, theirs.key, authority.file(), "key-1",
                                           "court_result_in", folder / "body.xml"});
    BOOST_TEST(ran.status == 0, ran.output);
    BOOST_TEST(ran.output.find("outcome accepted\nreceipt receipt-key-1\n") != std::string::npos, ran.output);
    const auto taken = hub.taken(1);
    BOOST_REQUIRE(taken.size() == 1u);
    BOOST_TEST(taken[0].sender == "northvale.court.example");
    BOOST_TEST(taken[0].message_id == "key-1");
    BOOST_TEST(taken[0].body == "<result/>");
}

BOOST_AUTO_TEST_SUITE_END()
