// What a submission and its answer look like in frames. README.md describes them for partners.
//
//   submission: [empty] version message_id exchange body          answer: [empty] version message_id outcome receipt problems
//
// The empty frame is there exactly when the peer sent one (REQ sockets do).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/api/record.hpp"

namespace connectors::zeromq {

constexpr const char* protocol_version = "TG1";
constexpr std::size_t parts_max = 16;
constexpr std::size_t message_id_bytes_max = 256;
constexpr std::size_t exchange_bytes_max = 128;
constexpr std::size_t problems_bytes_max = 16'384;

using Frames = std::vector<std::string>;

struct Submission {
    bool delimited = false;
    std::string message_id{};  ///< filled as far as it was understood, also when refused
    std::string exchange{};
    std::string body{};
    std::string refusal{};     ///< why the frames are no submission; empty when they are
};

Submission read_submission(Frames frames);
Frames submission(const std::string& message_id, const std::string& exchange, const std::string& body);

Frames answer(const Submission& to, const hub::Settlement& settlement);

struct Reply {
    std::optional<hub::Outcome> outcome{};  ///< empty for a word that we do not know
    std::string receipt{};
    std::string problems{};
};
/// Empty when the frames are no answer to `message_id`.
std::optional<Reply> read_answer(const Frames& frames, const std::string& message_id);

}  // namespace connectors::zeromq
