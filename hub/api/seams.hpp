// The hub's only ways to the world outside: time, chance, disk, threads' waiting, keys and digests.
//
// Everything in hub/ that is not pure takes these by reference; the composition root owns them and destroys them
// last. A simulation passes its own. Connectors may own their sockets: a simulation replaces them at Source and Sink.
// All functions may be called from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hub/api/digest.hpp"
#include "hub/api/error.hpp"
#include "hub/api/instant.hpp"

namespace hub {

class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time; goes into entries.
    virtual Instant now() const = 0;
    /// Never goes back; for pauses and time-outs only.
    virtual std::chrono::nanoseconds steady() const = 0;
};

class Random {
public:
    virtual ~Random() = default;
    /// Fills with bytes fit for keys and nonces.
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// Whole small files: configuration, keys, pid files. SQLite goes through its own file layer.
class Disk {
public:
    virtual ~Disk() = default;
    virtual Result<std::string> read(const std::string& path, std::size_t bytes_max) const = 0;
    /// Replaces the file or leaves it as it was: temporary name, fsync, rename, fsync of the folder. Mode 0600.
    virtual Status write(const std::string& path, std::string_view bytes) = 0;
    /// Regular files below `folder`, as paths relative to it, sorted; symbolic links are not followed.
    virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;
    /// Like read(), for key files: a file that others than its owner may read is refused. A disk without owners just reads.
    virtual Result<std::string> read_secret(const std::string& path, std::size_t bytes_max) const { return read(path, bytes_max); }
};

/// Runs long-lived tasks and lets them wait. The real one owns threads.
class Scheduler {
public:
    virtual ~Scheduler() = default;
    /// Starts `task`; it ends soon after its token asks. The returned handle asks, and waits for the end, on destruction.
    virtual std::jthread start(std::string name, std::function<void(std::stop_token)> task) = 0;
    /// Returns after `pause`, or soon after `stop` is requested.
    virtual void wait(std::chrono::nanoseconds pause, std::stop_token stop) = 0;
};

/// A listening or connected byte stream is a connector's affair; the hub itself only needs a Unix socket for edges.
class Net {
public:
    virtual ~Net() = default;
    /// Listens on a Unix socket with mode 0600; the descriptor is the caller's to close.
    virtual Result<int> listen_unix(const std::string& path) = 0;
    virtual Result<int> connect_unix(const std::string& path) = 0;
};

/// SHA-256. Parts are hashed with their lengths in front, so that ("ab","c") and ("a","bc") differ.
class Digester {
public:
    virtual ~Digester() = default;
    virtual Digest digest(std::span<const std::string_view> parts) const = 0;
    /// Plain SHA-256 of the bytes, as a partner would compute it.
    virtual Digest sha256(std::string_view bytes) const = 0;

    Digest digest(std::initializer_list<std::string_view> parts) const {
        return digest(std::span<const std::string_view>(parts.begin(), parts.size()));
    }
};

/// A value sealed with AES-256-GCM under a data key of its own, that key wrapped by the site key. Destroying
/// `wrapped_key` erases the value everywhere.
struct Sealed {
    std::string wrapped_key{};
    std::string ciphertext{};  ///< nonce, ciphertext, tag
};

class KeyStore {
public:
    virtual ~KeyStore() = default;
    /// HMAC-SHA-256 under the site's index key; what identifier indexes hold.
    virtual Digest keyed_digest(std::string_view bytes) const = 0;
    /// `context` is bound to the ciphertext (additional data): opening under another context fails.
    virtual Sealed seal(std::string_view plain, std::string_view context) = 0;
    virtual Result<std::string> open(const Sealed& sealed, std::string_view context) const = 0;
};

}  // namespace hub
