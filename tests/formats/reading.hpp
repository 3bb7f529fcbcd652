// Reading a schema and documents that a test writes down as text. Shared by the JSON, CSV and HL7 tests of this room.
#pragma once

#include <boost/test/unit_test.hpp>

#include "hub/formats/codec.hpp"

namespace hub::formats::test {

inline std::string told(const Problems& problems) {
    std::string text;
    for (const auto& problem : problems) text += to_text(problem) + "\n";
    return text;
}

/// The schema of `texts`' document "schema.json" or "schema.xsd"; the test fails when it cannot be read.
inline std::shared_ptr<const Schema> schema_of(const SchemaTexts& texts, Format format, const std::string& root = {}) {
    Problems problems;
    const std::string path = texts.count("schema.json") != 0 ? "schema.json" : "schema.xsd";
    auto schema = Schema::read(texts, path, root, format, problems);
    BOOST_REQUIRE_MESSAGE(bool(schema), told(problems));
    return *schema;
}

/// One decoded document with everything that it needs to stay alive.
struct Read {
    std::shared_ptr<const Schema> schema{};
    Document document{};
    Decoded decoded{};

    bool valid() const { return decoded.problems.empty(); }
    std::string problems() const { return told(decoded.problems); }
    bool mentions(const std::string& text) const { return problems().find(text) != std::string::npos; }
    std::string encoded(Style style = {}) const {
        std::string text;
        encode(document, text, style);
        return text;
    }
    /// Text of the first node with that path ("/event/person/name"); "<none>" when there is none, "<nil>" for nil.
    std::string at(const std::string& path) const {
        for (NodeId node = 0; node < document.size(); ++node)
            if (schema->path_of(document[node].decl) == path)
                return document[node].nil != 0 ? "<nil>" : std::string(document.text(node));
        return "<none>";
    }
    std::size_t count(const std::string& path) const {
        std::size_t number = 0;
        for (NodeId node = 0; node < document.size(); ++node) number += schema->path_of(document[node].decl) == path ? 1 : 0;
        return number;
    }
};

inline Read read(std::shared_ptr<const Schema> schema, std::string_view bytes, const Limits& limits = {}) {
    Read read;
    read.decoded = make_decoder(*schema, limits)->decode(bytes, "sample", read.document);
    read.schema = std::move(schema);
    return read;
}

/// Every node as "path=text" in document order: what two equal documents have in common.
inline std::string shown(const Read& read) {
    std::string text;
    for (NodeId node = 0; node < read.document.size(); ++node)
        text += read.schema->path_of(read.document[node].decl) + (read.document[node].nil != 0 ? "=<nil>" : "=") +
                std::string(read.document.text(node)) + "\n";
    return text;
}

}  // namespace hub::formats::test
