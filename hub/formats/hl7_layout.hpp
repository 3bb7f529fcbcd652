// What a schema says of an HL7 v2 message: which elements are groups, segments, fields and components, and at which
// positions. Read off the names of the v2.xml encoding, once for each schema. Private to hub/formats.
//
// The root is the message. Below it and below groups a name of three capital letters or digits (PID, ZXX) is a segment,
// any other a group (ADT_A01.INSURANCE). Below segments every name ends in its position (PID.3, CX.1, HD.2); there are
// three levels at most: field, component, subcomponent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/schema.hpp"

namespace hub::formats {

inline constexpr std::uint32_t hl7_position_max = 512;

/// A segment's name as a number, for comparing; 0 for what is no segment's name.
std::uint32_t hl7_segment_code(std::string_view name);

class Hl7Layout {
public:
    explicit Hl7Layout(const Schema& schema);

    /// Why the schema describes no HL7 message; empty when it does.
    const std::string& fault() const { return fault_; }
    /// 0 for what is no segment.
    std::uint32_t segment_code(DeclId decl) const { return codes_[decl]; }
    /// Whether any part of the message is a segment of that name.
    bool knows(std::uint32_t code) const;
    /// The field or component at a position, from 1; no_decl when the schema has none.
    DeclId part(DeclId parent, std::uint32_t position) const {
        const auto& parts = parts_[parent];
        return position <= parts.size() ? parts[position - 1] : no_decl;
    }
    /// 1-based; 0 for what is no field or component.
    std::uint32_t position(DeclId decl) const { return positions_[decl]; }
    /// "CX.9": what the part at a position would be called that the schema does not have.
    std::string part_name(DeclId parent, std::uint32_t position) const;

private:
    void read_group(DeclId group);
    void read_parts(DeclId parent, int levels_left);

    const Schema& schema_;
    std::string fault_{};
    std::vector<std::uint32_t> codes_{};
    std::vector<std::uint32_t> positions_{};
    std::vector<std::vector<DeclId>> parts_{};
    std::vector<std::uint32_t> known_{};  ///< sorted
};

}  // namespace hub::formats
