// A shim between SQLite and its default file layer: every call goes through, unless its fault is on.
#include "tests/journal/faulty_vfs.hpp"

#include <sqlite3.h>

namespace hub::test {
namespace {

/// What SQLite allocates for a file: this, then the default layer's own file.
struct File {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_vfs* beneath() { return static_cast<sqlite3_vfs*>(sqlite3_vfs_find("unix")); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* into, int size, sqlite3_int64 at) {
    return faults().read_fails ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), into, size, at);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
    return faults().disk_full ? SQLITE_FULL : real(f)->pMethods->xWrite(real(f), from, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); }
int sync(sqlite3_file* f, int flags) {
    ++faults().syncs;
    return faults().sync_fails ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}
int size(sqlite3_file* f, sqlite3_int64* into) { return real(f)->pMethods->xFileSize(real(f), into); }
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int reserved(sqlite3_file* f, int* into) { return real(f)->pMethods->xCheckReservedLock(real(f), into); }
int control(sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); }
int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int traits(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int map(sqlite3_file* f, int page, int size_of_page, int extend, void volatile** into) {
    return real(f)->pMethods->xShmMap(real(f), page, size_of_page, extend, into);
}
int shared_lock(sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); }
void barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

const sqlite3_io_methods methods = {2, close, read, write, truncate, sync, size, lock, unlock, reserved, control, sector, traits,
                                    map, shared_lock, barrier, unmap, nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    const int code = beneath()->xOpen(beneath(), name, real(file), flags, flags_out);
    file->pMethods = real(file)->pMethods != nullptr ? &methods : nullptr;
    return code;
}

}  // namespace

Faults& faults() {
    static Faults switches;
    return switches;
}

std::string faulty_vfs() {
    static sqlite3_vfs layer = [] {
        sqlite3_vfs copy = *beneath();
        copy.szOsFile += static_cast<int>(sizeof(File));
        copy.zName = "faulty";
        copy.xOpen = open;
        return copy;
    }();
    sqlite3_vfs_register(&layer, 0);
    return layer.zName;
}

}  // namespace hub::test
