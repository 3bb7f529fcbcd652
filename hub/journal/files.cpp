// Files, locks and file systems by their Linux calls: a store is tied to a real disk, as SQLite itself is.
#include "hub/journal/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace hub::journal {
namespace {

constexpr long cifs_magic = 0xFF534D42L, smb2_magic = 0xFE534D42L;

Error file_error(const std::string& path, const std::string& what) {
    const int number = errno;
    const bool full = number == ENOSPC || number == EDQUOT;
    return {full ? Remedy::retry : Remedy::stop, what + ": " + std::strerror(number), path,
            full ? "make room on the disk of the data folder" : "", full ? "disk_full" : "store_failed"};
}

std::string folder_of(const std::string& path) {
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
}

bool forgets(long type) { return type == TMPFS_MAGIC || type == RAMFS_MAGIC; }
bool is_shared(long type) { return type == NFS_SUPER_MAGIC || type == SMB_SUPER_MAGIC || type == cifs_magic || type == smb2_magic; }

Status sync_folder(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return file_error(folder, "cannot open the data folder");
    const bool synced = ::fsync(descriptor) == 0;
    const Error error = file_error(folder, "cannot make the data folder durable");
    ::close(descriptor);
    if (!synced) return error;
    return Done{};
}

}  // namespace

Status make_place(const std::string& path, bool volatile_allowed) {
    const std::string folder = folder_of(path);
    struct statfs found{};
    if (::statfs(folder.c_str(), &found) != 0) return file_error(folder, "cannot look at the data folder");
    const auto type = static_cast<long>(found.f_type);
    if (forgets(type) && !volatile_allowed)
        return Error{Remedy::stop, "the data folder is on a file system that a restart of the machine empties", folder,
                     "choose a data folder on a disk", "store_place"};
    if (is_shared(type))
        return Error{Remedy::stop, "the data folder is on a network file system, whose locks and syncs cannot be relied on", folder,
                     "choose a data folder on a disk of this machine", "store_place"};
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return file_error(path, "cannot make the store's file");
    ::close(descriptor);
    return sync_folder(folder);
}

WriterLock::~WriterLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<WriterLock> WriterLock::take(const std::string& path) {
    WriterLock lock;
    lock.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.descriptor_ < 0) return file_error(path, "cannot make the lock file");
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return file_error(path, "cannot lock the lock file");
        char holder[32] = "";
        const ssize_t size = ::pread(lock.descriptor_, holder, sizeof holder - 1, 0);
        const std::string who = size > 0 ? "process " + std::string(holder, static_cast<std::size_t>(size)) : "another process";
        return Error{Remedy::stop, who + " is writing to this store, and only one may", path, "stop it first, or choose another data folder",
                     "store_in_use"};
    }
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(lock.descriptor_, 0) != 0 || ::pwrite(lock.descriptor_, self.data(), self.size(), 0) < 0)
        errno = 0;  // the number is only for the message above; on a full disk the lock holds without it
    return lock;
}

void Reserve::give_back() {
    const std::lock_guard lock(mutex_);
    ::unlink(path_.c_str());
    there_ = false;
}

bool Reserve::make() {
    const std::lock_guard lock(mutex_);
    if (there_) return true;
    struct statvfs room{};
    if (::statvfs(folder_of(path_).c_str(), &room) != 0) return false;
    struct stat left{};  // a reserve of an earlier run counts as room that is there
    const bool stands = ::stat(path_.c_str(), &left) == 0 && static_cast<std::uint64_t>(left.st_size) == bytes_;
    if (!stands && room.f_bavail * room.f_frsize < bytes_ * spare_times) return false;
    const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return false;
    const bool made = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes_)) == 0;
    ::close(descriptor);
    if (!made) ::unlink(path_.c_str());
    there_ = made;
    return made;
}

}  // namespace hub::journal
