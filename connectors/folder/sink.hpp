// Records as files: written whole and synced under a hidden name, then renamed in, never over another file.
#pragma once

#include <memory>
#include <string>

#include "hub/api/connector.hpp"

namespace connectors::folder {

struct SinkSettings {
    std::string folder{};
    std::string file_name = "{key}.{extension}";
    std::string sub_folder = "none";
    std::string readable_by = "owner";

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SinkSettings;
        return std::tuple{
            field("folder", &S::folder, "Folder that files are put into; it must exist.").required(),
            field("file_name", &S::file_name, "Name of each file, from {key}, {recipient}, {record_type}, {route} and {extension}; {key} is needed."),
            field("sub_folder", &S::sub_folder, "Whether each recipient has a folder of its own inside.").one_of("none|recipient"),
            field("readable_by", &S::readable_by, "Who may read the files besides the hub's user: nobody, or the group of the folder.")
                .one_of("owner|group")};
    }
};

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& place);
hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context);

}  // namespace connectors::folder
