// The one model of a document type, whatever its notation: XML Schema, JSON Schema (2020-12, a subset).
// CSV and HL7 v2 documents are described by XML Schema documents too: a CSV file is root/row/column elements in column
// order, an HL7 message has the element names of its v2.xml encoding (message / groups / segments MSH / fields MSH.3 /
// components HD.1 / subcomponents).
//
// A schema is expanded into a finite tree of declarations, one for each path a valid document can have. Declaration 0
// is the root. Recursive types, wildcards, mixed content and substitution groups have no such tree: they are refused,
// by name and line. Immutable once read; any thread may use it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/tree.hpp"

namespace hub::formats {

/// The value space a lexical form belongs to.
enum class Lexical : std::uint8_t {
    string, boolean, decimal, integer, floating, date, time, date_time, duration, g_year, g_year_month, any_uri,
    base64, hex
};
enum class Whitespace : std::uint8_t { preserve, replace, collapse };
/// What a value means to the other values of its document: xs:ID, xs:IDREF and xs:ENTITY, and types derived from them.
enum class Identity : std::uint8_t { none, id, reference, entity };

/// Facets made ready for use; private to this room (facets.hpp).
struct CompiledFacets;

/// A simple type reduced to its facets. Restrictions are folded in; a pattern list is a conjunction of disjunctions.
struct SimpleType {
    std::string name{};  ///< for messages; "anonymous at line 12" where the schema gives none
    Lexical base = Lexical::string;
    Whitespace whitespace = Whitespace::preserve;
    std::optional<std::uint32_t> length_min{}, length_max{};       ///< characters, or list items
    std::optional<std::uint32_t> total_digits{}, fraction_digits{};
    std::optional<std::string> min_inclusive{}, max_inclusive{}, min_exclusive{}, max_exclusive{};  ///< lexical forms
    std::vector<std::vector<std::string>> patterns{};  ///< outer: all must hold; inner: one must match (XSD regular expressions)
    std::vector<std::string> enumeration{};            ///< empty: not enumerated
    const SimpleType* list_item = nullptr;             ///< set for xs:list
    std::vector<const SimpleType*> members{};          ///< non-empty for xs:union
    bool optional_zone = true;                         ///< dates and times: a zone may follow
    std::string format{};                              ///< JSON Schema "format", checked by our own rules
    Identity identity = Identity::none;                ///< of the type itself; list items and union members have their own
    std::shared_ptr<const CompiledFacets> compiled{};  ///< set by SchemaBuilder::finish()
};

enum class DeclKind : std::uint8_t { element, attribute };

/// JSON's notion of a value; XML, CSV and HL7 ignore it.
enum class JsonShape : std::uint8_t { string, number, boolean, object, array_item, null_value };

inline constexpr std::uint32_t unbounded = UINT32_MAX;

/// One path of the schema.
struct Declaration {
    std::string name{};       ///< local name, member name or column header
    std::string ns{};         ///< namespace; empty for none
    DeclKind kind = DeclKind::element;
    JsonShape json = JsonShape::string;
    DeclId parent = no_decl;
    std::vector<DeclId> children{};  ///< attributes first, then elements in schema order; a name occurs once
    std::uint32_t occurs_min = 1;    ///< within one parent; 0 if any enclosing choice or group may omit it
    std::uint32_t occurs_max = 1;    ///< `unbounded` for no limit
    bool nillable = false;
    bool never_routes = false;  ///< marked in the schema, as everything below it: decides nothing about where a record goes
    const SimpleType* type = nullptr;  ///< null: has children and no text
    std::string fixed{};               ///< fixed or const value; empty: none
    std::string default_value{};
    std::string file{};
    int line = 0;
};

/// A group of a content model, kept for checks that need more than intervals (choices) and for encoders.
struct Particle {
    enum class Kind : std::uint8_t { element, sequence, choice, all } kind = Kind::sequence;
    std::uint32_t occurs_min = 1, occurs_max = 1;
    DeclId element = no_decl;          ///< for Kind::element
    std::string only_value{};          ///< for Kind::element in a branch of JSON's oneOf: the value that tells the branch; empty: any
    std::vector<Particle> parts{};
};

/// A rule about several values of one document: xs:unique, xs:key and xs:keyref; and for the whole document that each xs:ID is
/// another, that an xs:IDREF names one, and that an xs:ENTITY is declared (no document that we take declares any).
struct Constraint {
    enum class Kind : std::uint8_t { unique, key, keyref, id, reference, entity } kind = Kind::unique;
    /// An element that the rule looks at, and for each of its fields the declarations that may be it.
    struct Selected {
        DeclId element = no_decl;
        std::vector<std::vector<DeclId>> fields{};
    };
    std::string name{};                 ///< "xs:unique 'line_number'", "xs:ID": for messages
    std::string id{}, refers{};         ///< of unique and key; of keyref: the id of what it refers to. "{namespace}name"
    std::string file{};
    int line = 0;
    DeclId scope = 0;                   ///< each of these elements has the values for itself
    bool exact = true;                  ///< false: its paths are not understood, so it may look at anything below `scope`
    std::vector<Selected> selected{};
};

/// How documents of this schema are written down.
enum class Format : std::uint8_t { xml, json, csv, hl7 };

/// Reads schema documents by name; `xs:include`, `xs:import` and `$ref` to another document go through it. Pure: the caller
/// has the bytes at hand (a site's bundle), nothing is fetched.
using SchemaTexts = std::map<std::string, std::string>;  ///< path -> bytes

class Schema {
public:
    /// Reads `path` out of `texts` and everything it includes. `root` names the root element, needed for XML Schema
    /// documents that declare several global elements; empty takes the only one. The notation follows the file name
    /// (.xsd, .json); `format` says what the documents are.
    static Result<std::shared_ptr<const Schema>> read(const SchemaTexts& texts, const std::string& path,
                                                      const std::string& root, Format format, Problems& problems);
    ~Schema();

    Format format() const { return format_; }
    const std::string& path() const { return path_; }
    const Declaration& operator[](DeclId id) const { return declarations_[id]; }
    DeclId root() const { return 0; }
    std::size_t size() const { return declarations_.size(); }

    /// Child of `parent` by name, or no_decl. `ns` is ignored when `any_ns`.
    DeclId child(DeclId parent, DeclKind kind, std::string_view ns, std::string_view name) const;
    DeclId child_any_ns(DeclId parent, DeclKind kind, std::string_view name) const;
    /// The content model below an element; an empty sequence for simple content.
    const Particle& content(DeclId element) const { return contents_[element]; }
    const std::vector<Constraint>& constraints() const { return constraints_; }
    /// "/court_result/offence/@sequence", names without prefixes.
    std::string path_of(DeclId id) const;

    struct Validator;  ///< the schema as libxml2 compiled it; null for JSON, CSV and HL7
    const Validator* validator() const { return validator_.get(); }

private:
    friend class SchemaBuilder;
    Schema();
    void index_names();
    DeclId find(DeclId parent, DeclKind kind, const std::string_view* ns, std::string_view name) const;
    Format format_ = Format::xml;
    std::string path_{};
    std::vector<Declaration> declarations_{};
    std::vector<Particle> contents_{};
    std::vector<Constraint> constraints_{};
    std::vector<DeclId> names_{};  ///< hash table of all declarations but the root
    std::vector<std::unique_ptr<SimpleType>> types_{};
    std::unique_ptr<Validator> validator_{};
};

/// Whether a text is a valid value of the type (after its whitespace rule); the reason when it is not.
/// This is our model's own check: for JSON, CSV and HL7 it validates; for XML libxml2 does and this is the second opinion.
std::optional<std::string> why_invalid(const SimpleType& type, std::string_view text);

}  // namespace hub::formats
