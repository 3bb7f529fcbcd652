// JSON Schema (2020-12, a subset) to the schema model.
//
// Known: type (also with "null"), properties, required, items, minItems, maxItems, enum, const, pattern, minLength,
// maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf 1, format, additionalProperties true or
// false (members that no schema names are withheld either way), $ref, and oneOf of objects told apart. Everything else
// that would change which documents are valid is refused by name and line; annotations are passed over.
//
// The root's name, which JSON does not have, is the file's: "schemas/partners/prison/event.schema.json" is /event.
// An object's members are an `all`: JSON objects have no order. The order of "properties" is the order of encoding.
#include <algorithm>
#include <optional>

#include "hub/formats/json_rules.hpp"
#include "hub/formats/json_schema_choice.hpp"
#include "hub/formats/json_schema_document.hpp"
#include "hub/formats/json_schema_types.hpp"
#include "hub/formats/schema_builder.hpp"

namespace hub::formats {
namespace {

using Kind = JsonType::Kind;

constexpr std::size_t schema_depth_max = 64;  ///< objects within objects, references followed
constexpr int reference_hops_max = 32;

/// A schema with its references followed.
struct Resolved {
    JsonLocated schema{};
    bool nullable = false;
};

struct Declared {
    DeclId id = no_decl;
    std::optional<ArrayRules> array{};
};

Particle element(const Declared& declared, bool required) {
    if (declared.array) {
        ArrayRules rules = *declared.array;
        rules.required = required;
        return array_particle(declared.id, rules);
    }
    Particle particle;
    particle.kind = Particle::Kind::element;
    particle.element = declared.id;
    particle.occurs_min = required ? 1 : 0;
    return particle;
}

JsonShape shape_of(Kind kind) {
    switch (kind) {
        case Kind::object: return JsonShape::object;
        case Kind::integer:
        case Kind::number: return JsonShape::number;
        case Kind::boolean: return JsonShape::boolean;
        case Kind::null: return JsonShape::null_value;
        default: return JsonShape::string;
    }
}

std::string stem_of(const std::string& path) {
    const auto name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
    return name.substr(0, name.find('.'));
}

class Reader {
public:
    Reader(const SchemaTexts& texts, SchemaBuilder& builder, Problems& problems)
        : documents_(texts, problems), builder_(builder) {}

    void read(const std::string& path);

private:
    std::optional<Resolved> resolve(JsonLocated schema);
    std::optional<Declared> declare(DeclId parent, const std::string& name, const JsonLocated& schema, bool required);
    std::optional<Declared> declare_array(DeclId parent, Declaration declaration, const Resolved& array, bool nullable, bool required);
    bool describe(Declaration& declaration, const Resolved& resolved, JsonType type);
    std::optional<Declared> add(DeclId parent, Declaration declaration, const Resolved& resolved);
    void fill_object(DeclId object, const JsonLocated& schema);
    void fill_choice(DeclId object, const JsonLocated& one_of, const JsonMembers& base,
                     const std::vector<JsonMembers>& branches, Particle& content);
    std::vector<JsonMembers> branches_of(const JsonLocated& one_of);
    void widen(DeclId id, const std::string& name, const std::vector<JsonMembers>& branches);

    JsonSchemaDocuments documents_;
    SchemaBuilder& builder_;
    std::vector<const JsonValue*> open_{};  ///< objects being filled, outermost first
    bool full_ = false;                     ///< declarations_max was reported
};

void Reader::read(const std::string& path) {
    const auto document = documents_.load(path, {nullptr, path});
    if (document.value == nullptr) return;
    const auto resolved = resolve(document);
    if (!resolved) return;
    const auto type = json_type(resolved->schema, documents_);
    if (type.kind == Kind::unknown) return;
    if (type.kind != Kind::object || type.nullable || resolved->nullable)
        return documents_.problem(document, "TG-F126", "the document must be an object", "give the schema \"type\": \"object\"");
    Declaration root;
    root.name = stem_of(path);
    root.file = document.file;
    root.line = document.value->line;
    if (describe(root, *resolved, type)) add(no_decl, std::move(root), *resolved);
}

std::optional<Resolved> Reader::resolve(JsonLocated schema) {
    Resolved resolved{std::move(schema), false};
    for (int hops = 0; hops < reference_hops_max; ++hops) {
        const JsonLocated& at = resolved.schema;
        if (at.value->kind != JsonKind::object) {
            documents_.problem(at, "TG-F126", "a schema must be an object; 'true' and 'false' have no finite tree of paths");
            return std::nullopt;
        }
        JsonLocated next;
        const auto* reference = at.value->member("$ref");
        const auto* one_of = at.value->member("oneOf");
        const bool or_null = one_of != nullptr && at.value->member("type") == nullptr && one_of->items.size() == 2;
        if (reference != nullptr) {
            JsonValue rest = *at.value;
            std::erase_if(rest.members, [](const auto& member) { return member.first == "$ref"; });
            check_keywords({&rest, at.file}, {Kind::unknown, false}, documents_);
            next = documents_.follow(at, *reference);
            if (next.value == nullptr) return std::nullopt;
        } else if (or_null) {
            for (const auto& branch : one_of->items) {
                const auto* type = branch.member("type");
                const bool null = type != nullptr && type->kind == JsonKind::string && type->text == "null";
                if (null) resolved.nullable = true;
                else next = {&branch, at.file};
            }
            if (!resolved.nullable || next.value == nullptr) return resolved;
        } else {
            return resolved;
        }
        resolved.schema = std::move(next);
    }
    documents_.problem(resolved.schema, "TG-F124", "references lead in a circle", "recursive documents have no finite tree of paths");
    return std::nullopt;
}

/// Fills in what is said of a value: its shape, simple type, null and const.
bool Reader::describe(Declaration& declaration, const Resolved& resolved, JsonType type) {
    check_keywords(resolved.schema, type, documents_);
    declaration.json = shape_of(type.kind);
    declaration.nillable = type.nullable || resolved.nullable || type.kind == Kind::null;
    if (type.kind == Kind::object) return true;
    declaration.type = builder_.own(json_simple_type(resolved.schema, type, documents_));
    if (resolved.schema.value->member("const") != nullptr && declaration.type->enumeration.size() == 1)
        declaration.fixed = declaration.type->enumeration.front();
    return true;
}

std::optional<Declared> Reader::declare(DeclId parent, const std::string& name, const JsonLocated& schema, bool required) {
    const auto resolved = resolve(schema);
    if (!resolved) return std::nullopt;
    const auto type = json_type(resolved->schema, documents_);
    if (type.kind == Kind::unknown) return std::nullopt;
    Declaration declaration;
    declaration.name = name;
    declaration.file = schema.file;
    declaration.line = schema.value->line;
    if (type.kind == Kind::array)
        return declare_array(parent, std::move(declaration), *resolved, type.nullable || resolved->nullable, required);
    declaration.occurs_min = required ? 1 : 0;
    describe(declaration, *resolved, type);
    return add(parent, std::move(declaration), *resolved);
}

std::optional<Declared> Reader::declare_array(DeclId parent, Declaration declaration, const Resolved& array, bool nullable,
                                              bool required) {
    const JsonLocated& schema = array.schema;
    check_keywords(schema, {Kind::array, false}, documents_);
    const auto* items = schema.value->member("items");
    if (items == nullptr) {
        documents_.problem(schema, "TG-F129", "the array does not say what its items are", "add \"items\"");
        return std::nullopt;
    }
    const auto item = resolve({items, schema.file});
    if (!item) return std::nullopt;
    const auto type = json_type(item->schema, documents_);
    if (type.kind == Kind::unknown) return std::nullopt;
    ArrayRules rules;
    rules.items_min = json_count(schema, "minItems", documents_).value_or(0);
    rules.items_max = json_count(schema, "maxItems", documents_).value_or(unbounded);
    rules.nullable = nullable;
    if (type.kind == Kind::array || rules.items_max == 0 || rules.items_min > rules.items_max) {
        documents_.problem(schema, "TG-F129", type.kind == Kind::array ? "an array of arrays has no paths of its own"
                                                                       : "no array can have so many items",
                           "let items be objects or single values, and minItems and maxItems leave room for some");
        return std::nullopt;
    }
    describe(declaration, *item, type);
    if (rules.items_max == 1) declaration.json = JsonShape::array_item;
    declaration.occurs_min = required && !nullable ? rules.items_min : 0;
    declaration.occurs_max = rules.items_max;
    auto declared = add(parent, std::move(declaration), *item);
    if (declared) declared->array = rules;
    return declared;
}

std::optional<Declared> Reader::add(DeclId parent, Declaration declaration, const Resolved& resolved) {
    const JsonLocated place{resolved.schema.value, declaration.file};
    if (builder_.size() >= SchemaBuilder::declarations_max || open_.size() >= schema_depth_max) {
        if (!full_)
            documents_.problem(place, "TG-F128", builder_.size() >= SchemaBuilder::declarations_max
                                                     ? "declarations_max = " + std::to_string(SchemaBuilder::declarations_max) + " is exceeded"
                                                     : "schema_depth_max = " + std::to_string(schema_depth_max) + " is exceeded",
                               "describe less in one document");
        full_ = true;
        return std::nullopt;
    }
    const bool object = declaration.type == nullptr;
    const DeclId id = builder_.declare(parent, std::move(declaration));
    if (object) fill_object(id, resolved.schema);
    return Declared{id, {}};
}

void Reader::fill_object(DeclId object, const JsonLocated& schema) {
    if (std::find(open_.begin(), open_.end(), schema.value) != open_.end())
        return documents_.problem(schema, "TG-F124", "the object contains itself", "recursive documents have no finite tree of paths");
    open_.push_back(schema.value);
    const auto members = json_members(schema, documents_);
    Particle content;
    content.kind = Particle::Kind::all;
    std::vector<JsonMembers> branches;
    const auto* one_of = schema.value->member("oneOf");
    if (one_of != nullptr) branches = branches_of({one_of, schema.file});
    const auto contested = contested_names(members, branches);
    for (const auto& name : members.names) {
        if (full_ || std::find(contested.begin(), contested.end(), name) != contested.end()) continue;
        const bool required = members.needs(name);
        if (const auto declared = declare(object, name, members.schemas.at(name), required))
            content.parts.push_back(element(*declared, required));
    }
    for (const auto& name : members.required)
        if (!members.declares(name) && std::find(contested.begin(), contested.end(), name) == contested.end())
            documents_.problem(schema, "TG-F122", "member '" + name + "' is required but not described");
    if (!branches.empty()) fill_choice(object, {one_of, schema.file}, members, branches, content);
    builder_.content(object, std::move(content));
    open_.pop_back();
}

std::vector<JsonMembers> Reader::branches_of(const JsonLocated& one_of) {
    std::vector<JsonMembers> branches;
    for (const auto& item : one_of.value->items) {
        const auto resolved = resolve({&item, one_of.file});
        if (!resolved) continue;
        const auto* type = resolved->schema.value->member("type");
        if (type != nullptr && type->text != "object")
            documents_.problem(resolved->schema, "TG-F127", "a branch of oneOf is no object", "only objects can be told apart");
        check_keywords(resolved->schema, {Kind::object, false}, documents_);
        if (const auto* nested = resolved->schema.value->member("oneOf"))
            documents_.problem({nested, resolved->schema.file}, "TG-F127", "oneOf directly within oneOf", "list all branches side by side");
        branches.push_back(json_members(resolved->schema, documents_));
    }
    check_told_apart(branches, one_of, documents_);
    return branches;
}

/// A member that each branch fixes by "const" may have any of these values.
void Reader::widen(DeclId id, const std::string& name, const std::vector<JsonMembers>& branches) {
    SimpleType type = *builder_.at(id).type;
    for (const auto& branch : branches) {
        const auto* value = json_const(branch, name);
        if (value == nullptr || std::count(type.enumeration.begin(), type.enumeration.end(), value->text) != 0) continue;
        type.enumeration.push_back(value->text);
    }
    if (type.enumeration.size() > 1) builder_.at(id).fixed.clear();
    builder_.at(id).type = builder_.own(std::move(type));
}

void Reader::fill_choice(DeclId object, const JsonLocated& one_of, const JsonMembers& base,
                         const std::vector<JsonMembers>& branches, Particle& content) {
    std::map<std::string, Declared> declared;
    for (const auto& name : contested_names(base, branches)) {
        const auto schema = merged_schema(name, base, branches, one_of, documents_);
        const auto made = schema.value == nullptr || full_ ? std::nullopt : declare(object, name, schema, false);
        if (!made) continue;
        if (!base.declares(name) && builder_.at(made->id).type != nullptr && schema.value->member("const") != nullptr)
            widen(made->id, name, branches);
        declared.emplace(name, *made);
    }
    Particle choice;
    choice.kind = Particle::Kind::choice;
    for (const auto& branch : branches) {
        Particle all;
        all.kind = Particle::Kind::all;
        for (const auto& [name, member] : declared) {
            if (!branch.declares(name) && !branch.needs(name)) continue;
            Particle part = element(member, branch.needs(name) || base.needs(name));
            if (const auto* value = json_const(branch, name)) part.only_value = value->text;
            all.parts.push_back(std::move(part));
        }
        choice.parts.push_back(std::move(all));
    }
    content.parts.push_back(std::move(choice));
}

}  // namespace

void read_json_schema(const SchemaTexts& texts, const std::string& path, SchemaBuilder& builder, Problems& problems) {
    Reader(texts, builder, problems).read(path);
}

}  // namespace hub::formats
