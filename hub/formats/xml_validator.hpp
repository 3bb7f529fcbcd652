// The schema as libxml2 compiled it, for validation in the same pass as decoding. Shared by all threads, never written.
// Private to this room; the only type of libxml2 that the schema model holds.
#pragma once

#include <memory>
#include <string>

#include "hub/formats/schema.hpp"

struct _xmlSchema;

namespace hub::formats {

struct Schema::Validator {
    explicit Validator(_xmlSchema* compiled) : schema(compiled) {}
    ~Validator();
    Validator(const Validator&) = delete;
    Validator& operator=(const Validator&) = delete;

    _xmlSchema* const schema;
};

/// Compiles `path` with libxml2; includes and imports come out of `texts` only. Null when there are problems (TG-F180).
std::unique_ptr<Schema::Validator> compile_validator(const SchemaTexts& texts, const std::string& path, Problems& problems);

}  // namespace hub::formats
