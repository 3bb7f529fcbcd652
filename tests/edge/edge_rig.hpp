// What the tests of hub/edge share: real seams, a private run folder, and a launch of the pupil.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "hub/cli/system.hpp"
#include "hub/edge/edge.hpp"

struct EdgeRig {
    hub::cli::SystemClock clock;
    hub::cli::SystemRandom random;
    hub::cli::SystemDisk disk;
    hub::cli::UnixNet net;
    hub::cli::ThreadScheduler scheduler;
    std::string folder = [] {
        std::string name = (std::filesystem::temp_directory_path() / "edgeXXXXXX").string();
        return std::string(::mkdtemp(name.data()));
    }();

    ~EdgeRig() { std::filesystem::remove_all(folder); }

    hub::edge::Seams seams() { return {clock, random, disk, net, scheduler}; }

    hub::edge::Launch launch(std::vector<std::string> command = {EDGE_PUPIL}) const {
        hub::edge::Launch made;
        made.command = std::move(command);
        made.run_folder = folder;
        return made;
    }

    hub::edge::Assignment assignment(const std::string& behaviour, int records = 1, int record_bytes = 10) const {
        return {"pupil", "lesson", "", {{"behaviour", behaviour, "", 0}, {"log", log_path(), "", 0},
                                        {"records", std::to_string(records), "", 0}, {"record_bytes", std::to_string(record_bytes), "", 0}}};
    }

    std::string log_path() const { return folder + "/log"; }

    /// Waits until the pupil has logged `lines` settlements; gives up after a while and returns what there is.
    std::string log(int lines) {
        for (int round = 0; round < 1'000; ++round) {
            std::ifstream file(log_path());
            std::ostringstream text;
            text << file.rdbuf();
            const std::string all = text.str();
            if (std::count(all.begin(), all.end(), '\n') >= lines || round == 999) return all;
            scheduler.wait(std::chrono::milliseconds(10), {});
        }
        return {};
    }
};

/// Calls next until it has `count` records or an error.
inline hub::Result<std::vector<hub::Incoming>> gather(hub::Source& source, std::size_t count) {
    std::vector<hub::Incoming> all;
    while (all.size() < count) {
        auto batch = source.next({});
        if (!batch) return batch.error();
        for (hub::Incoming& each : *batch) all.push_back(std::move(each));
    }
    return all;
}
