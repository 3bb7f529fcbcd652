// See server.hpp.
#include "connectors/thrift/server.hpp"

#include <event2/event.h>
#include <thrift/TOutput.h>
#include <thrift/concurrency/ThreadFactory.h>
#include <thrift/concurrency/ThreadManager.h>
#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/server/TNonblockingServer.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace connectors::thrift {
namespace {

using apache::thrift::concurrency::ThreadFactory;
using apache::thrift::concurrency::ThreadManager;
using apache::thrift::protocol::TBinaryProtocolFactory;
using apache::thrift::server::T_OVERLOAD_CLOSE_ON_ACCEPT;
using apache::thrift::server::TNonblockingServer;

constexpr int container_items_max = 1'000;
constexpr timeval sweep_pause{0, 100'000};
constexpr std::size_t idle_buffer_bytes_max = 64 * 1024;  // what a connection keeps between calls

struct FreeBase {
    void operator()(event_base* base) const { ::event_base_free(base); }
};
struct FreeEvent {
    void operator()(event* what) const { ::event_free(what); }
};

class NonblockingServer : public Server {
public:
    NonblockingServer(const hub::net::Address& address, std::shared_ptr<apache::thrift::transport::SSLContext> tls,
                      std::shared_ptr<apache::thrift::TProcessorFactory> service, ServerLimits limits, const hub::Clock& clock)
        : clock_(clock), idle_timeout_(limits.idle_timeout), base_(::event_base_new()),
          listener_(std::make_shared<Listener>(address.host, address.port, make_peer_factory(std::move(tls), clock))),
          workers_(ThreadManager::newSimpleThreadManager(static_cast<std::size_t>(limits.workers))) {
        if (!base_) throw std::bad_alloc();
        workers_->threadFactory(std::make_shared<ThreadFactory>(false));
        workers_->start();
        const auto protocol = std::make_shared<TBinaryProtocolFactory>(limits.frame_bytes_max, container_items_max, true, true);
        server_ = std::make_unique<TNonblockingServer>(std::move(service), protocol, listener_, workers_);
        server_->setNumIOThreads(1);
        server_->setMaxFrameSize(static_cast<std::size_t>(limits.frame_bytes_max));
        server_->setMaxConnections(static_cast<std::size_t>(limits.connections_max) - 1);  // it compares before it adds one
        server_->setOverloadAction(T_OVERLOAD_CLOSE_ON_ACCEPT);
        server_->setOverloadHysteresis(1.0);
        server_->setConnectionStackLimit(static_cast<std::size_t>(std::min(limits.connections_max, 64)));
        server_->setIdleReadBufferLimit(idle_buffer_bytes_max);
        server_->setIdleWriteBufferLimit(idle_buffer_bytes_max);
        server_->setResizeBufferEveryN(1);
        server_->registerEvents(base_.get());  // listens
        sweeping_.reset(::event_new(base_.get(), -1, EV_PERSIST, &NonblockingServer::sweep, this));
        if (!sweeping_ || ::event_add(sweeping_.get(), &sweep_pause) != 0) throw std::bad_alloc();
    }

    ~NonblockingServer() override {
        // Not Thrift's stop(): it takes the thread that registered the events for the one that serves, and from any third thread
        // the server then wakes itself for ever.
        stopping_ = true;
        if (serving_.joinable()) serving_.join();
        workers_->stop();
        sweeping_.reset();
        server_.reset();  // before its event base
    }

    void start(std::function<void()> when_broken) {
        serving_ = std::thread([this, report = std::move(when_broken)] {
            try {
                server_->serve();
            } catch (const std::exception&) {  // accept() failed: out of descriptors
                report();
            }
        });
    }

private:
    static void sweep(evutil_socket_t, short, void* self) {
        auto& server = *static_cast<NonblockingServer*>(self);
        server.listener_->sweep(server.clock_.steady() - server.idle_timeout_);
        if (server.stopping_) ::event_base_loopbreak(server.base_.get());
    }

    const hub::Clock& clock_;
    const std::chrono::nanoseconds idle_timeout_;
    const std::unique_ptr<event_base, FreeBase> base_;
    const std::shared_ptr<Listener> listener_;
    const std::shared_ptr<ThreadManager> workers_;
    std::unique_ptr<TNonblockingServer> server_;
    std::unique_ptr<event, FreeEvent> sweeping_;
    std::atomic<bool> stopping_ = false;  ///< seen at the next sweep
    std::thread serving_;
};

}  // namespace

hub::Result<std::unique_ptr<Server>> Server::listen(const hub::net::Address& address, std::shared_ptr<apache::thrift::transport::SSLContext> tls,
                                                    std::shared_ptr<apache::thrift::TProcessorFactory> service, ServerLimits limits,
                                                    const hub::Clock& clock, std::function<void()> when_broken) {
    // Thrift prints each peer that goes away; the hub counts what it refuses, and a log full of strangers helps nobody.
    apache::thrift::GlobalOutput.setOutputFunction([](const char*) {});
    try {
        auto server = std::make_unique<NonblockingServer>(address, std::move(tls), std::move(service), limits, clock);
        server->start(std::move(when_broken));
        return std::unique_ptr<Server>(std::move(server));
    } catch (const std::exception& error) {
        return hub::Error{hub::Remedy::reconnect, std::string("cannot listen: ") + error.what(), hub::net::to_text(address),
                          "free the address, or set another one", "TG-T002"};
    }
}

}  // namespace connectors::thrift
