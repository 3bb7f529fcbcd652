// JSON Schema documents. Those of XML Schema are in xsd_leaf_paths.cpp.
#include "tests/proof/leaf_paths.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "tests/proof/xsd_leaf_paths.hpp"

namespace proof {

namespace {

namespace json = boost::json;

class JsonPaths {
public:
    explicit JsonPaths(const hub::formats::SchemaTexts& texts) : texts_(texts) {}

    std::set<std::string> run(const std::string& path) {
        std::string name = std::filesystem::path(path).filename().string();
        value(document(path), path, "/" + name.substr(0, name.find('.')));
        return paths_;
    }

private:
    const json::value& document(const std::string& path) {
        const auto known = documents_.find(path);
        if (known != documents_.end()) return known->second;
        return documents_[path] = json::parse(texts_.at(path));
    }

    /// "#/$defs/x" and "../other.json#/$defs/x", as seen from `file`; `file` becomes the one that it leads to.
    const json::value& resolved(const std::string& reference, std::string& file) {
        const auto hash = reference.find('#');
        if (hash != 0) file = (std::filesystem::path(file).parent_path() / reference.substr(0, hash)).lexically_normal().string();
        const json::value& whole = document(file);
        return hash == std::string::npos || hash + 1 == reference.size() ? whole : whole.at_pointer(reference.substr(hash + 1));
    }

    void value(const json::value& schema, std::string file, const std::string& at) {
        const json::object& object = schema.as_object();
        if (const auto* reference = object.if_contains("$ref")) {
            const json::value& target = resolved(std::string(reference->as_string()), file);
            return value(target, file, at);
        }
        if (const auto* items = object.if_contains("items")) return value(*items, file, at);
        const bool below = members(object, file, at);
        if (!below) paths_.insert(at);
    }

    bool members(const json::object& object, const std::string& file, const std::string& at) {
        bool any = false;
        if (const auto* properties = object.if_contains("properties"))
            for (const auto& [name, schema] : properties->as_object()) {
                value(schema, file, at + "/" + std::string(name));
                any = true;
            }
        for (const char* several : {"oneOf", "anyOf", "allOf"})
            if (const auto* branches = object.if_contains(several))
                for (const json::value& branch : branches->as_array()) any = members(branch.as_object(), file, at) || any;
        return any;
    }

    const hub::formats::SchemaTexts& texts_;
    std::map<std::string, json::value> documents_{};
    std::set<std::string> paths_{};
};

}  // namespace

std::set<std::string> leaf_paths(const hub::formats::SchemaTexts& schemas, const std::string& path, const std::string& root) {
    return path.ends_with(".json") ? JsonPaths(schemas).run(path) : xsd_leaf_paths(schemas, path, root);
}

}  // namespace proof
