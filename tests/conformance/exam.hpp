// What the papers of the exam share: the candidates, waiting with an end, and a net for secrets.
#pragma once

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "connectors/catalog.hpp"
#include "tests/conformance/rig.hpp"

namespace conformance {

constexpr std::chrono::seconds patience{20};  // for what should happen at once

inline std::vector<std::string> candidates() {
    std::vector<std::string> names;
    for (const hub::Connector& entry : connectors::catalog()) names.push_back(entry.name);
    return names;
}

inline hub::Connector connector_named(const std::string& name) {
    for (hub::Connector& entry : connectors::catalog())
        if (entry.name == name) return entry;
    throw std::logic_error("no such connector");
}

inline Rig rig_of(const std::string& name) {
    for (Rig& each : rigs())
        if (each.connector == name) return each;
    return {};
}

inline bool happens(const std::function<bool()>& what) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!what()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

/// How many sockets this process has.
inline int open_sockets() {
    int count = 0;
    for (const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        if (std::filesystem::read_symlink(each.path(), gone).string().find("socket:") == 0) ++count;
    }
    return count;
}

inline const hub::SettingText place{"", "", "site.xml", 3};

/// Collects every text that a connector lets out, and looks for its secrets in them.
class SecretNet {
public:
    SecretNet(const std::vector<hub::settings::Row>& rows, const hub::SettingTexts& settings) {
        for (const hub::settings::Row& row : rows)
            if (row.default_text.find("secret") != std::string::npos)
                for (const hub::SettingText& each : settings)
                    if (each.name == row.name && !each.value.empty()) secrets_.push_back(each.value);
    }
    void look_at(const hub::Error& error) const { look_at(error.what + error.where + error.cure + error.code); }
    void look_at(const hub::Problems& problems) const {
        for (const hub::Problem& each : problems) look_at(hub::to_text(each));
    }
    void look_at(const std::string& text) const {
        for (const std::string& secret : secrets_) BOOST_TEST(text.find(secret) == std::string::npos, "a secret stands in a message");
    }

private:
    std::vector<std::string> secrets_;
};

}  // namespace conformance
