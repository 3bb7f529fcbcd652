#include "hub/cli/examples.hpp"

#include <algorithm>
#include <set>

#include "hub/cli/exchange_run.hpp"

namespace hub::cli {
namespace {

std::string extension(formats::Format format) {
    switch (format) {
        case formats::Format::xml: return "xml";
        case formats::Format::json: return "json";
        case formats::Format::csv: return "csv";
        case formats::Format::hl7: return "hl7";
    }
    return {};
}

/// What must come of an example: file name -> text.
std::map<std::string, std::string> files_of(const ExchangeRun& run, const std::string& stem, const core::Exchange& exchange) {
    std::map<std::string, std::string> files;
    if (!run.problems.empty()) {
        std::set<std::string> codes;
        for (const Problem& problem : run.problems) codes.insert(problem.code);
        std::string text;
        for (const std::string& code : codes) text += code + "\n";
        files[stem + ".refused"] = text;
        return files;
    }
    const std::string end = "." + extension(exchange.mapping->to().format());
    for (std::size_t i = 0; i < run.outputs.size(); ++i)
        files[stem + ".out" + (run.outputs.size() > 1 ? "." + std::to_string(i + 1) : "") + end] = run.outputs[i];
    return files;
}

bool belongs_to(const std::string& file, const std::string& stem) {
    return file.rfind(stem + ".out.", 0) == 0 || file == stem + ".refused";
}

/// The first line that differs, 1-based.
int first_difference(const std::string& a, const std::string& b) {
    const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return 1 + static_cast<int>(std::count(a.begin(), at, '\n'));
}

void compare(const World& world, const std::string& folder, const std::string& stem, const std::vector<std::string>& listed,
             const std::map<std::string, std::string>& made, Problems& problems) {
    for (const auto& [file, text] : made) {
        const Result<std::string> kept = world.disk.read(folder + "/" + file, input_bytes_max);
        if (!kept)
            problems.push_back({folder + "/" + file, 0, 0, "TG-X001", "the exchange now makes this, and no example keeps it", "add the file, or correct the exchange"});
        else if (*kept != text)
            problems.push_back({folder + "/" + file, first_difference(*kept, text), 0, "TG-X002", "differs from what the exchange makes", "correct the exchange, or the example"});
    }
    for (const std::string& file : listed)
        if (belongs_to(file, stem) && made.count(file) == 0)
            problems.push_back({folder + "/" + file, 0, 0, "TG-X003", "the exchange does not make this", "remove the file, or correct the exchange"});
}

}  // namespace

ExampleCount run_examples(World& world, const core::Exchange& exchange, const std::string& folder, bool write, Problems& problems) {
    ExampleCount count;
    const auto listed = world.disk.list(folder);
    if (!listed || listed->empty()) {
        problems.push_back({folder, 0, 0, "TG-X004", "exchange '" + exchange.name + "' has no examples", "add <name>.in and what must come of it"});
        return count;
    }
    for (const std::string& file : *listed) {
        const std::size_t at = file.find(".in.");
        if (at == std::string::npos) continue;
        const Result<std::string> bytes = world.disk.read(folder + "/" + file, input_bytes_max);
        if (!bytes) {
            problems.push_back({folder + "/" + file, 0, 0, "TG-X005", bytes.error().what, bytes.error().cure});
            continue;
        }
        ++count.run;
        const std::string stem = file.substr(0, at);
        const auto made = files_of(run_exchange(exchange, *bytes, file, example_given(), true), stem, exchange);
        const std::size_t before = problems.size();
        if (write)
            for (const auto& [name, text] : made) {
                if (const Status written = world.disk.write(folder + "/" + name, text); !written)
                    problems.push_back({folder + "/" + name, 0, 0, "TG-X006", written.error().what, written.error().cure});
            }
        else
            compare(world, folder, stem, *listed, made, problems);
        count.failed += problems.size() > before ? 1 : 0;
    }
    return count;
}

}  // namespace hub::cli
