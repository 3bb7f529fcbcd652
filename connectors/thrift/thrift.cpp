// See thrift.hpp. The checks that settings cannot say of themselves, and the entry.
#include "connectors/thrift/thrift.hpp"

#include "connectors/thrift/ends.hpp"
#include "hub/net/address.hpp"

namespace connectors::thrift {
namespace {

/// An address that is set must be a host and a port: there is no TLS on a Unix socket to prove who is there.
void check_address(const std::string& setting, const std::string& value, const hub::SettingTexts& texts, const hub::SettingText& element,
                   hub::Problems& problems) {
    if (value.empty()) return;
    const hub::SettingText* at = &element;
    for (const hub::SettingText& each : texts)
        if (each.name == setting) at = &each;
    const auto address = hub::net::parse_address(value);
    if (!address) {
        problems.push_back({at->file, at->line, 0, "TG-T001", "setting '" + setting + "': " + address.error().what, address.error().cure});
    } else if (!address->unix_path.empty()) {
        problems.push_back({at->file, at->line, 0, "TG-T001", "setting '" + setting + "': Thrift is spoken over TCP only", "give host:port"});
    }
}

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& element) {
    SourceSettings settings;
    hub::Problems problems = hub::settings::read(texts, element, settings);
    check_address("listen", settings.listen, texts, element, problems);
    return problems;
}

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& element) {
    SinkSettings settings;
    hub::Problems problems = hub::settings::read(texts, element, settings);
    check_address("address", settings.address, texts, element, problems);
    return problems;
}

hub::Error unusable(const hub::Problems& problems, const hub::ConnectorContext& context) {
    return {hub::Remedy::stop, hub::to_text(problems.front()), context.name, "", "TG-T003"};
}

hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_source(texts, {});
    if (!problems.empty()) return unusable(problems, context);
    SourceSettings settings;
    (void)hub::settings::read(texts, {}, settings);
    return make_hub_source(std::move(settings), context);
}

hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_sink(texts, {});
    if (!problems.empty()) return unusable(problems, context);
    SinkSettings settings;
    (void)hub::settings::read(texts, {}, settings);
    return make_hub_sink(std::move(settings), context);
}

}  // namespace

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "thrift";
    entry.summary = "Takes records that partners submit over Apache Thrift and TLS, and submits records to partners.";
    entry.check_source = check_source;
    entry.check_sink = check_sink;
    entry.make_source = make_source;
    entry.make_sink = make_sink;
    entry.source_settings = hub::settings::manual<SourceSettings>();
    entry.sink_settings = hub::settings::manual<SinkSettings>();
    return entry;
}

}  // namespace connectors::thrift
