// The hub's values as schemas/wire/hub.thrift writes them, and back. Numbers outside an enum become the strictest meaning.
#pragma once

#include <wire/hub_types.h>

#include "hub/edge/meeting.hpp"

namespace hub::edge {

wire::Fault to_wire(const Error& error);
wire::Incoming to_wire(Incoming&& incoming);
wire::Settlement to_wire(const Settlement& settlement);
wire::Task to_wire(const Task& task);
wire::Setting to_wire(const SettingText& setting);
wire::Repeats::type to_wire(Repeats repeats);

Error from_wire(const wire::Fault& fault);
Incoming from_wire(wire::Incoming&& incoming);
Settlement from_wire(wire::Settlement&& settlement);
/// An error where a key is not one.
Result<Task> from_wire(wire::Task&& task);
SettingText from_wire(const wire::Setting& setting);
Repeats from_wire(wire::Repeats::type repeats);

/// The answer to one task, and back.
wire::TaskResult to_wire(std::int64_t task, const Answer& answer);
Answer answer_from_wire(const wire::TaskResult& result);

}  // namespace hub::edge
