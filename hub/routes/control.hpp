// How operators' acts and questions reach a running hub: a Unix socket that only the hub's own user can open.
//
// A request is one act, and a reply says what came of it; or it is refusals_question, and the reply is what was refused at the
// door. Both are a four-byte big-endian length and an encoding of core/bytes.hpp.
// One caller at a time, each with limits on size and time; a caller that breaks one is hung up on.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/record.hpp"
#include "hub/api/seams.hpp"
#include "hub/core/entry.hpp"
#include "hub/core/step.hpp"
#include "hub/routes/watch.hpp"

namespace hub::routes {

inline constexpr std::size_t control_bytes_max = 64 << 10;   ///< of a request or a reply
inline constexpr std::uint32_t control_timeout_ms = 5'000;   ///< for a whole request to arrive, and for each side to answer
inline constexpr std::uint32_t control_answer_ms = 30'000;   ///< how long a client waits for the journal

struct ControlReply {
    Outcome outcome = Outcome::refused;
    bool journalled = false;
    std::string receipt{};
    Problems problems{};
};

/// Thread "control": runs run().
class Control {
public:
    using Perform = std::function<core::Stepped(const core::Act&)>;  ///< Engine::act
    using Count = std::function<std::vector<Refusal>()>;             ///< of Engine::watch

    Control(Net& net, Clock& clock, std::string path, Perform perform, Count count)
        : net_(net), clock_(clock), path_(std::move(path)), perform_(std::move(perform)), count_(std::move(count)) {}
    ~Control();
    Control(const Control&) = delete;
    Control& operator=(const Control&) = delete;

    /// Before run(): so that a second hub on the same socket is found out at start.
    Status listen();
    void run(std::stop_token stop);

private:
    void serve(int client, int stopped);

    Net& net_;
    Clock& clock_;
    const std::string path_;
    const Perform perform_;
    const Count count_;
    int listening_ = -1;
};

inline constexpr const char* no_hub = "no_hub";  ///< code of the error when nobody listens, so that nothing was done

/// Asks the hub that listens at `path`. Any other error than no_hub means that there is no answer: the act may have been done or not.
Result<ControlReply> ask_hub(Net& net, Clock& clock, const std::string& path, const core::Act& act);

/// What the hub that listens at `path` did not take in since its start.
Result<std::vector<Refusal>> ask_refusals(Net& net, Clock& clock, const std::string& path);
inline constexpr std::string_view refusals_question = "refusals";  ///< no act begins like this

std::string encode(const ControlReply& reply);
Result<ControlReply> decode_control_reply(std::string_view bytes);

}  // namespace hub::routes
