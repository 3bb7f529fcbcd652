// See shelf.hpp.
#include "connectors/folder/shelf.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace connectors::folder {
namespace {

struct Closed {
    int fd;
    explicit Closed(int opened) : fd(opened) {}
    ~Closed() {
        if (fd >= 0) close(fd);
    }
    Closed(const Closed&) = delete;
    Closed& operator=(const Closed&) = delete;
};

Seen seen_from(const std::string& name, const struct stat& info) {
    return {name, S_ISREG(info.st_mode), info.st_ino, info.st_size, info.st_mtim, info.st_nlink};
}

bool older(const Seen& one, const Seen& other) {
    if (one.changed.tv_sec != other.changed.tv_sec) return one.changed.tv_sec < other.changed.tv_sec;
    if (one.changed.tv_nsec != other.changed.tv_nsec) return one.changed.tv_nsec < other.changed.tv_nsec;
    return one.name < other.name;
}

/// What the hub should do when the system says this.
hub::Remedy remedy_for(int number) {
    switch (number) {
        case ENOSPC: case EDQUOT: case EFBIG: case EMFILE: case ENFILE: case EINTR: case EAGAIN: return hub::Remedy::retry;
        case EACCES: case EPERM: case EROFS: return hub::Remedy::stop;
        case ENAMETOOLONG: return hub::Remedy::reject;
        default: return hub::Remedy::reconnect;
    }
}

std::string cure_for(int number) {
    switch (number) {
        case ENOSPC: case EDQUOT: case EFBIG: return "make room on the disk, or raise the limit that its files have";
        case EACCES: case EPERM: case EROFS: return "let the hub's user write to the folder";
        case ENOENT: case ENOTDIR: return "make the folder, or mount its disk";
        default: return "";
    }
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// As many bytes as the file had when it was seen; fewer when it has become shorter.
std::string read_all(int fd, std::size_t bytes) {
    std::string text(bytes, '\0');
    std::size_t got = 0;
    while (got < bytes) {
        const ssize_t read_now = read(fd, text.data() + got, bytes - got);
        if (read_now < 0 && errno == EINTR) continue;
        if (read_now <= 0) break;
        got += static_cast<std::size_t>(read_now);
    }
    text.resize(got);
    return text;
}

}  // namespace

Shelf& Shelf::operator=(Shelf&& other) noexcept {
    if (this != &other) {
        if (fd_ >= 0) close(fd_);
        fd_ = std::exchange(other.fd_, -1);
        path_ = std::move(other.path_);
    }
    return *this;
}

Shelf::~Shelf() {
    if (fd_ >= 0) close(fd_);
}

hub::Error Shelf::failed(const std::string& what, const std::string& name, int number) const {
    return {remedy_for(number), what + ": " + std::strerror(number), name.empty() ? path_ : path_ + "/" + name, cure_for(number), "TG-D001"};
}

hub::Result<Shelf> Shelf::open(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int number = errno;
    Shelf shelf(path, fd);
    if (fd < 0) return shelf.failed("the folder cannot be opened", "", number);
    return shelf;
}

hub::Result<Shelf> Shelf::inner(const std::string& name, mode_t mode) const {
    if (mkdirat(fd_, name.c_str(), mode) != 0 && errno != EEXIST) return failed("the folder cannot be made", name, errno);
    const int fd = open_beneath(name, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return failed("the folder cannot be opened", name, errno);
    return Shelf(path_ + "/" + name, fd);
}

int Shelf::open_beneath(const std::string& name, int flags, mode_t mode) const {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    return static_cast<int>(syscall(SYS_openat2, fd_, name.c_str(), &how, sizeof how));
}

hub::Result<std::vector<Seen>> Shelf::list(std::size_t names_max) const {
    const int fd = openat(fd_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct CloseFolder {
        void operator()(DIR* folder) const { closedir(folder); }
    };
    const std::unique_ptr<DIR, CloseFolder> folder(fd < 0 ? nullptr : fdopendir(fd));
    if (!folder) return failed("the folder cannot be read", "", errno);
    // A folder that was removed, replaced or covered by a mount stays readable through its descriptor.
    struct stat held {}, named {};
    if (fstat(fd, &held) != 0 || stat(path_.c_str(), &named) != 0 || held.st_ino != named.st_ino || held.st_dev != named.st_dev)
        return failed("the folder is no longer where it was", "", ENOENT);
    std::vector<Seen> found;
    while (found.size() < names_max) {
        const dirent* const entry = readdir(folder.get());
        if (entry == nullptr) break;
        struct stat info {};
        if (fstatat(fd_, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 || S_ISDIR(info.st_mode)) continue;
        found.push_back(seen_from(entry->d_name, info));
    }
    std::sort(found.begin(), found.end(), older);
    return found;
}

std::optional<Seen> Shelf::look(const std::string& name) const {
    struct stat info {};
    if (fstatat(fd_, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    return seen_from(name, info);
}

hub::Result<std::string> Shelf::read(const Seen& seen, std::size_t bytes_max) const {
    const auto refused = [&](const std::string& what) { return hub::Error{hub::Remedy::reject, what, path_ + "/" + seen.name, "", "TG-D002"}; };
    const Closed file(open_beneath(seen.name, O_RDONLY, 0));
    if (file.fd < 0 && (errno == ELOOP || errno == EXDEV || errno == ENXIO)) return refused("it is no regular file");
    if (file.fd < 0 && errno == EACCES) return refused("the hub's user may not read it");
    if (file.fd < 0) return failed("the file cannot be opened", seen.name, errno);
    struct stat info {};
    if (fstat(file.fd, &info) != 0) return failed("the file cannot be looked at", seen.name, errno);
    const Seen before = seen_from(seen.name, info);
    if (!before.regular) return refused("it is no regular file");
    if (before.links != 1) return refused("it has a second name, through which it could be changed");
    if (before.inode != seen.inode) return refused("it was exchanged for another file");
    if (static_cast<std::size_t>(before.bytes) > bytes_max) return refused("it is longer than " + std::to_string(bytes_max) + " bytes");
    std::string bytes = read_all(file.fd, static_cast<std::size_t>(before.bytes));
    if (fstat(file.fd, &info) != 0) return failed("the file cannot be looked at", seen.name, errno);
    if (!before.same_file(seen_from(seen.name, info)) || bytes.size() != static_cast<std::size_t>(before.bytes))
        return hub::Error{hub::Remedy::retry, "the file changed while it was read", path_ + "/" + seen.name, "", "TG-D003"};
    return bytes;
}

hub::Status Shelf::write(const std::string& name, std::string_view bytes, mode_t mode) const {
    const Closed file(open_beneath(name, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR));
    if (file.fd < 0) return failed("the file cannot be made", name, errno);
    if (write_all(file.fd, bytes) && fchmod(file.fd, mode) == 0 && fsync(file.fd) == 0) return hub::Done{};
    const int number = errno;
    remove(name);
    return failed("the file cannot be written", name, number);
}

hub::Status Shelf::move(const std::string& name, const Shelf& to, const std::string& new_name) const {
    int moved = renameat2(fd_, name.c_str(), to.fd_, new_name.c_str(), RENAME_NOREPLACE);
    if (moved != 0 && (errno == EINVAL || errno == ENOSYS)) {
        // File systems that cannot rename like this (NFS) can link, which does not overwrite either.
        moved = linkat(fd_, name.c_str(), to.fd_, new_name.c_str(), 0);
        if (moved == 0) moved = unlinkat(fd_, name.c_str(), 0);
    }
    if (moved == 0) return hub::Done{};
    hub::Error error = failed("the file cannot be moved", name, errno);
    if (errno == EEXIST) error.code = code_exists;
    return error;
}

void Shelf::remove(const std::string& name) const {
    unlinkat(fd_, name.c_str(), 0);
}

hub::Status Shelf::sync() const {
    if (fsync(fd_) != 0) return failed("the folder cannot be made durable", "", errno);
    return hub::Done{};
}

}  // namespace connectors::folder
