// The filter is written in the kernel's own few instructions: a list of calls that fail, everything else passes. See seccomp(2).
#include "hub/edge/confine.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace hub::edge {
namespace {

#if defined(__x86_64__)
constexpr unsigned own_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned own_architecture = AUDIT_ARCH_AARCH64;
#else
#error "the numbers of this machine's system calls are not known here"
#endif

/// Programs and processes; other processes; files behind the kernel's back; mounts and namespaces; the kernel and the machine.
constexpr int forbidden[] = {
    SYS_execve, SYS_execveat,
#if defined(__x86_64__)
    SYS_fork, SYS_vfork, SYS_iopl, SYS_ioperm,
#endif
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_process_madvise, SYS_kcmp, SYS_pidfd_open, SYS_pidfd_getfd,
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_open_by_handle_at, SYS_userfaultfd, SYS_memfd_secret,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_move_mount, SYS_open_tree, SYS_fsopen, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    SYS_unshare, SYS_setns,
    SYS_bpf, SYS_perf_event_open, SYS_add_key, SYS_request_key, SYS_keyctl,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_kexec_file_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl,
    SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname, SYS_syslog, SYS_vhangup,
};

class Filter {
public:
    void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset)); }
    void answer(unsigned what) { add(BPF_RET | BPF_K, what); }
    /// The next instruction is for this value only.
    void when(unsigned value) { add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1); }
    void when_not(unsigned value) { add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0); }
    void when_at_least(unsigned value) { add(BPF_JMP | BPF_JGE | BPF_K, value, 0, 1); }
    void when_has(unsigned bits) { add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1); }

    std::vector<sock_filter> code{};

private:
    void add(unsigned operation, unsigned value, unsigned char if_true = 0, unsigned char if_false = 0) {
        code.push_back({static_cast<unsigned short>(operation), if_true, if_false, value});
    }
};

constexpr unsigned allow = SECCOMP_RET_ALLOW;
constexpr unsigned denied = SECCOMP_RET_ERRNO | EPERM;
constexpr unsigned absent = SECCOMP_RET_ERRNO | ENOSYS;

Filter filter() {
    Filter made;
    made.load(offsetof(seccomp_data, arch));
    made.when_not(own_architecture);
    made.answer(denied);
    made.load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    constexpr unsigned other_abi = 0x40000000;  // x32: the same calls under other numbers
    made.when_at_least(other_abi);
    made.answer(denied);
#endif
    for (const int call : forbidden) {
        made.when(static_cast<unsigned>(call));
        made.answer(denied);
    }
    made.when(SYS_clone3);  // its flags stand in memory, where a filter cannot look; the C library then uses clone
    made.answer(absent);
    made.when_not(SYS_clone);
    made.answer(allow);
    made.load(offsetof(seccomp_data, args));
    made.when_has(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET);
    made.answer(denied);
    made.when_has(CLONE_THREAD);
    made.answer(allow);
    made.answer(denied);
    return made;
}

Error not_confined(const char* what) {
    return {Remedy::stop, std::string("the process cannot be confined: ") + what + ": " + std::strerror(errno), "", "run the hub on a kernel with seccomp", "TG-E011"};
}

}  // namespace

Status confine() {
    Filter made = filter();
    const sock_fprog program{static_cast<unsigned short>(made.code.size()), made.code.data()};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return not_confined("PR_SET_NO_NEW_PRIVS");
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return not_confined("PR_SET_SECCOMP");
    return Done{};
}

}  // namespace hub::edge
