// throughgate manual: the settings of every connector, from the place where they are declared.
#include <iostream>

#include "hub/cli/commands.hpp"

namespace hub::cli {

int manual(World& world, const ManualRequest& request) {
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
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
