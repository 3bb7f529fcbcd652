// A port of the loopback interface for an end that must know its own before it listens, or that stops listening and starts again.
//
// It lies below the range from which the kernel takes the ports of connections and of listeners that do not care, and it is
// in a block that is this process's until it ends: an abstract socket with the block in its name says so to every other test.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>

#include "hub/net/socket.hpp"

namespace support {

/// The lowest port that the kernel gives out by itself.
inline std::uint16_t lowest_kernel_port() {
    std::ifstream range("/proc/sys/net/ipv4/ip_local_port_range");
    unsigned lowest = 0;
    return range >> lowest && lowest > 0 && lowest < 65'536 ? static_cast<std::uint16_t>(lowest) : std::uint16_t{32'768};
}

constexpr unsigned lowest_port = 10'000, block_ports = 100;

/// Takes a block of ports for as long as this process lives; false when another process has it.
inline bool reserve_block(unsigned block) {
    const std::string name = "throughgate-test-ports-" + std::to_string(block);
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::memcpy(where.sun_path + 1, name.data(), name.size());  // the leading zero makes it abstract: gone with the process
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && bind(fd, reinterpret_cast<const sockaddr*>(&where), size) == 0) return true;
    if (fd >= 0) close(fd);
    return false;
}

/// The first port of this process's own block.
inline unsigned own_ports() {
    const unsigned blocks = (lowest_kernel_port() - lowest_port) / block_ports;
    for (unsigned tried = 0; tried < blocks; ++tried) {
        const unsigned block = (static_cast<unsigned>(getpid()) + tried) % blocks;
        if (reserve_block(block)) return lowest_port + block * block_ports;
    }
    throw std::runtime_error("every block of ports is taken");
}

/// Ports come back after block_ports calls, if nobody listens there then. One thread at a time.
inline std::uint16_t free_port() {
    static const unsigned first = own_ports();
    static unsigned next = 0;
    for (unsigned tried = 0; tried < block_ports; ++tried) {
        const auto port = static_cast<std::uint16_t>(first + next++ % block_ports);
        if (hub::net::listen_on({"127.0.0.1", port, {}})) return port;
    }
    throw std::runtime_error("no port is free");
}

}  // namespace support
