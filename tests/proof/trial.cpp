#include "tests/proof/trial.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "tests/proof/comparison.hpp"
#include "tests/proof/spelling.hpp"

namespace proof {

namespace {

using hub::formats::Document;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// The mapping language's own codes for what only the value at hand can show (schemas/site/mapping.xsd).
const std::set<std::string> checked_at_run_time{"value_not_valid", "value_absent", "date_not_valid", "code_not_in_table", "output_not_valid"};

}  // namespace

std::size_t inputs_wanted() { return number_from("PROOF_INPUTS", inputs_default); }
std::uint64_t seed_wanted() { return number_from("PROOF_SEED", seed_default); }

Trial::Trial(const Exchange& exchange, std::uint64_t seed)
    : exchange_(exchange), chance_(seed), from_(hub::formats::make_decoder(exchange.from())), to_(hub::formats::make_decoder(exchange.to())),
      source_(&exchange.from()), again_(&exchange.to()) {}

void Trial::fault(const std::string& what) {
    BOOST_ERROR(what);
    if (sound_) ++tally_.faulty;
    sound_ = false;
}

void Trial::keep(const hub::formats::Schema& schema, const std::string& bytes) {
    const auto kept = std::count_if(samples_.begin(), samples_.end(), [&](const Sample& each) { return each.schema == schema.path(); });
    if (schema.format() == hub::formats::Format::json && static_cast<std::size_t>(kept) < samples_max) samples_.push_back({schema.path(), bytes});
}

/// Through bytes, as a sender's document comes: so libxml2 or the model's validator says whether it is valid.
bool Trial::read(const Document& document) {
    bytes_.clear();
    if (chance_.one_in(2)) bytes_ = spelled_freely(document, chance_);
    else hub::formats::encode(document, bytes_);
    const auto decoded = from_->decode(bytes_, "generated", source_);
    for (const hub::Problem& problem : decoded.problems) fault("the generated document is not valid: " + hub::to_text(problem));
    for (const auto& [path, times] : decoded.unknown_paths) fault("the generated document has " + path + ", which its schema does not know");
    if (!sound_) return false;
    keep(exchange_.from(), bytes_);
    const std::string differs = difference(document, source_);
    if (!differs.empty()) fault("the document is not the same after encoding and decoding: " + differs);
    return sound_;
}

Circumstances Trial::circumstances() {
    Circumstances made;
    made.record_id = "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff";
    made.received_at = chance_.of(shipped().days) + (chance_.one_in(2) ? "T00:00:00Z" : "T23:59:59.999999Z");
    made.sender = "court";
    if (chance_.one_in(2)) made.message_id = "message-1";
    if (exchange_.inward()) return made;
    made.delivery_key = made.record_id;
    made.recipient = "housing_authority";
    return made;
}

const std::vector<Document>& Trial::run(const Document& document) {
    outputs_.clear();
    sound_ = true;
    ++tally_.inputs;
    BOOST_TEST_CONTEXT(exchange_.name << ", input " << tally_.inputs << " of PROOF_SEED=" << seed_wanted() << "\n" << written_out(document)) {
        if (read(document)) map();
    }
    return outputs_;
}

void Trial::map() {
    const Circumstances known = circumstances();
    try {
        const auto rejections = exchange_.mapping->apply(source_, known.given(), outputs_);
        if (!rejections.empty()) return reject(rejections);
    } catch (const std::exception& error) {
        return fault(std::string("thrown: ") + error.what());
    }
    ++tally_.mapped;
    for (const Document& output : outputs_) judge(output);
}

void Trial::reject(const std::vector<hub::mapping::Rejection>& rejections) {
    if (!outputs_.empty()) fault("rejected, and yet there is an output");
    ++tally_.rejected[rejections.front().code];
    for (const auto& each : rejections)
        if (exchange_.rejects.count(each.code) == 0 && checked_at_run_time.count(each.code) == 0)
            fault("rejected with a code that nobody declared: " + each.code + " " + each.what);
}

void Trial::judge(const Document& output) {
    ++tally_.outputs;
    std::string bytes;
    hub::formats::encode(output, bytes);
    const auto decoded = to_->decode(bytes, "output", again_);
    for (const hub::Problem& problem : decoded.problems) fault("the output is not valid: " + hub::to_text(problem) + "\n" + bytes);
    for (const auto& [path, times] : decoded.unknown_paths) fault("the output has " + path + ", which its schema does not know");
    if (!decoded.problems.empty()) return;
    keep(exchange_.to(), bytes);
    const std::string differs = difference(output, again_);
    if (!differs.empty()) fault("the output is not the same after encoding and decoding: " + differs + "\n" + bytes);
}

std::string Trial::report() const {
    std::string text = exchange_.name + ": " + std::to_string(tally_.inputs) + " inputs, " + std::to_string(tally_.mapped) + " mapped, " +
                       std::to_string(tally_.outputs) + " outputs";
    for (const auto& [code, times] : tally_.rejected) text += ", " + code + " " + std::to_string(times);
    return text;
}

}  // namespace proof
