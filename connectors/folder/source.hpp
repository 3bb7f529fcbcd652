// Files dropped into a folder, one message each. claimed/, done/ and refused/ inside it show how far each file has come.
#pragma once

#include <memory>
#include <string>

#include "hub/api/connector.hpp"

namespace connectors::folder {

struct SourceSettings {
    std::string folder{};
    std::string identity{};
    std::string pattern = "*";
    std::string exchange{};
    std::string message_id = "name";
    std::string arrival = "stable";
    int settle_ms = 500;
    int poll_interval_ms = 1'000;
    int file_bytes_max = 8 * 1024 * 1024;
    int in_flight_max = 1'024;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SourceSettings;
        return std::tuple{
            field("folder", &S::folder, "Folder that files are dropped into; it must exist.").required(),
            field("identity", &S::identity, "Sender of everything in the folder: whoever may write to it.").required(),
            field("pattern", &S::pattern, "File names to take; * stands for any run of characters, ? for any one."),
            field("exchange", &S::exchange, "Exchange of everything in the folder, where the source carries several."),
            field("message_id", &S::message_id, "Whether a file's name identifies its message, so that the same name twice is a repeat.")
                .one_of("name|none"),
            field("arrival", &S::arrival, "How a file is known to be whole: unchanged for settle_ms, or because senders rename it in.")
                .one_of("stable|renamed"),
            field("settle_ms", &S::settle_ms, "Time that a file must stay unchanged before it is taken.").between(0, 600'000),
            field("poll_interval_ms", &S::poll_interval_ms, "Longest pause between two looks, and before a busy hub is offered a file again.")
                .between(10, 600'000),
            field("file_bytes_max", &S::file_bytes_max, "Longest file.").between(1, 256 * 1024 * 1024),
            field("in_flight_max", &S::in_flight_max, "Files that may be claimed and not settled at a time.").between(1, 100'000)};
    }
};

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& place);
hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context);

/// Relative paths start at the site's folder.
std::string under(const std::string& site_folder, const std::string& path);

}  // namespace connectors::folder
