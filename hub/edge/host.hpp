// The hub's side of ConnectorHost on one connection: a frame in, a frame out. The only Thrift server code of this room.
#pragma once

#include <memory>
#include <string>

#include "hub/edge/meeting.hpp"

namespace hub::edge {

class Conversation {
public:
    virtual ~Conversation() = default;
    /// An error ends the edge: the frame was no call of ConnectorHost, or the call broke a rule.
    virtual Result<std::string> answer(std::string frame) = 0;
    virtual bool greeted() const = 0;
};

/// The meeting and the limits outlive the conversation.
std::unique_ptr<Conversation> converse(SourceMeeting& meeting, const Assignment& assignment, const Limits& limits);
std::unique_ptr<Conversation> converse(SinkMeeting& meeting, const Assignment& assignment, const Limits& limits);

/// Longest wait inside one call, so that a connection thread is never away for long.
constexpr int wait_ms_max = 1'000;
/// A frame holds at most one batch of bodies plus this much around them.
constexpr int frame_overhead_bytes_max = 1 << 20;
/// Bodies of one offer together; a single body may be as long as record_bytes_max.
int frame_bytes_max(const Limits& limits);
constexpr int recursion_max = 16;
constexpr int list_elements_max = 10'000;

}  // namespace hub::edge
