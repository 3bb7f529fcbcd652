// SQLite's own file layer with faults that a test switches on: a failing sync, a full disk, a failing read.
#pragma once

#include <atomic>
#include <string>

namespace hub::test {

struct Faults {
    std::atomic<bool> sync_fails{false};
    std::atomic<bool> disk_full{false};
    std::atomic<bool> read_fails{false};
    std::atomic<int> syncs{0};  ///< asked for so far
    void heal() { sync_fails = disk_full = read_fails = false; }
};

/// Registers the layer on first use; StoreOptions::vfs takes the name.
std::string faulty_vfs();
Faults& faults();

}  // namespace hub::test
