// Bytes to tree and back, for every format, with validation in the same pass.
//
// A field that the schema does not know is withheld from the tree and reported by path (law 6); everything else that is
// wrong makes the document invalid, and every finding is reported, up to `problems_max`. Values are never quoted in
// problems: they may be personal. Pure; one Decoder serves one thread at a time and reuses its memory.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"
#include "hub/formats/schema.hpp"
#include "hub/formats/tree.hpp"

namespace hub::formats {

/// Every limit has a name; exceeding one is a problem with code TG-F0xx that names it.
struct Limits {
    std::size_t bytes_max = 4 << 20;
    std::size_t depth_max = 64;
    std::size_t attributes_max = 64;        ///< on one element
    std::size_t namespaces_max = 32;        ///< declared on one element
    std::size_t nodes_max = 200'000;
    std::size_t text_bytes_max = 1 << 20;   ///< of one value
    std::size_t name_bytes_max = 256;
    std::size_t start_tag_bytes_max = 16 << 10;
    std::size_t problems_max = 50;
};

struct Decoded {
    Problems problems{};                                 ///< empty: the document is valid
    std::map<std::string, std::size_t> unknown_paths{};  ///< withheld fields, by path, with counts
};

class Decoder {
public:
    virtual ~Decoder() = default;
    /// `name` stands for the document in problems. The tree is complete only when there are no problems.
    virtual Decoded decode(std::string_view bytes, std::string_view name, Document& into) = 0;
};

/// A decoder for the schema's format. The schema must outlive it.
std::unique_ptr<Decoder> make_decoder(const Schema& schema, const Limits& limits = {});

/// Appends the document in its schema's format. XML and HL7: canonical choice of prefixes and no indentation, unless
/// `pretty`. CSV: header line, RFC 4180 quoting, formula characters neutralised. JSON: members in schema order.
/// The document must be complete and valid: encode() does not validate.
struct Style {
    bool pretty = false;
};
void encode(const Document& document, std::string& into, Style style = {});

/// Checks a tree against its schema by our own model (occurrence, choice, facets), as libxml2 would for XML.
Problems validate(const Document& document, std::string_view name);

/// A child of the element that is missing, too often there, out of its order, or excluded by another, or something below it that
/// breaks a constraint which the element has; no_decl when the content holds.
DeclId wrong_content(const Document& document, NodeId element);

/// Media type for a format: "application/xml", "application/json", "text/csv", "application/hl7-v2".
std::string_view media_type(Format format);

/// Process-wide settings of libxml2 (no catalogue, no network, no external entity); call once before any thread starts.
void initialise();

}  // namespace hub::formats
