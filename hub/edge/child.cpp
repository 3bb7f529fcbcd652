#include "hub/edge/child.hpp"

#include <malloc.h>
#include <signal.h>
#include <thrift/TOutput.h>
#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TSocket.h>
#include <unistd.h>
#include <wire/ConnectorHost.h>

#include <algorithm>
#include <new>
#include <utility>

#include "hub/edge/confine.hpp"
#include "hub/edge/host.hpp"
#include "hub/edge/process.hpp"
#include "hub/edge/values.hpp"

namespace hub::edge {
namespace {

namespace thrift = apache::thrift;

/// The hub answers every call within wait_ms_max; more than this and it is gone.
constexpr int answer_ms_max = 60'000;
#if defined(__SANITIZE_ADDRESS__)
constexpr bool may_be_confined = false;  // the leak checker of such a build traces the process that it checks
#else
constexpr bool may_be_confined = true;
#endif
/// Each arena reserves address space, which memory_bytes_max counts.
constexpr int malloc_arenas_max = 2;

SettingTexts settings_of(const wire::Configuration& configuration) {
    SettingTexts texts;
    for (const wire::Setting& each : configuration.settings) texts.push_back(from_wire(each));
    return texts;
}

void say_not_open(HubLine& line, const Error& error) {
    wire::Readiness readiness;
    readiness.fault = to_wire(error);
    line.hub().ready(readiness);
}

void say_open(HubLine& line, Repeats repeats) {
    wire::Readiness readiness;
    readiness.open = true;
    readiness.repeats = to_wire(repeats);
    line.hub().ready(readiness);
}

template <class End>
Result<std::unique_ptr<End>> opened(Result<std::unique_ptr<End>> made) {
    if (!made) return made;
    if (const Status status = (*made)->open(); !status) return status.error();
    return made;
}

void serve(const Connector& connector, HubLine& line, const std::string& socket_path, const Seams& seams) {
    const wire::Configuration& asked = line.configuration();
    const ConnectorContext context{seams.clock, seams.random, seams.disk, asked.name, asked.site_folder};
    if (asked.role == wire::Role::source && connector.make_source) {
        auto source = opened(connector.make_source(settings_of(asked), context));
        if (!source) return say_not_open(line, source.error());
        HubLine collecting(socket_path, seams.net);
        say_open(line, Repeats::none);
        return run_source(**source, line, collecting, seams);
    }
    if (asked.role == wire::Role::sink && connector.make_sink) {
        auto sink = opened(connector.make_sink(settings_of(asked), context));
        if (!sink) return say_not_open(line, sink.error());
        say_open(line, (*sink)->repeats());
        return run_sink(**sink, line);
    }
    say_not_open(line, {Remedy::stop, "the connector '" + connector.name + "' has no such end", "", "", "TG-E010"});
}

}  // namespace

HubLine::HubLine(const std::string& socket_path, Net& net) {
    const auto connected = net.connect_unix(socket_path);
    if (!connected) return;
    // Large enough for any frame that a hub sends; its own limits are told by hello.
    const auto limits = std::make_shared<thrift::TConfiguration>(INT32_MAX / 2, INT32_MAX / 2, recursion_max);
    auto socket = std::make_shared<thrift::transport::TSocket>(*connected, limits);
    socket->setRecvTimeout(answer_ms_max);
    socket->setSendTimeout(answer_ms_max);
    auto framed = std::make_shared<thrift::transport::TFramedTransport>(socket, limits);
    hub_ = std::make_unique<wire::ConnectorHostClient>(std::make_shared<thrift::protocol::TBinaryProtocol>(framed));
    configuration_ = std::make_unique<wire::Configuration>();
    wire::Hello hello;
    hello.program = "throughgate edge";
    hub_->hello(*configuration_, hello);
}

HubLine::~HubLine() = default;

int run_edge(const std::vector<Connector>& catalogue, const std::string& socket_path, const Seams& seams) {
    ::signal(SIGPIPE, SIG_IGN);
    ::mallopt(M_ARENA_MAX, malloc_arenas_max);
    thrift::GlobalOutput.setOutputFunction([](const char*) {});  // a closed connection is how an edge ends, not news
    std::set_new_handler([] { ::_exit(exit_memory); });  // at once, from any thread: nothing here is worth saving
    if (may_be_confined && !confine()) return exit_not_confined;
    try {
        HubLine line(socket_path, seams.net);
        if (!line.is_up()) return exit_no_hub;
        const std::string& name = line.configuration().connector;
        const auto found = std::find_if(catalogue.begin(), catalogue.end(), [&](const Connector& each) { return each.name == name; });
        if (found == catalogue.end())
            say_not_open(line, {Remedy::stop, "this program has no connector '" + name + "'", "", "", "TG-E010"});
        else
            serve(*found, line, socket_path, seams);
        return exit_good;
    } catch (const thrift::TException&) {
        return exit_good;  // the hub has closed, which is how an edge is told to end
    }
}

}  // namespace hub::edge
