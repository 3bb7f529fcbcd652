// throughgate manual: the settings of every connector, the code of every finding, the facts and rules of a site, from where they are declared.
#include <filesystem>
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/cli/diagnostics.hpp"
#include "hub/cli/manual_facts.hpp"
#include "hub/edge/edge.hpp"

namespace hub::cli {
namespace {

constexpr std::string_view codes_word = "codes", facts_word = "facts";
constexpr std::size_t page_bytes_max = 1 << 20;

/// Renews the pages below the folder, or says which are not what the code declares.
Problems keep_pages(World& world, const std::string& folder, bool write) {
    Problems problems;
    const auto pages = diagnostic_pages();
    if (write) {
        std::error_code failed;
        std::filesystem::create_directories(folder, failed);
    }
    for (const auto& [name, text] : pages) {
        const std::string path = folder + "/" + name;
        const Result<std::string> kept = world.disk.read(path, page_bytes_max);
        if (kept && *kept == text) continue;
        if (!write) {
            problems.push_back({path, 0, 0, "TG-X030", "the page is not what the code declares", "run build/throughgate manual codes " + folder + " --write"});
        } else if (const Status written = world.disk.write(path, text); !written) {
            problems.push_back({path, 0, 0, "TG-X006", written.error().what, written.error().cure});
        }
    }
    std::error_code failed;
    for (const auto& file : std::filesystem::directory_iterator(folder, failed)) {
        const std::string name = file.path().filename().string();
        if (name.ends_with(".md") && pages.count(name) == 0)
            problems.push_back({file.path().string(), 0, 0, "TG-X030", "no code has this page", "remove it"});
    }
    return problems;
}

int codes(World& world, const ManualRequest& request) {
    Report report;
    const bool one_code = request.subject.starts_with("TG-");
    if (!request.subject.empty() && !one_code) {
        report.problems = keep_pages(world, request.subject, request.write);
        print(report, world.format, std::cout);
        return report.problems.empty() ? exit_good : exit_problems;
    }
    if (one_code) {
        const auto found = diagnostics().find(request.subject);
        if (found == diagnostics().end())
            return fail(world, {.what = "there is no page for '" + request.subject + "'", .cure = "`throughgate manual codes` lists the codes", .code = "no_code"});
        if (world.format == ReportFormat::text) {
            std::cout << diagnostic_page(found->second);
            return exit_good;
        }
        const Diagnostic& one = found->second;
        report.facts = {{"code", std::string(one.code)}, {"title", std::string(one.title)}, {"meaning", std::string(one.meaning)},
                        {"wrong", std::string(one.wrong)}, {"cure", std::string(one.cure)}};
    } else {
        Table table{"codes", {"code", "what is wrong"}, {}};
        for (const auto& [code, each] : diagnostics()) table.rows.push_back({std::string(code), std::string(each.title)});
        report.tables.push_back(std::move(table));
    }
    print(report, world.format, std::cout);
    return exit_good;
}

/// Prints the page; or, with a file, renews it or says that it is not what the site says.
int facts(World& world, const ManualRequest& request) {
    Report report;
    core::Plan plan;
    const auto book = site::load_rules(request.subject, world.disk, world.digester, report.problems, {}, &plan);
    if (!book) {
        print(report, world.format, std::cerr);
        return exit_problems;
    }
    const std::string page = facts_page(*book, plan);
    if (request.file.empty()) {
        std::cout << page;
        return exit_good;
    }
    const Result<std::string> kept = world.disk.read(request.file, page_bytes_max);
    if (!kept || *kept != page) {
        if (!request.write) {
            report.problems.push_back({request.file, 0, 0, "TG-X030", "the page is not what the site says",
                                       "run build/throughgate manual facts " + request.subject + " " + request.file + " --write"});
        } else if (const Status written = world.disk.write(request.file, page); !written) {
            report.problems.push_back({request.file, 0, 0, "TG-X006", written.error().what, written.error().cure});
        }
    }
    print(report, world.format, std::cout);
    return report.problems.empty() ? exit_good : exit_problems;
}

}  // namespace

int manual(World& world, const ManualRequest& request) {
    if (request.folder == codes_word) return codes(world, request);
    if (request.folder == facts_word) return facts(world, request);
    Report report;
    if (!request.folder.empty()) {
        report.problems = world.check_manuals(world.catalogue, request.folder, request.write);
        print(report, world.format, std::cout);
        return report.problems.empty() ? exit_good : exit_problems;
    }
    for (const Connector& connector : world.catalogue)
        for (const auto& [end, rows] : {std::pair{"source", &connector.source_settings}, std::pair{"sink", &connector.sink_settings}}) {
            if (rows->empty()) continue;
            Table table{connector.name + "_" + end, {"setting", "meaning", "default", "range"}, {}};
            for (const settings::Row& row : *rows) table.rows.push_back({row.name, row.meaning, row.default_text, row.range});
            report.tables.push_back(std::move(table));
        }
    Table limits{"edge_limits", {"limit", "meaning", "default", "range"}, {}};
    for (const settings::Row& row : settings::manual<edge::Limits>()) limits.rows.push_back({row.name, row.meaning, row.default_text, row.range});
    report.tables.push_back(std::move(limits));
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
