#include "hub/cli/mutate.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "hub/cli/exchange_run.hpp"
#include "hub/mapping/codes.hpp"
#include "hub/mapping/mutations.hpp"

namespace hub::cli {
namespace {

/// What the site's exchanges are compiled from, once for all of them.
struct Sources {
    site::Bundle bundle{};
    formats::SchemaTexts texts{};
    mapping::CodeTables tables{};
};

struct Counts {
    std::size_t tried = 0, refused = 0, noticed = 0, excused = 0, unnoticed = 0;
};

void read_sources(const core::Plan& plan, Sources& into) {
    auto bundle = site::decode_bundle(plan.bundle);
    if (!bundle) return;
    into.bundle = std::move(*bundle);
    const std::string schemas = "schemas/", codes = "mappings/codes/";
    Problems ignored;  // the site has compiled
    for (const auto& [path, text] : into.bundle) {
        if (path.starts_with(schemas)) into.texts.emplace(path.substr(schemas.size()), text);
        if (path.starts_with(codes) && path.size() > codes.size() + 4)
            if (auto table = mapping::read_code_table(path, text, ignored)) into.tables[path.substr(codes.size(), path.size() - codes.size() - 4)] = std::move(table);
    }
}

/// The examples that reach the mapping: what is invalid or unknown before it cannot notice anything.
std::vector<formats::Document> read_examples(World& world, const std::string& folder, const mapping::Mapping& mapping) {
    std::vector<formats::Document> inputs;
    const auto listed = world.disk.list(folder);
    if (!listed) return inputs;
    for (const std::string& file : *listed) {
        if (file.find(".in.") == std::string::npos) continue;
        const Result<std::string> bytes = world.disk.read(folder + "/" + file, input_bytes_max);
        if (!bytes) continue;
        formats::Document input(&mapping.from());
        const formats::Decoded decoded = formats::make_decoder(mapping.from())->decode(*bytes, file, input);
        if (decoded.problems.empty() && (!mapping.strict() || decoded.unknown_paths.empty())) inputs.push_back(std::move(input));
    }
    return inputs;
}

/// What comes of an example: the codes of its rejections, or its outputs.
std::string result_of(const mapping::Mapping& mapping, const formats::Document& input, std::vector<formats::Document>& scratch) {
    std::string result;
    for (const mapping::Rejection& each : mapping.apply(input, example_given(), scratch)) result += each.code + "\n";
    if (!result.empty()) return "refused\n" + result;
    for (const formats::Document& each : scratch) {
        formats::encode(each, result);
        result += '\n';
    }
    return result;
}

class Trial {
public:
    Trial(const mapping::Mutations& mutations, std::vector<formats::Document> inputs) : mutations_(mutations), inputs_(std::move(inputs)) {
        for (const formats::Document& each : inputs_) expected_.push_back(result_of(mutations.original(), each, scratch_));
    }

    /// Nothing where the checker refuses the edit.
    std::optional<bool> noticed(const mapping::Edit& edit) {
        const auto mutant = mutations_.make(edit);
        if (!mutant) return std::nullopt;
        for (std::size_t i = 0; i < inputs_.size(); ++i)
            if (result_of(*mutant, inputs_[i], scratch_) != expected_[i]) return true;
        return false;
    }

private:
    const mapping::Mutations& mutations_;
    std::vector<formats::Document> inputs_;
    std::vector<std::string> expected_{};
    std::vector<formats::Document> scratch_{};
};

Counts try_all(const mapping::Mutations& mutations, std::vector<formats::Document> inputs, const std::string& file, Problems& problems) {
    Counts counts;
    Trial trial(mutations, std::move(inputs));
    std::vector<bool> unnoticed;
    for (const mapping::Edit& edit : mutations.edits()) {
        const auto noticed = trial.noticed(edit);
        ++counts.tried;
        unnoticed.push_back(noticed && !*noticed);
        if (!noticed) ++counts.refused;
        else if (*noticed) ++counts.noticed;
        else if (!edit.excuse.empty()) ++counts.excused;
        else {
            ++counts.unnoticed;
            problems.push_back({file, edit.line, edit.column, "TG-X010", "no example notices this change (" + edit.kind + "): " + edit.what,
                                "add an example that shows the difference, or say why none can: <unnoticed edit=\"" + edit.kind + "\" reason=\"...\"/> in front of the rule"});
        }
    }
    for (const mapping::Excuse& excuse : mutations.excuses())
        if (std::none_of(excuse.edits.begin(), excuse.edits.end(), [&](std::size_t each) { return unnoticed[each]; }))
            problems.push_back({file, excuse.line, excuse.column, "TG-M044", "this excuse for '" + excuse.kind + "' excuses nothing", "remove it: the examples notice the change, or it cannot be made"});
    return counts;
}

}  // namespace

void mutate(World& world, const site::Loaded& site, const std::string& only, Report& report) {
    Sources sources;
    read_sources(*site.plan, sources);
    mapping::SchemaLibrary schemas(sources.texts);
    Table table{"mutations", {"exchange", "tried", "refused by the checker", "noticed", "excused", "unnoticed"}, {}};
    Counts all;
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    std::size_t done = 0;
    for (const auto& [name, exchange] : site.plan->exchanges) {
        if (!only.empty() && name != only) continue;
        if (terminal) std::cerr << "\r\x1b[K" << ++done << " of " << (only.empty() ? site.plan->exchanges.size() : 1) << ": " << name << std::flush;
        const std::string folder = (std::filesystem::path(site.mappings_folder) / name).lexically_normal().string();
        const auto mutations = mapping::Mutations::of("mappings/" + name + "/mapping.xml", sources.bundle.at("mappings/" + name + "/mapping.xml"), schemas, sources.tables);
        if (!mutations) continue;  // the site has compiled: it is there
        const Counts counts = try_all(*mutations, read_examples(world, folder + "/examples", mutations->original()), folder + "/mapping.xml", report.problems);
        std::vector<std::string> row{name};
        for (const std::size_t each : {counts.tried, counts.refused, counts.noticed, counts.excused, counts.unnoticed}) row.push_back(std::to_string(each));
        table.rows.push_back(std::move(row));
        all.tried += counts.tried;
        all.refused += counts.refused;
        all.noticed += counts.noticed;
        all.excused += counts.excused;
        all.unnoticed += counts.unnoticed;
    }
    if (terminal) std::cerr << "\r\x1b[K" << std::flush;
    report.tables.push_back(std::move(table));
    report.facts.push_back({"mutations", std::to_string(all.tried) + " tried: " + std::to_string(all.refused) + " refused by the checker, " + std::to_string(all.noticed) +
                                             " noticed by an example, " + std::to_string(all.excused) + " excused, " + std::to_string(all.unnoticed) + " unnoticed"});
}

}  // namespace hub::cli
