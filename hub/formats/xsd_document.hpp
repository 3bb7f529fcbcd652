// XML Schema documents as read: a tree of xs: elements for each, and all that include or import one another, with their
// global components by name. What the components mean is for xsd_types and xsd_reader. Private to this room.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/formats/schema.hpp"

namespace hub::formats {

struct QName {
    std::string ns{}, name{};
    auto operator<=>(const QName&) const = default;
};

struct XsdDocument;

/// One xs: element; annotations and attributes of other namespaces than ours are left out.
struct XsdNode {
    const XsdDocument* document = nullptr;
    const XsdNode* parent = nullptr;
    std::string name{};  ///< without prefix: "element", "complexType"
    int line = 0;
    bool never_routes = false;  ///< marked so here
    std::vector<std::pair<std::string, std::string>> attributes{};
    std::vector<std::pair<std::string, std::string>> prefixes{};  ///< declared here
    std::vector<std::unique_ptr<XsdNode>> children{};

    bool has(std::string_view attribute) const;
    /// As written; empty when it is not there.
    std::string_view raw(std::string_view attribute) const;
    /// Without surrounding space.
    std::string token(std::string_view attribute) const;
    bool is_true(std::string_view attribute) const;
    const XsdNode* child(std::string_view wanted) const;
};

struct XsdDocument {
    std::string path{};
    std::string target{};  ///< of the including document where the document has none of its own
    bool elements_qualified = false, attributes_qualified = false;
    XsdNode root{};
};

enum class XsdKind : std::uint8_t { element, attribute, type, group, attribute_group };

class XsdSet {
public:
    XsdSet(const SchemaTexts& texts, Problems& problems) : texts_(texts), problems_(problems) {}

    /// Reads a document and everything it includes and imports; null when that fails.
    const XsdDocument* load(const std::string& path);
    /// A global component, or null without a problem.
    const XsdNode* find(XsdKind kind, const QName& name) const;
    /// What a prefixed name written at a node means; an undeclared prefix is a problem.
    QName resolve(const XsdNode& at, std::string_view text) const;
    void problem(const XsdNode& at, const char* code, std::string what, std::string cure) const;
    /// Whether an element or attribute, or the type that it has, or one that this type derives from, is marked so.
    bool never_routes(const XsdNode& declaration) const;
    bool good() const { return problems_.size() == problems_before_; }

    static constexpr std::string_view xsd_ns = "http://www.w3.org/2001/XMLSchema";
    /// Marks that the hub reads in schemas: <xs:element name="x" type="T" tg:never-routes="true"/>.
    static constexpr std::string_view marks_ns = "urn:throughgate:schema-marks:1";
    static constexpr std::size_t documents_max = 200;

private:
    const XsdDocument* load(const std::string& path, const std::string* chameleon_target, const XsdNode* wanted_by);
    void follow(const XsdDocument& document);
    void follow_one(const XsdDocument& document, const XsdNode& reference);
    void declare_globals(const XsdDocument& document);

    const SchemaTexts& texts_;
    Problems& problems_;
    const std::size_t problems_before_ = problems_.size();
    std::map<std::pair<std::string, std::string>, std::unique_ptr<XsdDocument>> documents_{};  ///< by path and target
    std::map<std::pair<XsdKind, QName>, const XsdNode*> globals_{};
};

/// "a/b.xsd" and "../c.xsd" give "c.xsd"; nothing that leads out of the texts is followed.
std::string beside(std::string_view path, std::string_view location);

}  // namespace hub::formats
