// HL7 v2 in ER7 notation to the tree: separators from MSH, segments by CR (LF and CRLF are tolerated), fields,
// repetitions, components and subcomponents by position.
//
// An empty value is an absent one; "" (two quotes) is HL7's null, nil in the tree. What stands at a position that the
// schema does not have is withheld and counted, also the further components of a value that the schema calls simple.
// Where segments may stand is hl7_structure.cpp's affair; MLLP and batches are a connector's.
#include <algorithm>

#include "hub/formats/codecs.hpp"
#include "hub/formats/codes.hpp"
#include "hub/formats/facets.hpp"
#include "hub/formats/hl7_delimiters.hpp"
#include "hub/formats/hl7_structure.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

constexpr std::string_view null_text = "\"\"";
constexpr std::uint32_t charset_position = 18;  ///< MSH-18

/// Takes the next part, up to `separator`, off the front of `rest`; false when there is none left.
bool take_part(std::string_view& rest, char separator, bool& more, std::string_view& part) {
    if (!more) return false;
    const auto end = rest.find(separator);
    more = end != std::string_view::npos;
    part = rest.substr(0, end);
    rest.remove_prefix(more ? end + 1 : rest.size());
    return true;
}

/// Calls use(part, position) for each part, from position 1, until it returns false; says whether it never did.
template <class Use>
bool each_part(std::string_view text, char separator, Use use) {
    std::string_view part;
    bool more = true;
    for (std::uint32_t position = 1; take_part(text, separator, more, part); ++position)
        if (!use(part, position)) return false;
    return true;
}

class Run {
public:
    Run(const Schema& schema, const Hl7Layout& layout, const Limits& limits, Findings& findings, Document& into)
        : schema_(schema), layout_(layout), limits_(limits), findings_(findings), into_(into) {}

    /// Whether the tree stands for the whole message, problems with single values aside.
    bool whole(std::string_view text);

private:
    bool header(const Hl7Segment& msh);
    bool charset(const Hl7Segment& msh);
    bool split(std::string_view text);
    bool fill(NodeId node, const Hl7Segment& segment);
    bool field(NodeId segment, std::string_view text, std::uint32_t position);
    bool value(NodeId parent, DeclId decl, std::string_view text, int level);
    bool composite(NodeId node, DeclId decl, std::string_view text, int level);
    bool simple(NodeId parent, DeclId decl, std::string_view text, int level);
    bool leaf(NodeId parent, DeclId decl, std::string_view raw);
    bool within_limits();
    char separator(int level) const { return level == 0 ? delimiters_.component : delimiters_.subcomponent; }

    const Schema& schema_;
    const Hl7Layout& layout_;
    const Limits& limits_;
    Findings& findings_;
    Document& into_;
    Hl7Delimiters delimiters_{};
    std::vector<Hl7Segment> segments_{};
    std::uint32_t line_ = 1;
    std::string unescaped_{}, scratch_{};
};

bool Run::whole(std::string_view text) {
    if (!split(text)) return false;
    if (segments_.empty() || segments_.front().code != hl7_segment_code("MSH")) {
        const auto line = segments_.empty() ? 1 : segments_.front().line;
        findings_.add(line, 0, code::hl7_header, "the message does not start with MSH", "send one message, from its MSH on");
        return false;
    }
    if (!header(segments_.front()) || !charset(segments_.front())) return false;
    for (const auto& segment : segments_)
        if (segment.code == 0 || (segment.text.size() > 3 && segment.text[3] != delimiters_.field))
            findings_.add(segment.line, 0, code::hl7_segment, "the line does not start with a segment's name and the field separator",
                          "escape line ends within values as \\.br\\");
    if (!findings_.none()) return false;
    const auto to_fill = [this](NodeId node, const Hl7Segment& segment) { return fill(node, segment); };
    return Hl7Structure(schema_, layout_, segments_, into_, findings_, to_fill).build();
}

bool Run::split(std::string_view text) {
    for (std::uint32_t line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const auto segment = text.substr(0, end);
        if (!segment.empty()) segments_.push_back({hl7_segment_code(segment.substr(0, 3)), line, segment});
        if (segments_.size() > limits_.nodes_max) {
            findings_.over(line, code::nodes, "nodes_max", limits_.nodes_max);
            return false;
        }
        text.remove_prefix(end);
        if (!text.empty()) text.remove_prefix(text.substr(0, 2) == "\r\n" ? 2 : 1);
    }
    return true;
}

bool Run::header(const Hl7Segment& msh) {
    const auto field = msh.text.substr(3, 1);
    const auto rest = msh.text.substr(std::min<std::size_t>(4, msh.text.size()));
    const auto encoding = field.empty() ? rest : rest.substr(0, rest.find(field.front()));
    const auto found = hl7_delimiters(field, encoding);
    if (found) delimiters_ = *found;
    else
        findings_.add(msh.line, 0, code::hl7_header, "MSH-1 and MSH-2 do not name five or six different separators",
                      "start the message with MSH|^~\\&|");
    return found.has_value();
}

bool Run::charset(const Hl7Segment& msh) {
    std::string_view named;
    each_part(msh.text, delimiters_.field, [&](std::string_view part, std::uint32_t position) {
        if (position == charset_position) named = part;  // the name MSH takes position 1, but MSH-1 is the separator itself
        return position < charset_position;
    });
    return each_part(named, delimiters_.repetition, [&](std::string_view name, std::uint32_t) {
        name = name.substr(0, name.find(delimiters_.component));
        if (name.empty() || name == "ASCII" || name == "UNICODE UTF-8") return true;
        findings_.add(msh.line, 0, code::hl7_charset, "MSH-18 names a character set other than ASCII and UNICODE UTF-8",
                      "send UTF-8 and say UNICODE UTF-8 in MSH-18");
        return false;
    });
}

bool Run::within_limits() {
    if (into_.size() < limits_.nodes_max) return true;
    findings_.over(line_, code::nodes, "nodes_max", limits_.nodes_max);
    return false;
}

bool Run::fill(NodeId node, const Hl7Segment& segment) {
    line_ = segment.line;
    if (!within_limits()) return false;
    const bool msh = segment.code == hl7_segment_code("MSH");
    const auto literal = [&](std::uint32_t position, std::string_view text) {
        const DeclId decl = layout_.part(into_[node].decl, position);
        if (decl != no_decl && schema_[decl].type != nullptr) into_.add(node, decl, text, line_);
    };
    if (msh) literal(1, std::string_view(&delimiters_.field, 1));
    if (msh) literal(2, delimiters_.encoding_characters());
    return each_part(segment.text, delimiters_.field, [&](std::string_view text, std::uint32_t count) {
        const std::uint32_t position = msh ? count : count - 1;
        return position < (msh ? 3U : 1U) || text.empty() || field(node, text, position);
    });
}

bool Run::field(NodeId segment, std::string_view text, std::uint32_t position) {
    const DeclId parent = into_[segment].decl;
    const DeclId decl = layout_.part(parent, position);
    if (decl == no_decl) {
        findings_.withheld(schema_.path_of(parent), layout_.part_name(parent, position));
        return true;
    }
    return each_part(text, delimiters_.repetition,
                     [&](std::string_view repetition, std::uint32_t) { return value(segment, decl, repetition, 0); });
}

/// `level`: 0 for a field, 1 for a component, 2 for a subcomponent.
bool Run::value(NodeId parent, DeclId decl, std::string_view text, int level) {
    if (text.empty()) return true;
    if (!within_limits()) return false;
    if (schema_[decl].type != nullptr) return simple(parent, decl, text, level);
    const NodeId before = into_[parent].last_child;
    const NodeId node = into_.add(parent, decl, {}, line_);
    if (text == null_text && schema_[decl].nillable) {
        into_.set_nil(node);
        return true;
    }
    const bool go_on = composite(node, decl, text, level);
    if (into_[node].first_child == no_node) into_.take_back(before);  // all its components were empty or withheld
    return go_on;
}

bool Run::composite(NodeId node, DeclId decl, std::string_view text, int level) {
    return each_part(text, separator(level), [&](std::string_view part, std::uint32_t position) {
        if (part.empty()) return true;
        const DeclId child = layout_.part(decl, position);
        if (child != no_decl) return value(node, child, part, level + 1);
        findings_.withheld(schema_.path_of(decl), layout_.part_name(decl, position));
        return true;
    });
}

/// The first of the finest parts is the value; the others have no place in the schema.
bool Run::simple(NodeId parent, DeclId decl, std::string_view text, int level) {
    if (level == 2) return leaf(parent, decl, text);
    return each_part(text, separator(level), [&](std::string_view part, std::uint32_t position) {
        if (part.empty()) return true;
        if (position == 1) return simple(parent, decl, part, level + 1);
        findings_.withheld(schema_.path_of(decl), schema_[decl].name + "." + std::to_string(position));
        return true;
    });
}

bool Run::leaf(NodeId parent, DeclId decl, std::string_view raw) {
    if (raw == null_text) {
        into_.set_nil(into_.add(parent, decl, {}, line_));
        return true;
    }
    if (raw.size() > limits_.text_bytes_max) {
        findings_.over(line_, code::text_bytes, "text_bytes_max", limits_.text_bytes_max);
        return false;
    }
    unescaped_.clear();
    if (!hl7_unescape(raw, delimiters_, unescaped_)) {
        findings_.reported(schema_.path_of(decl));
        findings_.add(line_, 0, code::hl7_escape, schema_.path_of(decl) + " holds a \\X..\\ that stands for no text",
                      "write an even number of hexadecimal digits that are UTF-8");
        return !findings_.full();
    }
    const auto text = apply_whitespace(*schema_[decl].type, unescaped_, scratch_);
    if (!text.empty()) into_.add(parent, decl, text, line_);
    return true;
}

class Hl7Decoder final : public Decoder {
public:
    Hl7Decoder(const Schema& schema, const Limits& limits) : schema_(schema), limits_(limits), layout_(schema) {}

    Decoded decode(std::string_view bytes, std::string_view name, Document& into) override {
        Decoded decoded;
        Findings findings(name, limits_, decoded);
        into.clear(&schema_);
        bytes.remove_prefix(byte_order_mark(bytes));
        if (!layout_.fault().empty()) {
            findings.add(0, 0, code::hl7_shape, "the schema describes no HL7 message: " + layout_.fault(), "correct the schema");
        } else if (bytes.size() > limits_.bytes_max) {
            findings.over(0, code::bytes, "bytes_max", limits_.bytes_max);
        } else if (const auto fault = why_not_text(bytes)) {
            findings.add(line_at(bytes.substr(0, fault->offset)), 0, code::characters, fault->what, "send UTF-8 text without framing");
        } else {
            if (Run(schema_, layout_, limits_, findings, into).whole(bytes)) findings.validated(into);
        }
        return decoded;
    }

private:
    static std::uint32_t line_at(std::string_view before) {
        std::uint32_t line = 1;
        for (std::size_t at = 0; at < before.size(); ++at)
            if (before[at] == '\r' || (before[at] == '\n' && (at == 0 || before[at - 1] != '\r'))) ++line;
        return line;
    }

    const Schema& schema_;
    const Limits limits_;
    const Hl7Layout layout_;
};

}  // namespace

std::unique_ptr<Decoder> make_hl7_decoder(const Schema& schema, const Limits& limits) {
    return std::make_unique<Hl7Decoder>(schema, limits);
}

}  // namespace hub::formats
