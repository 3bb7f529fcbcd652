// A disk in memory: files by path, nothing else. For tests of what reads and writes whole small files.
#pragma once

#include <map>
#include <string>

#include "hub/api/seams.hpp"

namespace support {

class MemoryDisk : public hub::Disk {
public:
    std::map<std::string, std::string> files{};

    hub::Result<std::string> read(const std::string& path, std::size_t bytes_max) const override {
        const auto found = files.find(path);
        if (found == files.end()) return hub::Error{hub::Remedy::stop, "there is no such file", path, "", "no_file"};
        if (found->second.size() > bytes_max) return hub::Error{hub::Remedy::reject, "the file is too large", path, "", "file_too_large"};
        return found->second;
    }
    hub::Status write(const std::string& path, std::string_view bytes) override {
        files[path] = bytes;
        return hub::Done{};
    }
    hub::Result<std::vector<std::string>> list(const std::string& folder) const override {
        std::vector<std::string> below;
        for (auto at = files.lower_bound(folder + "/"); at != files.end() && at->first.starts_with(folder + "/"); ++at)
            below.push_back(at->first.substr(folder.size() + 1));
        return below;
    }
};

}  // namespace support
