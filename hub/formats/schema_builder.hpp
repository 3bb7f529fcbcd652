// How the notations put a Schema together. Used by the readers of XML Schema (xsd_reader.cpp) and JSON Schema
// (json_schema_reader.cpp) only.
#pragma once

#include "hub/formats/schema.hpp"

namespace hub::formats {

class SchemaBuilder {
public:
    SchemaBuilder(std::string path, Format format);
    ~SchemaBuilder();

    /// The first call makes the root. Children are added in document order, attributes before elements.
    DeclId declare(DeclId parent, Declaration declaration);
    Declaration& at(DeclId id);
    std::size_t size() const;
    SimpleType* own(SimpleType type);
    void content(DeclId element, Particle particle);
    void constrain(Constraint constraint);
    void validator(std::unique_ptr<Schema::Validator> validator);
    std::shared_ptr<const Schema> finish();

    static constexpr std::size_t declarations_max = 20'000;

private:
    std::shared_ptr<Schema> schema_;
};

/// Each fills a builder; problems carry TG-F1xx codes with file and line.
void read_xsd(const SchemaTexts& texts, const std::string& path, const std::string& root, SchemaBuilder& builder, Problems& problems);
void read_json_schema(const SchemaTexts& texts, const std::string& path, SchemaBuilder& builder, Problems& problems);

}  // namespace hub::formats
