// Simple types of XML Schema, reduced to their facets. Private to this room.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hub/formats/schema_builder.hpp"
#include "hub/formats/xsd_document.hpp"

namespace hub::formats {

/// One of XML Schema's own types, or nothing: anyType, QName and NOTATION have no place in the model.
std::optional<SimpleType> built_in_type(std::string_view name, SchemaBuilder& builder);

class XsdTypes {
public:
    XsdTypes(XsdSet& set, SchemaBuilder& builder) : set_(set), builder_(builder) {}

    /// A built-in or global simple type; null, without a problem, when the name is not that of one.
    const SimpleType* named(const QName& name, const XsdNode& wanted_by);
    /// An xs:simpleType element. Null when there are problems.
    const SimpleType* defined(const XsdNode& simple_type);
    /// `base` under the facets that stand in an xs:restriction.
    const SimpleType* restricted(const SimpleType& base, const XsdNode& restriction);
    /// The simple type that an attribute `name` refers to or that stands inside; a problem when there is none.
    const SimpleType* referred(const XsdNode& node, const char* attribute);

private:
    const SimpleType* make(const XsdNode& simple_type);
    const SimpleType* list(const XsdNode& node);
    const SimpleType* one_of(const XsdNode& node);
    void facet(const XsdNode& node, SimpleType& type, std::vector<std::string>& patterns, std::vector<std::string>& enumeration);
    void bound(const XsdNode& node, SimpleType& type);
    void count(const XsdNode& node, std::optional<std::uint32_t>& into);

    XsdSet& set_;
    SchemaBuilder& builder_;
    std::map<const XsdNode*, const SimpleType*> defined_{};
    std::map<std::string, const SimpleType*> built_in_{};
    std::set<const XsdNode*> open_{};
};

}  // namespace hub::formats
