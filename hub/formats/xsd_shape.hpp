// What a complex type amounts to once extension, restriction, groups and references are worked out, but before its
// child elements are expanded. Private to the reader of XML Schema.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "hub/formats/xsd_types.hpp"

namespace hub::formats {

struct XsdAttribute {
    QName name{};
    const SimpleType* type = nullptr;
    bool required = false;
    std::string fixed{}, default_value{};
    const XsdNode* node = nullptr;
    const XsdNode* declaration = nullptr;  ///< what `node` refers to, or `node`
};

/// A particle whose elements still are schema nodes.
struct XsdParticle {
    Particle::Kind kind = Particle::Kind::sequence;
    std::uint32_t occurs_min = 1, occurs_max = 1;
    const XsdNode* element = nullptr;
    std::vector<XsdParticle> parts{};
};

struct XsdShape {
    std::vector<XsdAttribute> attributes{};
    const SimpleType* text = nullptr;  ///< simple content
    XsdParticle content{};             ///< an empty sequence for simple or no content
};

class XsdShapes {
public:
    XsdShapes(XsdSet& set, XsdTypes& types) : set_(set), types_(types) {}

    /// Incomplete when there are problems.
    XsdShape of(const XsdNode& complex_type);

    static constexpr std::size_t particles_max = 100'000;  ///< groups within groups could otherwise multiply without end

private:
    XsdShape plain(const XsdNode& holder);
    XsdShape derived(const XsdNode& derivation, bool simple_content);
    XsdShape base_of(const XsdNode& derivation);
    void add_attributes(const XsdNode& holder, std::vector<XsdAttribute>& into);
    void add_attribute(const XsdNode& node, std::vector<XsdAttribute>& into);
    std::optional<XsdParticle> model(const XsdNode& holder);
    std::optional<XsdParticle> particle(const XsdNode& node);
    bool occurs(const XsdNode& node, XsdParticle& into);
    void refuse_circle(const XsdNode& node);

    XsdSet& set_;
    XsdTypes& types_;
    std::set<const XsdNode*> open_{};  ///< types and groups being worked out, to find circles
    std::size_t particles_ = 0;
};

}  // namespace hub::formats
