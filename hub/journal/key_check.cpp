// A sealed word proves the wrapping key, a keyed digest of it the index key.
#include "hub/journal/key_check.hpp"

namespace hub::journal {
namespace {

constexpr std::string_view word = "throughgate", context = "key_check";

Status keep_key(Connection& connection, KeyStore& keys) {
    Result<Statement> row = connection.prepare("INSERT INTO key_check VALUES (1, ?1, ?2, ?3)");
    if (!row) return row.error();
    const Sealed sealed = keys.seal(word, context);
    const Digest keyed = keys.keyed_digest(word);
    row->bind(1, std::string_view(sealed.wrapped_key)).bind(2, std::string_view(sealed.ciphertext)).bind(3, as_bytes(keyed));
    return connection.finish(*row, "keeping the key check");
}

}  // namespace

Status check_key(Connection& connection, const KeyStore& keys, KeyStore* keep) {
    Result<Statement> row = connection.prepare("SELECT wrapped, sealed, keyed FROM key_check");
    if (!row) return row.error();
    const int code = row->step();
    if (code == SQLITE_DONE) {
        if (keep != nullptr) return keep_key(connection, *keep);
        return Error{Remedy::stop, "this store has not been started yet", "", "start the hub on it once", "store_older"};
    }
    if (code != SQLITE_ROW) return error_of(connection.handle(), code, "checking the site key");
    const Result<std::string> opened = keys.open({std::string(row->blob(0)), std::string(row->blob(1))}, context);
    if (opened && *opened == word && row->blob(2) == as_bytes(keys.keyed_digest(word))) return Done{};
    return Error{Remedy::stop, "the site key is not the one that this store was made with", "",
                 "put back the key file that the site was made with", "wrong_site_key"};
}

}  // namespace hub::journal
