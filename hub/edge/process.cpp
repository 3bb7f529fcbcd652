#include "hub/edge/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hub::edge {
namespace {

/// `grace`: how much later the kernel no longer says why (for CPU time: SIGXCPU first, then SIGKILL).
bool limit(int resource, std::int64_t most, std::int64_t grace = 0) {
    const rlimit both{static_cast<rlim_t>(most), static_cast<rlim_t>(most + grace)};
    return ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both) == 0;
}

/// Runs between fork and exec: system calls only, because other threads of the hub may hold any lock.
[[noreturn]] void become(char* const* arguments, char* const* environment, const Limits& limits, pid_t parent) {
    bool good = ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent;
    good = good && ::setsid() >= 0;  // signals meant for the hub's terminal are the hub's to handle
    const int nothing = ::open("/dev/null", O_RDWR);
    good = good && nothing >= 0 && ::dup2(nothing, 0) == 0 && ::dup2(nothing, 1) == 1;
    good = good && ::close_range(3, ~0U, 0) == 0;
    ::umask(077);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    good = good && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    good = good && (limits.cpu_seconds_max == 0 || limit(RLIMIT_CPU, limits.cpu_seconds_max, 1));
    good = good && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, limits.files_max) && limit(RLIMIT_AS, limits.memory_bytes_max);
    if (good) ::execve(arguments[0], arguments, environment);
    ::_exit(exit_not_started);
}

std::string in_words(int status) {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return "it reached cpu_seconds_max";
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
    switch (WEXITSTATUS(status)) {
        case exit_memory: return "it reached memory_bytes_max";
        case exit_not_confined: return "it could not be confined: the kernel has no seccomp, or does not let this user use it";
        case exit_hangs: return "its connector did not return from a call";
        case exit_not_started: return "its program could not be started";
        default: return "exit status " + std::to_string(WEXITSTATUS(status));
    }
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const std::vector<std::string>& command, const Limits& limits,
                                                Scheduler& scheduler) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    char* environment[] = {nullptr};

    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) become(arguments.data(), environment, limits, parent);
    if (pid < 0)
        return Error{Remedy::retry, "no process could be started: " + std::string(std::strerror(errno)), command.front(), "", "TG-E001"};
    return std::make_unique<Process>(pid, scheduler);
}

Process::~Process() { end(std::chrono::milliseconds(0)); }

bool Process::has_ended() {
    if (!reaped_) reaped_ = ::waitpid(pid_, &status_, WNOHANG) == pid_;
    return reaped_;
}

std::string Process::end(std::chrono::milliseconds patience) {
    constexpr auto pause = std::chrono::milliseconds(5);
    for (; !has_ended() && patience.count() > 0; patience -= pause) scheduler_.wait(pause, {});
    if (!has_ended()) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {}
        reaped_ = true;
    }
    return in_words(status_);
}

}  // namespace hub::edge
