// A folder held by its descriptor, and the few things that are done to files in it. Every name is resolved beneath the
// folder; symbolic links are never followed, nothing is ever overwritten, and other kinds of file are not opened.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/api/error.hpp"

namespace connectors::folder {

/// What a look at a name shows, without following it.
struct Seen {
    std::string name{};
    bool regular = false;
    ino_t inode = 0;
    off_t bytes = 0;
    timespec changed{};
    nlink_t links = 0;

    bool same_file(const Seen& other) const {
        return inode == other.inode && bytes == other.bytes && changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec;
    }
};

class Shelf {
public:
    Shelf() = default;
    /// The folder must exist; the path itself may contain links, it is the operator's.
    static hub::Result<Shelf> open(const std::string& path);
    /// A folder inside, made with this mode if missing.
    hub::Result<Shelf> inner(const std::string& name, mode_t mode = S_IRWXU) const;

    Shelf(Shelf&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
    Shelf& operator=(Shelf&& other) noexcept;
    ~Shelf();

    /// At most `names_max` entries, folders left out, oldest first.
    hub::Result<std::vector<Seen>> list(std::size_t names_max) const;
    /// Empty when there is nothing of this name.
    std::optional<Seen> look(const std::string& name) const;
    /// The bytes of the very file that was seen. Errors: reject when it is another file, no regular one, one with a
    /// second name, or longer than `bytes_max`; retry when it changed while it was read.
    hub::Result<std::string> read(const Seen& seen, std::size_t bytes_max) const;
    /// A new file, or reconnect, retry or stop by what the system says. `mode` is not subject to the umask.
    hub::Status write(const std::string& name, std::string_view bytes, mode_t mode) const;
    /// Moves without overwriting; the error's code is "exists" when the name is taken there.
    hub::Status move(const std::string& name, const Shelf& to, const std::string& new_name) const;
    void remove(const std::string& name) const;
    /// Makes the moves so far durable.
    hub::Status sync() const;

    bool is_open() const { return fd_ >= 0; }
    const std::string& path() const { return path_; }

private:
    Shelf(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    int open_beneath(const std::string& name, int flags, mode_t mode) const;
    hub::Error failed(const std::string& what, const std::string& name, int number) const;

    std::string path_{};
    int fd_ = -1;
};

constexpr std::string_view code_exists = "exists";

}  // namespace connectors::folder
