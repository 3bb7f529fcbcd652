// throughgate send: hands one document to a receiver through a connector's sink, as a partner's system would.
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/cli/exchange_run.hpp"

namespace hub::cli {
namespace {

Result<SettingTexts> settings_of(const std::vector<std::string>& pairs) {
    SettingTexts texts;
    for (const std::string& pair : pairs) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos)
            return Error{.what = "a setting is written name=value, not '" + pair + "'", .code = "bad_setting"};
        texts.push_back({pair.substr(0, equals), pair.substr(equals + 1), "command line", 0});
    }
    return texts;
}

/// By the file's name; receivers that look at the content need no more.
std::string media_type_of(const std::string& file) {
    const auto ends = [&](std::string_view end) { return file.size() >= end.size() && file.compare(file.size() - end.size(), end.size(), end) == 0; };
    if (ends(".json")) return "application/json";
    if (ends(".csv")) return "text/csv";
    if (ends(".hl7")) return "application/hl7-v2";
    return "application/xml";
}

int deliver(World& world, Sink& sink, const Outgoing& outgoing) {
    if (const Status opened = sink.open(); !opened) return fail(world, opened.error());
    const Result<Handed> handed = sink.send(outgoing);
    if (!handed) return fail(world, handed.error());
    Report report;
    report.facts = {{"delivered", to_text(outgoing.key)}, {"evidence", handed->evidence}};
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace

int send(World& world, const SendRequest& request) {
    const Connector* connector = find_connector(world, request.connector);
    if (connector == nullptr || !connector->make_sink)
        return fail(world, {.what = "no connector '" + request.connector + "' can send", .code = "no_connector"});
    const Result<SettingTexts> settings = settings_of(request.settings);
    if (!settings) return fail(world, settings.error());
    Report report;
    report.problems = connector->check_sink(*settings, {"", "", "command line", 0});
    if (!report.problems.empty()) {
        print(report, world.format, std::cerr);
        return exit_problems;
    }
    const Result<std::string> body = read_input(world, request.file);
    if (!body) return fail(world, body.error());
    Outgoing outgoing{.key = {world.digester.sha256(*body)}, .route = "send", .recipient = "receiver", .record_type = request.record_type,
                      .media_type = media_type_of(request.file), .body = *body};
    if (!request.key.empty()) {
        const Result<Digest> key = digest_from_hex(request.key);
        if (!key) return fail(world, key.error());
        outgoing.key = {*key};
    }
    auto sink = connector->make_sink(*settings, {world.clock, world.random, world.disk, "send", "."});
    if (!sink) return fail(world, sink.error());
    return deliver(world, **sink, outgoing);
}

}  // namespace hub::cli
