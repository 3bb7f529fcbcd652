// Carries the hub's tasks to a sink and its answers back. One thread; a sink that hangs is the hub's to notice.
#include <wire/ConnectorHost.h>

#include <utility>

#include "hub/edge/child.hpp"
#include "hub/edge/values.hpp"

namespace hub::edge {
namespace {

Answer perform(Sink& sink, const Task& task) {
    if (!task.send) return sink.ask(task.key);
    auto handed = sink.send(*task.send);
    if (!handed) return handed.error();
    return std::optional<Handed>(std::move(*handed));
}

bool wants_new_connection(const Answer& answer) {
    return !answer && (answer.error().remedy == Remedy::reconnect || answer.error().remedy == Remedy::stop);
}

}  // namespace

void run_sink(Sink& sink, HubLine& line) {
    for (;;) {
        std::vector<wire::Task> tasks;
        line.hub().take(tasks, 1, line.configuration().wait_ms_max);
        for (wire::Task& each : tasks) {
            const std::int64_t id = each.id;
            const auto task = from_wire(std::move(each));
            const Answer answer = task ? perform(sink, *task) : Answer(task.error());
            line.hub().report({to_wire(id, answer)});
            if (wants_new_connection(answer)) return;  // the hub opens again in a new process
        }
    }
}

}  // namespace hub::edge
