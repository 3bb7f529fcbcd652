// See zeromq.hpp. The checks that settings cannot say of themselves, and the entry. The ends: source.cpp, sink.cpp, hints.cpp.
#include "connectors/zeromq/zeromq.hpp"

#include "connectors/zeromq/ends.hpp"
#include "connectors/zeromq/keys.hpp"
#include "connectors/zeromq/sockets.hpp"

namespace connectors::zeromq {
namespace {

/// Where a setting stands, or its element where it does not.
const hub::SettingText& place_of(const hub::SettingTexts& texts, const std::string& name, const hub::SettingText& element) {
    for (const hub::SettingText& each : texts)
        if (each.name == name) return each;
    return element;
}

void add(hub::Problems& problems, const hub::SettingText& at, const std::string& name, const hub::Error& error) {
    problems.push_back({at.file, at.line, 0, error.code, "setting '" + name + "': " + error.what, error.cure});
}

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& element) {
    SourceSettings settings;
    hub::Problems problems = hub::settings::read(texts, element, settings);
    if (!problems.empty()) return problems;
    if (const auto endpoint = endpoint_of(settings.listen); !endpoint) add(problems, place_of(texts, "listen", element), "listen", endpoint.error());
    if (!settings.clients_file.empty() && settings.clients.empty()) return problems;  // the file is read when the source is opened
    if (const auto clients = read_clients(settings.clients); !clients) add(problems, place_of(texts, "clients", element), "clients", clients.error());
    return problems;
}

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& element) {
    SinkSettings settings;
    hub::Problems problems = hub::settings::read(texts, element, settings);
    if (!problems.empty()) return problems;
    if (const auto endpoint = endpoint_of(settings.address); !endpoint) add(problems, place_of(texts, "address", element), "address", endpoint.error());
    if (settings.pattern == "pub") {
        if (const auto clients = read_clients(settings.clients); !clients) add(problems, place_of(texts, "clients", element), "clients", clients.error());
    } else if (const auto key = key_bytes(settings.server_key); !key) {
        add(problems, place_of(texts, "server_key", element), "server_key", key.error());
    }
    return problems;
}

hub::Error unusable(const hub::Problems& problems, const hub::ConnectorContext& context) {
    return {hub::Remedy::stop, hub::to_text(problems.front()), context.name, "", "TG-C004"};
}

hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_source(texts, {});
    if (!problems.empty()) return unusable(problems, context);
    SourceSettings settings;
    (void)hub::settings::read(texts, {}, settings);
    return make_router_source(std::move(settings), context);
}

hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_sink(texts, {});
    if (!problems.empty()) return unusable(problems, context);
    SinkSettings settings;
    (void)hub::settings::read(texts, {}, settings);
    const bool hints = settings.pattern == "pub";
    return hints ? make_hint_sink(std::move(settings), context) : make_dealer_sink(std::move(settings), context);
}

}  // namespace

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "zeromq";
    entry.summary = "Exchanges records with partners over ZeroMQ, with CURVE keys and an answer to every record.";
    entry.place = hub::Place::edge;
    entry.check_source = check_source;
    entry.check_sink = check_sink;
    entry.make_source = make_source;
    entry.make_sink = make_sink;
    entry.source_settings = hub::settings::manual<SourceSettings>();
    entry.sink_settings = hub::settings::manual<SinkSettings>();
    return entry;
}

}  // namespace connectors::zeromq
