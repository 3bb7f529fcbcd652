// The inside of an edge process: the loops that carry records between one connector's end and the hub.
#pragma once

#include <memory>
#include <string>

#include "hub/edge/edge.hpp"

namespace hub::wire {
class ConnectorHostIf;
class Configuration;
}  // namespace hub::wire

namespace hub::edge {

/// A connection to the hub, greeted. Calls throw apache::thrift::TException when the hub is gone or refuses.
class HubLine {
public:
    HubLine(const std::string& socket_path, Net& net);
    ~HubLine();
    wire::ConnectorHostIf& hub() { return *hub_; }
    const wire::Configuration& configuration() const { return *configuration_; }
    /// False: the hub could not be reached.
    bool is_up() const { return hub_ != nullptr; }

private:
    std::unique_ptr<wire::Configuration> configuration_;
    std::unique_ptr<wire::ConnectorHostIf> hub_;
};

/// Until the hub closes, the source fails or hangs. `main` has said ready; `collecting` is used by a second thread, so
/// that settlements come while next() waits.
void run_source(Source& source, HubLine& main, HubLine& collecting, const Seams& seams);
void run_sink(Sink& sink, HubLine& main);

}  // namespace hub::edge
