// Runs a connector in a process of its own, with limits, behind the same Source and Sink as any other.
//
// The hub's side is edge_source and edge_sink (or behind_edge for a whole catalogue entry); the other side is run_edge,
// which the hidden command `throughgate edge SOCKET` calls. The two speak ConnectorHost (schemas/wire/hub.thrift) over a
// Unix socket, so that a program in any Thrift language can stand in for the other side.
//
// One process lives for one open(). When it ends, breaks a rule or falls silent, the next call says `reconnect`, and the
// hub opens again after its usual pause: pausing and retrying stay in hub/routes. Nothing is lost by that: what a source
// had not settled its sender sends again, and what a sink had not reported comes back with outcome_unknown. An edge of this
// program gives up what no connector needs (confine.hpp) before its connector runs.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "hub/api/connector.hpp"

namespace hub::edge {

struct Limits {
    std::int64_t memory_bytes_max = 256LL << 20;  ///< address space of the process (RLIMIT_AS)
    std::int64_t cpu_seconds_max = 0;             ///< CPU time of one life of the process (RLIMIT_CPU); 0: no limit
    int files_max = 512;                          ///< open files and connections of the process (RLIMIT_NOFILE)
    int record_bytes_max = 8 << 20;               ///< one body
    int unsettled_max = 1'024;                    ///< records of a source that the hub has not settled yet
    int connections_max = 4;                      ///< to the hub, of one process
    int start_ms_max = 15'000;                    ///< from start to the word that the protocol is open
    int silence_ms_max = 15'000;                  ///< without any call
    int answer_ms_max = 120'000;                  ///< from handing a record over to its report
    int stop_ms_max = 3'000;                      ///< to end by itself, after that it is killed

    /// Those that a site may set, <limit name= value=>.
    static constexpr auto fields() {
        using settings::field;
        return std::tuple{
            field("memory_bytes_max", &Limits::memory_bytes_max, "Address space of the edge's process, in bytes; an edge that needs more is restarted.")
                .between(64LL << 20, 64LL << 30),
            field("cpu_seconds_max", &Limits::cpu_seconds_max, "CPU time of the edge's process, in seconds; after that it is restarted. 0: no limit.")
                .between(0, 31'622'400),
            field("files_max", &Limits::files_max, "Files and connections that the edge's process may have open at a time.").between(32, 65'536)};
    }
};

/// What the two sides need of the world. The references outlive everything made with them.
struct Seams {
    Clock& clock;
    Random& random;
    Disk& disk;
    Net& net;
    Scheduler& scheduler;
};

/// How to start the other side.
struct Launch {
    std::vector<std::string> command{};  ///< program (an absolute path) and arguments; the socket's path is appended
    std::string run_folder{};            ///< private to the hub; sockets stand here; keep it short, a socket's path has 107 bytes
    Limits limits{};
};

/// What the connector is told when it says hello.
struct Assignment {
    std::string connector{};    ///< name in the catalogue
    std::string name{};         ///< of the source or sink in the site
    std::string site_folder{};
    SettingTexts settings{};
};

std::unique_ptr<Source> edge_source(const Launch& launch, const Assignment& assignment, const Seams& seams);

/// Its stand on repeats is the connector's own once it is open, and `none` before.
std::unique_ptr<Sink> edge_sink(const Launch& launch, const Assignment& assignment, const Seams& seams);

/// The same catalogue entry, with ends that run as edges.
Connector behind_edge(const Connector& connector, const Launch& launch, const Seams& seams);

/// The whole life of an edge process; the result is its exit status.
int run_edge(const std::vector<Connector>& catalogue, const std::string& socket_path, const Seams& seams);

}  // namespace hub::edge
