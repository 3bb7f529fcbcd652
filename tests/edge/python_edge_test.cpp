// The other side in another language: a toy connector in Python, made from nothing but the interface description.
#include <boost/test/unit_test.hpp>

#include "tests/edge/edge_rig.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hub;

namespace {

struct PythonRig : EdgeRig {
    /// Makes Python's half of the interface; false, and said aloud, where python3-thrift is absent.
    bool prepare() {
        if (!support::python_has("thrift", "python3-thrift")) return false;
        const auto generated = support::run_program({THRIFT_COMPILER, "--gen", "py", "-out", folder, std::string(HUB_SOURCE_DIR) + "/schemas/wire/hub.thrift"});
        BOOST_REQUIRE_MESSAGE(generated.status == 0, generated.output);
        return true;
    }
    edge::Launch toy() const {
        return launch({support::debian_python, std::string(HUB_SOURCE_DIR) + "/tests/clients/connector_host.py", folder});
    }
    edge::Assignment settings(const std::string& name, const std::string& value) const {
        return {"toy", "toy", "", {{name, value, "", 0}, {"log", log_path(), "", 0}}};
    }
};

Outgoing parcel(std::uint8_t key, const std::string& body) {
    Outgoing outgoing;
    outgoing.key.digest[0] = key;
    outgoing.body = body;
    return outgoing;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(python_edge, PythonRig)

BOOST_AUTO_TEST_CASE(a_source_in_python_is_a_source) {
    if (!prepare()) return;
    support::write_file(folder + "/lines", "one\ntwo\nthree\n");
    const auto source = edge::edge_source(toy(), settings("from", folder + "/lines"), seams());
    const Status opened = source->open();
    BOOST_REQUIRE_MESSAGE(opened, (opened ? "" : to_text(opened.error())));
    const auto records = gather(*source, 3);
    BOOST_REQUIRE(records);
    BOOST_TEST((*records)[0].body == "one");
    BOOST_TEST((*records)[2].message_id == "line-3");
    BOOST_REQUIRE(source->settle({{(*records)[1].token, Outcome::parked, "r2", {}, {}}, {(*records)[0].token, Outcome::accepted, "r1", {}, {}}}));
    BOOST_TEST(log(2) == "2 parked r2\n1 accepted r1\n");
}

BOOST_AUTO_TEST_CASE(a_sink_in_python_is_a_sink) {
    if (!prepare()) return;
    const auto sink = edge::edge_sink(toy(), settings("to", folder + "/out"), seams());
    const Status opened = sink->open();
    BOOST_REQUIRE_MESSAGE(opened, (opened ? "" : to_text(opened.error())));
    BOOST_TEST((sink->repeats() == Repeats::query));
    const auto first = sink->send(parcel(1, "one"));
    BOOST_REQUIRE(first);
    BOOST_TEST(first->evidence == "line 1");
    const auto poison = sink->send(parcel(2, "poison"));
    BOOST_REQUIRE(!poison);
    BOOST_TEST((poison.error().remedy == Remedy::reject));
    BOOST_TEST(poison.error().what == "the toy takes no poison");
    const auto has = sink->ask(parcel(1, "").key), has_not = sink->ask(parcel(2, "").key);
    BOOST_REQUIRE((has && has_not));
    BOOST_TEST(has->has_value());
    BOOST_TEST(!has_not->has_value());
    BOOST_TEST(support::read_file(folder + "/out") == "one\n");
}

BOOST_AUTO_TEST_SUITE_END()
