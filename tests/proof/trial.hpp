// One document's way through one exchange, with everything that is asserted on it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hub/formats/codec.hpp"
#include "tests/proof/documents.hpp"
#include "tests/proof/shipped.hpp"

namespace proof {

/// PROOF_INPUTS and PROOF_SEED of the environment, or these.
inline constexpr std::size_t inputs_default = 1000;
inline constexpr std::uint64_t seed_default = 20261124;
inline constexpr std::size_t faulty_max = 5;     ///< faulty documents of one exchange that are told; then the next one
inline constexpr std::size_t samples_max = 100;  ///< JSON documents of one exchange, each way, kept for a second opinion
std::size_t inputs_wanted();
std::uint64_t seed_wanted();

struct Tally {
    std::size_t inputs = 0, mapped = 0, outputs = 0, faulty = 0;
    std::map<std::string, std::size_t> rejected{};  ///< by code
};

/// What the hub knows of a record; the texts live as long as this.
struct Circumstances {
    std::string record_id{}, delivery_key{}, received_at{}, sender{}, recipient{}, message_id{};
    hub::mapping::Given given() const { return {record_id, delivery_key, received_at, sender, recipient, message_id}; }
};

/// A JSON document and the schema that it is to be valid by.
struct Sample {
    std::string schema{}, bytes{};
};

class Trial {
public:
    Trial(const Exchange& exchange, std::uint64_t seed);

    /// Encodes, decodes, maps; every output is encoded and decoded again. What is wrong is a test error with seed and document.
    /// Returns the outputs; empty when the document was rejected.
    const std::vector<hub::formats::Document>& run(const hub::formats::Document& document);
    const Tally& tally() const { return tally_; }
    bool hopeless() const { return tally_.faulty >= faulty_max; }
    const std::vector<Sample>& samples() const { return samples_; }
    /// "referral_to_health: 300 inputs, 250 mapped, 250 outputs, value_not_valid 50".
    std::string report() const;
    /// The document that was mapped last, as decoded.
    const hub::formats::Document& source() const { return source_; }

private:
    void fault(const std::string& what);
    void keep(const hub::formats::Schema& schema, const std::string& bytes);
    void map();
    bool read(const hub::formats::Document& document);
    Circumstances circumstances();
    void reject(const std::vector<hub::mapping::Rejection>& rejections);
    void judge(const hub::formats::Document& output);

    const Exchange& exchange_;
    support::Chance chance_;
    std::unique_ptr<hub::formats::Decoder> from_, to_;
    hub::formats::Document source_{}, again_{};
    std::vector<hub::formats::Document> outputs_{};
    std::string bytes_{};
    std::vector<Sample> samples_{};
    bool sound_ = true;  ///< nothing wrong with this document so far
    Tally tally_{};
};

}  // namespace proof
