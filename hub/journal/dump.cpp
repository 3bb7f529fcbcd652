// A chain of digests stands for the dump, so that a large store need not fit into memory.
#include "hub/journal/dump.hpp"

#include <ostream>

namespace hub::journal {

Status dump(const core::Store& store, std::ostream& into) {
    for (const core::Table table : core::all_tables) {
        const Status done = store.scan(table, {}, {}, [&](std::string_view key, std::string_view value) {
            into << core::name_of(table) << ' ' << to_hex(key) << ' ' << to_hex(value) << '\n';
            return true;
        });
        if (!done) return done;
    }
    return Done{};
}

Result<Digest> digest_of_dump(const core::Store& store, const Digester& digester) {
    Digest chain{};
    for (const core::Table table : core::all_tables) {
        const Status done = store.scan(table, {}, {}, [&](std::string_view key, std::string_view value) {
            chain = digester.digest({as_bytes(chain), core::name_of(table), key, value});
            return true;
        });
        if (!done) return done.error();
    }
    return chain;
}

}  // namespace hub::journal
