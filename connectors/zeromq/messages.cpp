#include "connectors/zeromq/messages.hpp"

#include <array>
#include <utility>

namespace connectors::zeromq {
namespace {

constexpr std::array<std::pair<hub::Outcome, const char*>, 5> words{{{hub::Outcome::accepted, "accepted"},
                                                                     {hub::Outcome::duplicate, "duplicate"},
                                                                     {hub::Outcome::parked, "parked"},
                                                                     {hub::Outcome::refused, "refused"},
                                                                     {hub::Outcome::busy, "busy"}}};

const char* word_of(hub::Outcome outcome) {
    for (const auto& [each, word] : words)
        if (each == outcome) return word;
    return "busy";
}

std::optional<hub::Outcome> outcome_of(const std::string& text) {
    for (const auto& [each, word] : words)
        if (text == word) return each;
    return std::nullopt;
}

std::string text_of(const hub::Problems& problems) {
    std::string text;
    for (const hub::Problem& each : problems) text += (text.empty() ? "" : "\n") + hub::to_text(each);
    if (text.size() > problems_bytes_max) text.resize(problems_bytes_max);
    return text;
}

bool is_delimited(const Frames& frames) { return !frames.empty() && frames.front().empty(); }

}  // namespace

Submission read_submission(Frames frames) {
    Submission read;
    read.delimited = is_delimited(frames);
    const std::size_t first = read.delimited ? 1 : 0;
    const std::size_t count = frames.size() - first;
    if (count > 1 && frames[first + 1].size() <= message_id_bytes_max) read.message_id = std::move(frames[first + 1]);
    if (frames.size() > parts_max) read.refusal = "a message has at most " + std::to_string(parts_max) + " frames";
    else if (count == 0 || frames[first] != protocol_version) read.refusal = std::string("the first frame must be ") + protocol_version;
    else if (count != 4) read.refusal = "a submission has four frames: version, message_id, exchange, body";
    else if (frames[first + 1].size() > message_id_bytes_max)
        read.refusal = "message_id is longer than " + std::to_string(message_id_bytes_max) + " bytes";
    else if (frames[first + 2].size() > exchange_bytes_max)
        read.refusal = "exchange is longer than " + std::to_string(exchange_bytes_max) + " bytes";
    else if (frames[first + 3].empty()) read.refusal = "the body is empty";
    if (!read.refusal.empty()) return read;
    read.exchange = std::move(frames[first + 2]);
    read.body = std::move(frames[first + 3]);
    return read;
}

Frames submission(const std::string& message_id, const std::string& exchange, const std::string& body) {
    return {protocol_version, message_id, exchange, body};
}

Frames answer(const Submission& to, const hub::Settlement& settlement) {
    Frames frames;
    if (to.delimited) frames.emplace_back();
    for (std::string each : {std::string(protocol_version), to.message_id, std::string(word_of(settlement.outcome)), settlement.receipt,
                             text_of(settlement.problems)})
        frames.push_back(std::move(each));
    return frames;
}

std::optional<Reply> read_answer(const Frames& frames, const std::string& message_id) {
    const std::size_t first = is_delimited(frames) ? 1 : 0;
    if (frames.size() < first + 5 || frames[first] != protocol_version || frames[first + 1] != message_id) return std::nullopt;
    return Reply{outcome_of(frames[first + 2]), frames[first + 3], frames[first + 4]};
}

}  // namespace connectors::zeromq
