#include "hub/cli/exchange_run.hpp"

#include <iostream>
#include <iterator>

#include "hub/formats/codec.hpp"

namespace hub::cli {
namespace {

void check_output(const std::string& output, const formats::Schema& schema, Problems& problems) {
    formats::Document again(&schema);
    const formats::Decoded decoded = formats::make_decoder(schema)->decode(output, "output", again);
    problems.insert(problems.end(), decoded.problems.begin(), decoded.problems.end());
    for (const auto& [path, times] : decoded.unknown_paths)
        problems.push_back({"output", 0, 0, "TG-X007", "writes " + path + " which its schema does not have", ""});
}

}  // namespace

ExchangeRun run_exchange(const core::Exchange& exchange, std::string_view bytes, const std::string& name,
                         const mapping::Given& given, bool pretty) {
    const mapping::Mapping& mapping = *exchange.mapping;
    ExchangeRun run;
    formats::Document source(&mapping.from());
    formats::Decoded decoded = formats::make_decoder(mapping.from())->decode(bytes, name, source);
    run.problems = std::move(decoded.problems);
    run.unknown_paths = std::move(decoded.unknown_paths);
    if (mapping.strict())
        for (const auto& [path, times] : run.unknown_paths)
            run.problems.push_back({name, 0, 0, "TG-X008", path + " is not in the schema", "this exchange is strict: correct the sender or the schema"});
    if (!run.problems.empty()) return run;
    std::vector<formats::Document> outputs;
    for (const mapping::Rejection& rejection : mapping.apply(source, given, outputs))
        run.problems.push_back({name, rejection.line, 0, rejection.code, rejection.what, ""});
    if (!run.problems.empty()) return run;
    for (const formats::Document& output : outputs) {
        std::string text;
        formats::encode(output, text, {.pretty = pretty});
        check_output(text, mapping.to(), run.problems);
        run.outputs.push_back(std::move(text));
    }
    return run;
}

mapping::Given example_given() {
    return {.record_id = "0000000000000000000000000000000000000000000000000000000000000001",
            .delivery_key = "0000000000000000000000000000000000000000000000000000000000000002",
            .received_at = "2026-11-24T09:00:00.000000Z",
            .sender = "sender",
            .recipient = "recipient",
            .message_id = "message-1"};
}

Result<std::string> read_input(const World& world, const std::string& file, std::size_t bytes_max) {
    if (file != "-") return world.disk.read(file, bytes_max);
    std::string bytes;
    char piece[65'536];
    while (bytes.size() <= bytes_max && (std::cin.read(piece, sizeof piece) || std::cin.gcount() > 0)) bytes.append(piece, static_cast<std::size_t>(std::cin.gcount()));
    if (bytes.size() <= bytes_max) return bytes;
    return Error{.what = "standard input is longer than the " + std::to_string(bytes_max) + " bytes that are allowed here", .cure = "give less at once", .code = "input_bytes_max"};
}

}  // namespace hub::cli
