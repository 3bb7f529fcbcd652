// Identity constraints of XML Schema, worked out for each declaration that they stand on. Private to this room.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/formats/schema_builder.hpp"
#include "hub/formats/xsd_document.hpp"

namespace hub::formats {

class XsdConstraints {
public:
    XsdConstraints(XsdSet& set, SchemaBuilder& builder) : set_(set), builder_(builder) {}

    /// The declaration comes from this xs:element, whose xs:unique, xs:key and xs:keyref hold for it.
    void note(DeclId declaration, const XsdNode& element);
    /// To be called when all declarations are there. Adds what types say about identity too.
    void finish();

    static constexpr std::size_t selected_max = 100'000;  ///< elements that all constraints look at

private:
    using Decls = std::vector<DeclId>;

    void constraint(DeclId scope, const XsdNode& node);
    void types();
    std::string id_of(const XsdNode& node) const;
    /// Nothing when a path is not understood.
    std::optional<Decls> selects(DeclId from, const XsdNode& node) const;
    bool path(DeclId from, const XsdNode& node, std::string_view text, Decls& into) const;
    bool step(const XsdNode& node, std::string_view text, Decls& at) const;
    void below(DeclId from, Decls& into) const;

    XsdSet& set_;
    SchemaBuilder& builder_;
    std::vector<std::pair<DeclId, const XsdNode*>> noted_{};
    std::set<std::pair<DeclId, const XsdNode*>> known_{};
    std::size_t selected_ = 0;
};

}  // namespace hub::formats
