// A JSON Schema document in memory, each value with its line, and the references between documents.
// Private to the JSON Schema reader.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/formats/json_parser.hpp"
#include "hub/formats/schema.hpp"

namespace hub::formats {

struct JsonValue {
    JsonKind kind = JsonKind::null;
    int line = 0;
    std::string text{};  ///< of strings (decoded) and numbers, true and false (as written)
    std::vector<std::pair<std::string, JsonValue>> members{};
    std::vector<JsonValue> items{};

    /// Null when there is no such member.
    const JsonValue* member(std::string_view name) const;
};

/// A value and the document it stands in.
struct JsonLocated {
    const JsonValue* value = nullptr;  ///< null: not found, and a problem was reported
    std::string file{};
};

class JsonSchemaDocuments {
public:
    JsonSchemaDocuments(const SchemaTexts& texts, Problems& problems) : texts_(texts), problems_(problems) {}

    /// The document's root value; a problem at most once for each document.
    JsonLocated load(const std::string& path, const JsonLocated& wanted_by);
    /// What a "$ref" in `from` points to: "#/$defs/x", "other.json", "other.json#/$defs/x".
    JsonLocated follow(const JsonLocated& from, const JsonValue& reference);
    void problem(const JsonLocated& at, std::string code, std::string what, std::string cure = {});

private:
    const SchemaTexts& texts_;
    Problems& problems_;
    std::map<std::string, std::unique_ptr<JsonValue>> read_{};  ///< null: unreadable
};

}  // namespace hub::formats
