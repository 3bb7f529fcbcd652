// A sender thread, "sender:<route>:<n>": takes work from its handover, calls its own sink, reports what came of it.
#pragma once

#include <memory>

#include "hub/api/sink.hpp"
#include "hub/routes/handover.hpp"

namespace hub::routes {

/// Used on one thread only. Shares the handover with the engine, so that a sink that never returns does not keep the hub from
/// leaving: after Handover::abandon() the thread touches nothing but the two.
class Sender {
public:
    Sender(std::shared_ptr<Handover> route, std::unique_ptr<Sink> sink, const Parts& parts);
    void run();
    const std::string& name() const { return route_->route().name; }

private:
    void open();
    void fetch(Work work);
    Verdict attempt(const Work& work);
    Outgoing outgoing(const Work& work) const;

    const std::shared_ptr<Handover> route_;
    const std::unique_ptr<Sink> sink_;
    const core::Store& store_;
    const core::PlanPtr plan_;
    const Digester& digester_;
    std::unique_ptr<core::Workbench> bench_{};  ///< made when the first letter has to be rendered here
    bool opened_ = false;
};

}  // namespace hub::routes
