// Whole small files on the real disk: a file is replaced entirely or not at all.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/cli/system.hpp"

namespace hub::cli {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { if (number_ >= 0) ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int operator*() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

Error disk_error(const std::string& path, const std::string& what, int number) {
    const bool full = number == ENOSPC || number == EDQUOT;
    Error error{full ? Remedy::retry : Remedy::stop, what + ": " + std::strerror(number), path, "", full ? "disk_full" : "disk"};
    if (full) error.cure = "make room on the disk";
    if (number == ENOENT) error.code = "no_file";
    if (number == EACCES) error.cure = "give the hub's user the right to it";
    return error;
}

Result<std::string> read_all(const Descriptor& file, const std::string& path, std::size_t bytes_max) {
    std::string bytes;
    char block[65'536];
    for (;;) {
        const ssize_t got = ::read(*file, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk_error(path, "cannot read the file", errno);
        if (got == 0) return bytes;
        bytes.append(block, static_cast<std::size_t>(got));
        if (bytes.size() > bytes_max)
            return Error{Remedy::reject, "the file has more than the " + std::to_string(bytes_max) + " bytes that are allowed here", path,
                         "", "file_too_large"};
    }
}

Result<std::string> read_file(const std::string& path, std::size_t bytes_max, bool secret) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return disk_error(path, "cannot open the file", errno);
    struct stat found{};
    if (::fstat(*file, &found) != 0) return disk_error(path, "cannot look at the file", errno);
    if (!S_ISREG(found.st_mode)) return Error{Remedy::stop, "this is not a regular file", path, "name a file; - is standard input where a command takes one", "disk"};
    if (secret && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{Remedy::stop, "this key file is open to others than its owner", path, "chmod 600 " + path, "key_exposed"};
    return read_all(file, path, bytes_max);
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(file, bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) return false;
        if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

std::string folder_of(const std::string& path) {
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
}

}  // namespace

Result<std::string> SystemDisk::read(const std::string& path, std::size_t bytes_max) const { return read_file(path, bytes_max, false); }

Result<std::string> SystemDisk::read_secret(const std::string& path, std::size_t bytes_max) const {
    return read_file(path, bytes_max, true);
}

Status SystemDisk::write(const std::string& path, std::string_view bytes) {
    std::string temporary = path + ".XXXXXX";
    {
        const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
        if (!file) return disk_error(path, "cannot make a file beside it", errno);
        if (!write_all(*file, bytes) || ::fsync(*file) != 0) {
            const int number = errno;
            ::unlink(temporary.c_str());
            return disk_error(path, "cannot write the file", number);
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const int number = errno;
        ::unlink(temporary.c_str());
        return disk_error(path, "cannot put the file in its place", number);
    }
    const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(*folder) != 0) return disk_error(path, "cannot make the file's name durable", errno);
    return Done{};
}

Result<std::vector<std::string>> SystemDisk::list(const std::string& folder) const {
    namespace fs = std::filesystem;
    std::error_code wrong;
    std::vector<std::string> found;
    fs::recursive_directory_iterator at(folder, wrong), end;
    while (!wrong && at != end) {
        if (fs::is_regular_file(at->symlink_status(wrong))) found.push_back(at->path().lexically_relative(folder).generic_string());
        if (found.size() > list_max)
            return Error{Remedy::stop, "the folder holds more than " + std::to_string(list_max) + " files", folder, "", "too_many_files"};
        at.increment(wrong);
    }
    if (wrong) return disk_error(folder, "cannot list the folder", wrong.value());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace hub::cli
