// Runs another program to its end and keeps what it printed: for peers that are not ours.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <string>
#include <vector>

namespace support {

struct Ran {
    int status = -1;       ///< exit status; -1 when it did not start or was killed
    std::string output{};  ///< standard output and error together
};

/// The program is ended after a minute.
inline Ran run_program(std::vector<std::string> words) {
    words.insert(words.begin(), {"/usr/bin/timeout", "60"});
    std::vector<char*> arguments;
    for (std::string& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    pid_t pid = 0;
    const bool started = posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    Ran ran;
    std::array<char, 4096> bytes{};
    for (ssize_t got = 0; (got = read(ends[0], bytes.data(), bytes.size())) > 0;) ran.output.append(bytes.data(), static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    if (started && waitpid(pid, &status, 0) == pid && WIFEXITED(status)) ran.status = WEXITSTATUS(status);
    return ran;
}

/// Debian's own interpreter: the one that sees Debian's python3-* packages.
constexpr const char* debian_python = "/usr/bin/python3";

/// False, and said aloud, when Debian's Python has no such module.
inline bool python_has(const std::string& module, const std::string& package) {
    if (run_program({debian_python, "-c", "import " + module}).status == 0) return true;
    std::cerr << "skipped: " << package << " absent\n";
    return false;
}

}  // namespace support
