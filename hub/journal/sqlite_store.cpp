// Puts the halves together: the writer, the readers, and the cache between them.
#include "hub/journal/sqlite_store.hpp"

#include "hub/journal/cache.hpp"
#include "hub/journal/key_check.hpp"
#include "hub/journal/migrate.hpp"
#include "hub/journal/readers.hpp"
#include "hub/journal/writer.hpp"

namespace hub::journal {

struct SqliteStore::Impl {
    Impl(Readers::Place place, std::size_t cache_bytes_max, const Digester& digester, const KeyStore& keys)
        : cache(cache_bytes_max), readers(std::move(place), digester, keys, health) {}
    Result<std::optional<std::string>> read(core::Table table, std::string_view key) {
        bool served = false;
        if (writer)
            if (Result<std::optional<std::string>> value = writer->get(table, key, served); served) return value;
        return readers.get(table, key);
    }

    Health health{};
    RowCache cache;
    std::unique_ptr<Writer> writer{};  ///< null in a reader: which then caches nothing, because others commit
    Readers readers;                   ///< closed before the writer, whose close empties the log
};

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

std::optional<std::string> SqliteStore::get(core::Table table, std::string_view key) const {
    const bool cached = impl_->writer != nullptr && RowCache::takes(table);
    std::uint64_t generation = 0;
    if (cached)
        if (std::optional<std::string> value = impl_->cache.find(table, key, generation)) return value;
    Result<std::optional<std::string>> value = impl_->read(table, key);
    if (!value) return std::nullopt;  // the store has stopped: see failure()
    if (cached && *value) impl_->cache.fill(table, key, **value, generation);
    return std::move(*value);
}

Status SqliteStore::append(std::span<const core::Commit> group) {
    if (!impl_->writer) return Error{Remedy::stop, "this store is open for reading only", "", "", "read_only"};
    Status done = impl_->writer->append(group);
    if (done) impl_->cache.commit(group);
    return done;
}

std::uint64_t SqliteStore::next_seq() const {
    if (impl_->writer) return impl_->writer->next_seq();
    const Result<std::uint64_t> last = impl_->readers.last_seq();
    return last ? *last + 1 : 1;
}

Status SqliteStore::scan(core::Table table, std::string_view prefix, std::string_view from,
                         const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
    return impl_->readers.scan(table, prefix, from, visit);
}

Status SqliteStore::entries(std::uint64_t seq, const std::function<bool(const core::StoredEntry&)>& visit) const {
    return impl_->readers.entries(seq, visit);
}

Status SqliteStore::destroy_key(std::uint64_t seq) {
    if (!impl_->writer) return Error{Remedy::stop, "this store is open for reading only", "", "", "read_only"};
    return impl_->writer->destroy_key(seq);
}

bool SqliteStore::space_low() const { return impl_->writer && impl_->writer->space_low(); }

std::optional<Error> SqliteStore::failure() const {
    if (impl_->health.good()) return std::nullopt;
    return impl_->health.why();
}

namespace {

Status check_reader(const std::string& path, const StoreOptions& options, const Digester& digester, const KeyStore& keys) {
    Result<Connection> connection = Connection::open(path, Access::read, options.vfs);
    Status done = connection ? check_migrated(*connection, built_in_migrations(), digester) : Status(connection.error());
    if (done) done = check_key(*connection, keys, nullptr);
    if (done) return done;
    Error error = done.error();
    error.where = path;
    return error;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> open_sqlite_store(const std::string& path, const Digester& digester, KeyStore& keys, Mode mode,
                                                       const StoreOptions& options) {
    auto impl = std::make_unique<SqliteStore::Impl>(Readers::Place{path, options.vfs, mode == Mode::snapshot}, options.cache_bytes_max,
                                                    digester, keys);
    if (mode == Mode::writer) {
        Result<std::unique_ptr<Writer>> writer =
            Writer::open({path, options.vfs, options.volatile_allowed, options.reserve_bytes, options.checkpoint_frames}, digester, keys,
                         impl->health);
        if (!writer) return writer.error();
        impl->writer = std::move(*writer);
    } else if (Status good = check_reader(path, options, digester, keys); !good) {
        return good.error();
    }
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

}  // namespace hub::journal
