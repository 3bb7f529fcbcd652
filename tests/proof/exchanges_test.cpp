// Every shipped exchange on generated valid inputs: what comes out is valid and survives encoding, nothing is thrown, and
// what is rejected is rejected by a code that the mapping declares or by the language's own checks at run time.
#include <boost/test/unit_test.hpp>

#include "tests/proof/trial.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace proof;

namespace {

constexpr std::size_t inputs_max = 40'000;  ///< more than any schema needs to be shown in full
constexpr std::size_t mapped_min = 200;     ///< inputs that are not rejected: otherwise the proof would be about rejections only

/// Debian's jsonschema on JSON documents of every exchange, those that we generated and those that we wrote.
void ask_oracle(const std::vector<Sample>& samples) {
    if (samples.empty() || !support::python_has("jsonschema", "python3-jsonschema")) return;
    const support::TemporaryFolder folder;
    std::string index;
    for (std::size_t at = 0; at < samples.size(); ++at) {
        const std::string name = std::to_string(at) + ".json";
        support::write_file(folder / name, samples[at].bytes);
        index += samples[at].schema + "\t" + name + "\n";
    }
    support::write_file(folder / "index", index);
    const std::string here = std::string(HUB_SOURCE_DIR) + "/";
    const auto ran = support::run_program({support::debian_python, here + "tests/proof/json_oracle.py", here + "schemas", folder.path()});
    BOOST_TEST(ran.status == 0, ran.output);
    BOOST_TEST_MESSAGE("jsonschema: " << ran.output);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchanges)

BOOST_AUTO_TEST_CASE(yield_valid_documents_of_all_valid_inputs) {
    std::vector<Sample> samples;
    for (const Exchange& exchange : shipped().exchanges) {
        Documents documents(exchange.from(), seed_wanted());
        for (const auto& example : exchange.examples) documents.learn(example);
        Trial trial(exchange, seed_wanted());
        const auto more = [&] {
            const bool shown = documents.owed().empty() && trial.tally().mapped >= mapped_min;
            return documents.made() < inputs_wanted() || (!shown && documents.made() < inputs_max);
        };
        while (more() && !trial.hopeless()) trial.run(documents.next());
        BOOST_TEST_MESSAGE(trial.report());
        if (trial.hopeless()) continue;
        for (const std::string& each : documents.owed()) BOOST_ERROR(exchange.name << ": in " << documents.made() << " documents " << each);
        const bool surprised = trial.tally().rejected.count("value_not_valid") != 0 && exchange.rejects.count("value_not_valid") == 0;
        BOOST_TEST((!surprised || exchange.mapping->counts().checked > 0), exchange.name << " rejects values, and the compiler said that it proved all");
        BOOST_TEST(trial.tally().mapped >= mapped_min, exchange.name << " rejects nearly everything");
        samples.insert(samples.end(), trial.samples().begin(), trial.samples().end());
    }
    BOOST_TEST(shipped().exchanges.size() >= 10u);
    ask_oracle(samples);
}

BOOST_AUTO_TEST_SUITE_END()
