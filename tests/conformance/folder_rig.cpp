// The folder's peers are a person who drops files and one who takes them away.
#include <filesystem>

#include "tests/conformance/rig.hpp"
#include "tests/support/connector_ends.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

class Dropper : public SourceRig {
public:
    hub::SettingTexts settings() const override {
        return support::settings_of({{"folder", folder_.path()}, {"identity", "exam"}, {"arrival", "renamed"}, {"poll_interval_ms", "50"}});
    }

    void send(const std::string& message_id, const std::string& body) override {
        support::write_file(folder_ / (message_id + ".part"), body);
        fs::rename(folder_ / (message_id + ".part"), folder_ / message_id);
    }

    Told told(const std::string& message_id) override {
        if (fs::exists(folder_ / ("done/" + message_id))) return Told::good;
        return fs::exists(folder_ / ("refused/" + message_id)) ? Told::bad : Told::nothing;
    }

    bool go_wrong(Fault fault) override {
        // A copy that broke off, and one that never goes on.
        support::write_file(folder_ / (fault == Fault::cuts ? "cut.part" : "stalled.tmp"), "half a mes");
        return true;
    }

private:
    const support::TemporaryFolder folder_{};
};

class Taker : public SinkRig {
public:
    Taker() { fs::create_directory(folder_ / "out"); }

    hub::SettingTexts settings(const Waits&) const override {
        return support::settings_of({{"folder", folder_ / "out"}, {"file_name", "{key}.{extension}"}});
    }

    bool become(std::optional<Fault> fault) override {
        if (fault && fault != Fault::absent) return false;
        if (fault) fs::rename(folder_ / "out", folder_ / "unmounted");
        if (!fault && fs::exists(folder_ / "unmounted")) fs::rename(folder_ / "unmounted", folder_ / "out");
        return true;
    }

    std::vector<Received> received() override {
        std::vector<Received> found;
        for (const auto& each : fs::directory_iterator(folder_ / "out"))
            if (each.is_regular_file()) found.push_back({each.path().stem(), support::read_file(each.path())});
        return found;
    }

private:
    const support::TemporaryFolder folder_{};
};

}  // namespace

Rig folder_rig() {
    return {"folder", [](auto&) { return std::make_unique<Dropper>(); }, [](auto&) { return std::make_unique<Taker>(); }};
}

}  // namespace conformance
