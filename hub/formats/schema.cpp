// Looking things up in a Schema, and reading one by the notation that its file name shows.
//
// The name index is an open-addressing table over (parent, kind, local name): looking a child up costs one hash of its
// name, whatever the number of siblings.
#include "hub/formats/schema.hpp"

#include "hub/formats/csv_table.hpp"
#include "hub/formats/hl7_layout.hpp"
#include "hub/formats/schema_builder.hpp"
#include "hub/formats/xml_validator.hpp"

namespace hub::formats {

namespace {

std::size_t hash_of(DeclId parent, DeclKind kind, std::string_view name) {
    std::uint64_t hash = 1469598103934665603ULL ^ (std::uint64_t{parent} * 2 + static_cast<std::uint64_t>(kind));
    for (const char byte : name) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 29));
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

void read_notation(const SchemaTexts& texts, const std::string& path, const std::string& root, Format format,
                   SchemaBuilder& builder, Problems& problems) {
    if (texts.count(path) == 0) {
        problems.push_back({path, 0, 0, "TG-F101", "the schema document is not there", "add the file, or correct its path"});
    } else if (ends_with(path, ".json")) {
        read_json_schema(texts, path, builder, problems);
    } else if (ends_with(path, ".xsd")) {
        const auto before = problems.size();
        read_xsd(texts, path, root, builder, problems);
        // Also where libxml2 will validate no document: it knows better than our reader whether a schema is one.
        auto validator = problems.size() == before ? compile_validator(texts, path, problems) : nullptr;
        if (format == Format::xml) builder.validator(std::move(validator));
    } else {
        problems.push_back({path, 0, 0, "TG-F102", "the notation of the schema document is not known",
                            "name it .xsd (XML Schema) or .json (JSON Schema)"});
    }
}

/// Whether documents of the schema's format can have its shape.
void check_fit(const Schema& schema, Problems& problems) {
    std::string fault;
    const bool json_schema = ends_with(schema.path(), ".json");
    if ((schema.format() == Format::json) != json_schema) fault = "JSON Schema describes JSON documents, XML Schema all others";
    else if (schema.format() == Format::csv) fault = csv_table(schema).fault;
    else if (schema.format() == Format::hl7) fault = Hl7Layout(schema).fault();
    if (!fault.empty())
        problems.push_back({schema.path(), schema[schema.root()].line, 0, "TG-F130", "documents of this format cannot have the shape: " + fault,
                            "correct the schema, or name the format that it describes"});
}

}  // namespace

Schema::Schema() = default;
Schema::~Schema() = default;

Result<std::shared_ptr<const Schema>> Schema::read(const SchemaTexts& texts, const std::string& path,
                                                   const std::string& root, Format format, Problems& problems) {
    const auto before = problems.size();
    SchemaBuilder builder(path, format);
    read_notation(texts, path, root, format, builder, problems);
    std::shared_ptr<const Schema> schema;
    if (problems.size() == before) schema = builder.finish();
    if (schema != nullptr) check_fit(*schema, problems);
    if (problems.size() == before) return schema;
    return Error{Remedy::stop, "the schema cannot be used: " + problems[before].what, path, problems[before].cure,
                 problems[before].code};
}

void Schema::index_names() {
    std::size_t slots = 16;
    while (slots < declarations_.size() * 2) slots *= 2;
    names_.assign(slots, no_decl);
    for (DeclId id = 1; id < declarations_.size(); ++id) {
        const Declaration& each = declarations_[id];
        std::size_t slot = hash_of(each.parent, each.kind, each.name) & (slots - 1);
        while (names_[slot] != no_decl) slot = (slot + 1) & (slots - 1);
        names_[slot] = id;
    }
}

DeclId Schema::find(DeclId parent, DeclKind kind, const std::string_view* ns, std::string_view name) const {
    const std::size_t mask = names_.size() - 1;
    for (std::size_t slot = hash_of(parent, kind, name) & mask; names_[slot] != no_decl; slot = (slot + 1) & mask) {
        const Declaration& each = declarations_[names_[slot]];
        if (each.parent == parent && each.kind == kind && each.name == name && (ns == nullptr || each.ns == *ns))
            return names_[slot];
    }
    return no_decl;
}

DeclId Schema::child(DeclId parent, DeclKind kind, std::string_view ns, std::string_view name) const {
    return find(parent, kind, &ns, name);
}

DeclId Schema::child_any_ns(DeclId parent, DeclKind kind, std::string_view name) const {
    return find(parent, kind, nullptr, name);
}

std::string Schema::path_of(DeclId id) const {
    std::string path;
    for (; id != no_decl; id = declarations_[id].parent) {
        const Declaration& each = declarations_[id];
        path.insert(0, (each.kind == DeclKind::attribute ? "/@" : "/") + each.name);
    }
    return path;
}

}  // namespace hub::formats
