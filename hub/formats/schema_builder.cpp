// Puts a Schema together; finish() makes it immutable: names indexed, facets compiled.
#include "hub/formats/schema_builder.hpp"

#include "hub/formats/facets.hpp"
#include "hub/formats/xml_validator.hpp"

namespace hub::formats {

SchemaBuilder::SchemaBuilder(std::string path, Format format) : schema_(new Schema) {
    schema_->path_ = std::move(path);
    schema_->format_ = format;
}

SchemaBuilder::~SchemaBuilder() = default;

DeclId SchemaBuilder::declare(DeclId parent, Declaration declaration) {
    const auto id = static_cast<DeclId>(schema_->declarations_.size());
    declaration.parent = parent;
    schema_->declarations_.push_back(std::move(declaration));
    schema_->contents_.emplace_back();
    if (parent != no_decl) schema_->declarations_[parent].children.push_back(id);
    return id;
}

Declaration& SchemaBuilder::at(DeclId id) { return schema_->declarations_[id]; }

std::size_t SchemaBuilder::size() const { return schema_->declarations_.size(); }

SimpleType* SchemaBuilder::own(SimpleType type) {
    schema_->types_.push_back(std::make_unique<SimpleType>(std::move(type)));
    return schema_->types_.back().get();
}

void SchemaBuilder::content(DeclId element, Particle particle) { schema_->contents_[element] = std::move(particle); }

void SchemaBuilder::constrain(Constraint constraint) { schema_->constraints_.push_back(std::move(constraint)); }

void SchemaBuilder::validator(std::unique_ptr<Schema::Validator> validator) { schema_->validator_ = std::move(validator); }

std::shared_ptr<const Schema> SchemaBuilder::finish() {
    for (const auto& type : schema_->types_) type->compiled = compile_facets(*type);
    schema_->index_names();
    return std::move(schema_);
}

}  // namespace hub::formats
