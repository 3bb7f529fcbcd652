// Finds each segment's place among the groups of a message. Private to hub/formats.
//
// The list of segments is matched against the schema's content model: greedily, looking one segment ahead, which is
// exact for XML Schema, where one name must be enough to tell where one is. A segment whose name the schema has nowhere
// (Z segments, newer ones) is withheld and counted; one that it has elsewhere is a problem.
#pragma once

#include <functional>
#include <vector>

#include "hub/formats/findings.hpp"
#include "hub/formats/hl7_layout.hpp"

namespace hub::formats {

struct Hl7Segment {
    std::uint32_t code = 0;   ///< of its name
    std::uint32_t line = 1;   ///< 1-based; with one segment to a line this is its number
    std::string_view text{};  ///< from its name to its end
};

class Hl7Structure {
public:
    /// Reads a segment's fields into its node; false stops everything.
    using Fill = std::function<bool(NodeId node, const Hl7Segment& segment)>;

    Hl7Structure(const Schema& schema, const Hl7Layout& layout, const std::vector<Hl7Segment>& segments, Document& into,
                 Findings& findings, Fill fill);
    /// False when the segments do not fit, or `fill` stopped.
    bool build();

private:
    bool starts(const Particle& particle) const;
    bool nullable(const Particle& particle) const;
    void match(const Particle& particle, NodeId parent);
    void match_element(const Particle& particle, NodeId parent);
    void match_once(const Particle& group, NodeId parent);
    void add(DeclId decl, NodeId parent);
    void missing(const Particle& wanted);
    void skip_unknown();

    const Schema& schema_;
    const Hl7Layout& layout_;
    const std::vector<Hl7Segment>& segments_;
    Document& into_;
    Findings& findings_;
    const Fill fill_;
    std::size_t at_ = 0;
    bool stopped_ = false, fits_ = true;
};

}  // namespace hub::formats
