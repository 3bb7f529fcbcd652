// Reads segments and positions off the names of a schema; see hl7_layout.hpp for the rules.
#include "hub/formats/hl7_layout.hpp"

#include <algorithm>
#include <charconv>

namespace hub::formats {
namespace {

/// The number behind the last dot; 0 when there is none.
std::uint32_t position_of(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return 0;
    std::uint32_t position = 0;
    const auto read = std::from_chars(name.data() + dot + 1, name.data() + name.size(), position);
    return read.ec == std::errc{} && read.ptr == name.data() + name.size() ? position : 0;
}

}  // namespace

std::uint32_t hl7_segment_code(std::string_view name) {
    std::uint32_t code = 0;
    for (const char c : name) {
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return 0;
        code = code << 8U | static_cast<std::uint8_t>(c);
    }
    return name.size() == 3 && name.front() >= 'A' ? code : 0;
}

Hl7Layout::Hl7Layout(const Schema& schema)
    : schema_(schema), codes_(schema.size(), 0), positions_(schema.size(), 0), parts_(schema.size()) {
    read_group(schema.root());
    std::sort(known_.begin(), known_.end());
    if (fault_.empty() && !knows(hl7_segment_code("MSH"))) fault_ = schema.path_of(schema.root()) + " has no segment MSH";
}

bool Hl7Layout::knows(std::uint32_t code) const { return std::binary_search(known_.begin(), known_.end(), code); }

void Hl7Layout::read_group(DeclId group) {
    for (const DeclId child : schema_[group].children) {
        if (schema_[child].kind != DeclKind::element) continue;
        if (schema_[child].type != nullptr) {
            fault_ = schema_.path_of(child) + " is neither a group nor a segment: it has no parts";
        } else if (const auto code = hl7_segment_code(schema_[child].name); code != 0) {
            codes_[child] = code;
            known_.push_back(code);
            read_parts(child, 3);
        } else {
            read_group(child);
        }
    }
}

void Hl7Layout::read_parts(DeclId parent, int levels_left) {
    for (const DeclId child : schema_[parent].children) {
        if (schema_[child].kind != DeclKind::element) continue;
        const auto position = position_of(schema_[child].name);
        if (position == 0 || position > hl7_position_max || part(parent, position) != no_decl) {
            fault_ = schema_.path_of(child) + " must end in a position of its own, from 1 to " + std::to_string(hl7_position_max);
            return;
        }
        positions_[child] = position;
        if (parts_[parent].size() < position) parts_[parent].resize(position, no_decl);
        parts_[parent][position - 1] = child;
        const bool composite = schema_[child].type == nullptr;
        if (composite && levels_left == 1) fault_ = schema_.path_of(child) + " is a subcomponent and cannot have parts";
        if (levels_left < 3 && schema_[child].occurs_max != 1) fault_ = schema_.path_of(child) + " is a component and cannot repeat";
        if (composite && levels_left > 1) read_parts(child, levels_left - 1);
    }
}

std::string Hl7Layout::part_name(DeclId parent, std::uint32_t position) const {
    std::string stem = schema_[parent].name;
    for (const DeclId child : schema_[parent].children)
        if (positions_[child] != 0) stem = schema_[child].name.substr(0, schema_[child].name.rfind('.'));
    return stem + "." + std::to_string(position);
}

}  // namespace hub::formats
