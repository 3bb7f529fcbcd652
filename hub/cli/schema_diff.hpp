// What another version of a schema changes, path by path.
#pragma once

#include <string>
#include <vector>

#include "hub/formats/schema.hpp"

namespace hub::cli {

struct SchemaChange {
    /// Whether documents that were valid stay so: `widens` allows more, `narrows` less, `changes` neither or both.
    enum class Effect { widens, narrows, changes } effect = Effect::changes;
    std::string path{};  ///< "/court_result/offence/@sequence"
    std::string what{};  ///< "is gone", "may be up to 40 characters long, was 35"
    formats::DeclId before = formats::no_decl, after = formats::no_decl;  ///< no_decl: not in that version
};

/// In the order of the old version's paths, then the new ones. A branch that is gone or new is told once, by its top.
std::vector<SchemaChange> schema_changes(const formats::Schema& before, const formats::Schema& after);

std::string_view name_of(SchemaChange::Effect effect);

}  // namespace hub::cli
