// JSON to tree, member by member, guided by the schema's declarations.
//
// Members of an object may come in any order; the tree keeps the order of the text. A member that the schema does not
// know is withheld with everything below it and counted by the path of its topmost name. A key that comes twice is
// refused wherever it stands, also inside what is withheld: two readers could disagree about which one counts.
// Occurrence and facets are not checked here but by validate(), once the tree stands; branches of oneOf after that.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/formats/codecs.hpp"
#include "hub/formats/codes.hpp"
#include "hub/formats/findings.hpp"
#include "hub/formats/json_branches.hpp"
#include "hub/formats/json_number.hpp"
#include "hub/formats/json_parser.hpp"
#include "hub/formats/json_rules.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

/// What the decoder needs to know of a declaration, looked up once for each schema.
struct Rule {
    JsonShape shape = JsonShape::object;
    bool array = false;
    bool array_nullable = false;
    bool nillable = false;
    bool whole = false;  ///< an integer: 2.0 is 2
};

std::vector<Rule> rules_of(const Schema& schema) {
    std::vector<Rule> rules(schema.size());
    for (DeclId id = 0; id < schema.size(); ++id) {
        const Declaration& declaration = schema[id];
        Rule& rule = rules[id];
        rule.shape = value_shape(declaration);
        rule.array = id != schema.root() && is_json_array(declaration);
        rule.array_nullable = rule.array && array_rules(schema, id).nullable;
        rule.nillable = declaration.nillable || rule.shape == JsonShape::null_value;
        rule.whole = declaration.type != nullptr && declaration.type->base == Lexical::integer;
    }
    return rules;
}

bool fits(JsonShape shape, JsonKind kind) {
    switch (shape) {
        case JsonShape::string: return kind == JsonKind::string;
        case JsonShape::number: return kind == JsonKind::number;
        case JsonShape::boolean: return kind == JsonKind::boolean;
        case JsonShape::object: return kind == JsonKind::object;
        case JsonShape::array_item:
        case JsonShape::null_value: return false;
    }
    return false;
}

std::string_view in_words(JsonShape shape) {
    switch (shape) {
        case JsonShape::string: return "a string";
        case JsonShape::number: return "a number";
        case JsonShape::boolean: return "a boolean";
        case JsonShape::object: return "an object";
        case JsonShape::array_item: return "an array item";
        case JsonShape::null_value: return "null";
    }
    return {};
}

/// An open bracket of the text.
struct Frame {
    enum class Kind : std::uint8_t { object, array, withheld } kind = Kind::object;
    NodeId node = no_node;     ///< the object, or the object that holds the array
    DeclId decl = no_decl;     ///< of the object, or of the array's items
    std::uint32_t serial = 0;  ///< tells this bracket from all others of the document
};

class Run final : public JsonHandler {
public:
    Run(const Schema& schema, const std::vector<Rule>& rules, const Limits& limits, Findings& findings, Document& into)
        : schema_(schema), rules_(rules), limits_(limits), findings_(findings), into_(into), seen_(schema.size(), 0) {}

    bool open(JsonKind kind, JsonPlace place) override;
    bool close() override {
        frames_.pop_back();
        return true;
    }
    bool key(std::string_view name, JsonPlace place) override;
    bool value(JsonKind kind, std::string_view text, JsonPlace place) override;
    /// Whether the tree stands for the whole text, problems with single values aside.
    bool complete() const { return !into_.empty() && frames_.empty(); }

private:
    bool within_limits(JsonPlace place);
    bool usable(std::string_view text, JsonPlace place, bool is_name);
    bool duplicate(std::string_view path, JsonPlace place);
    void add_scalar(DeclId decl, NodeId parent, JsonKind kind, std::string_view text, JsonPlace place);
    void add_null(DeclId decl, NodeId parent, JsonPlace place);
    void mismatch(DeclId decl, std::string_view wanted, JsonKind found, JsonPlace place);
    /// The declaration of the value that comes next; no_decl when it is withheld.
    DeclId expected() const;
    /// Whether the next value stands for a whole array.
    bool array_expected(DeclId decl) const { return frames_.back().kind == Frame::Kind::object && rules_[decl].array; }
    bool push(Frame::Kind kind, NodeId node, DeclId decl) {
        frames_.push_back({kind, node, decl, ++serial_});
        return true;
    }

    const Schema& schema_;
    const std::vector<Rule>& rules_;
    const Limits& limits_;
    Findings& findings_;
    Document& into_;
    std::vector<Frame> frames_{};
    std::vector<std::uint32_t> seen_;  ///< by declaration: serial of the last object that had such a member
    std::set<std::pair<std::uint32_t, std::string>> seen_unknown_{};
    DeclId pending_ = no_decl;         ///< of the key just read
    std::uint32_t serial_ = 0;
    std::size_t values_ = 0;
};

bool Run::within_limits(JsonPlace place) {
    if (++values_ <= limits_.nodes_max) return true;
    findings_.over(place.line, code::nodes, "nodes_max", limits_.nodes_max);
    return false;
}

bool Run::usable(std::string_view text, JsonPlace place, bool is_name) {
    const std::size_t bytes_max = is_name ? limits_.name_bytes_max : limits_.text_bytes_max;
    if (text.size() > bytes_max) {
        if (is_name) findings_.over(place.line, code::name_bytes, "name_bytes_max", bytes_max);
        if (!is_name) findings_.over(place.line, code::text_bytes, "text_bytes_max", bytes_max);
        return false;
    }
    const auto fault = why_not_text(text);
    const bool line_end = is_name && text.find_first_of("\t\n\r") != std::string_view::npos;
    if (!fault && !line_end) return true;
    findings_.add(place.line, place.column, code::characters,
                  std::string(is_name ? "a member's name" : "a string") + " holds what no other notation can carry: " +
                      (fault ? fault->what : "a line end or tab"));
    return false;
}

DeclId Run::expected() const {
    const Frame& top = frames_.back();
    if (top.kind == Frame::Kind::array) return top.decl;
    return top.kind == Frame::Kind::object ? pending_ : no_decl;
}

bool Run::open(JsonKind kind, JsonPlace place) {
    if (!within_limits(place)) return false;
    if (frames_.empty()) {
        if (kind == JsonKind::object) return push(Frame::Kind::object, into_.add(no_node, 0, {}, place.line), 0);
        findings_.add(place.line, place.column, code::json_kind, "the document is an array where an object is wanted");
        return false;
    }
    const DeclId decl = expected();
    const NodeId parent = frames_.back().node;
    if (decl == no_decl) return push(Frame::Kind::withheld, no_node, no_decl);
    if (array_expected(decl)) {
        if (kind == JsonKind::array) return push(Frame::Kind::array, parent, decl);
        mismatch(decl, "an array", kind, place);
    } else {
        if (fits(rules_[decl].shape, kind))
            return push(Frame::Kind::object, into_.add(parent, decl, {}, place.line), decl);
        mismatch(decl, in_words(rules_[decl].shape), kind, place);
    }
    return !findings_.full() && push(Frame::Kind::withheld, no_node, no_decl);
}

bool Run::duplicate(std::string_view path, JsonPlace place) {
    findings_.add(place.line, place.column, code::json_duplicate, "member '" + std::string(path) + "' comes twice in one object",
                  "send each member once");
    return !findings_.full();
}

bool Run::key(std::string_view name, JsonPlace place) {
    if (!usable(name, place, true)) return false;
    const Frame& frame = frames_.back();
    pending_ = frame.kind == Frame::Kind::object ? schema_.child_any_ns(frame.decl, DeclKind::element, name) : no_decl;
    if (pending_ != no_decl) {
        const bool again = seen_[pending_] == frame.serial;
        seen_[pending_] = frame.serial;
        return !again || duplicate(schema_.path_of(pending_), place);
    }
    const bool first = seen_unknown_.emplace(frame.serial, name).second;
    if (!first) return duplicate(name, place);
    if (frame.kind == Frame::Kind::object) findings_.withheld(schema_.path_of(frame.decl), name);
    return true;
}

bool Run::value(JsonKind kind, std::string_view text, JsonPlace place) {
    if (!within_limits(place)) return false;
    if (frames_.empty()) {
        findings_.add(place.line, place.column, code::json_kind,
                      "the document is " + std::string(formats::in_words(kind)) + " where an object is wanted");
        return false;
    }
    const DeclId decl = expected();
    if (decl == no_decl) return true;
    if (!usable(text, place, false)) return false;
    const NodeId parent = frames_.back().node;
    if (array_expected(decl)) {
        if (kind != JsonKind::null || !rules_[decl].array_nullable) mismatch(decl, "an array", kind, place);
    } else if (kind == JsonKind::null) {
        add_null(decl, parent, place);
    } else if (fits(rules_[decl].shape, kind)) {
        add_scalar(decl, parent, kind, text, place);
    } else {
        mismatch(decl, in_words(rules_[decl].shape), kind, place);
    }
    return !findings_.full();
}

void Run::add_scalar(DeclId decl, NodeId parent, JsonKind kind, std::string_view text, JsonPlace place) {
    const bool plain = kind != JsonKind::number || text.find_first_of(".eE") == std::string_view::npos;
    if (plain) {
        into_.add(parent, decl, text, place.line);
        return;
    }
    const auto number = from_json_number(text, rules_[decl].whole);
    if (number) into_.add(parent, decl, *number, place.line);
    if (number) return;
    findings_.reported(schema_.path_of(decl));
    findings_.over(place.line, code::number_digits, "number_digits_max", number_digits_max);
}

void Run::add_null(DeclId decl, NodeId parent, JsonPlace place) {
    if (!rules_[decl].nillable) return mismatch(decl, in_words(rules_[decl].shape), JsonKind::null, place);
    into_.set_nil(into_.add(parent, decl, {}, place.line));
}

void Run::mismatch(DeclId decl, std::string_view wanted, JsonKind found, JsonPlace place) {
    findings_.reported(schema_.path_of(decl));
    findings_.add(place.line, place.column, code::json_kind,
                  "member '" + schema_.path_of(decl) + "' is " + std::string(formats::in_words(found)) + " where " +
                      std::string(wanted) + " is wanted");
}

class JsonDecoder final : public Decoder {
public:
    JsonDecoder(const Schema& schema, const Limits& limits) : schema_(schema), limits_(limits), rules_(rules_of(schema)) {}

    Decoded decode(std::string_view bytes, std::string_view name, Document& into) override {
        Decoded decoded;
        Findings findings(name, limits_, decoded);
        into.clear(&schema_);
        if (bytes.size() > limits_.bytes_max) {
            findings.over(0, code::bytes, "bytes_max", limits_.bytes_max);
            return decoded;
        }
        bytes.remove_prefix(byte_order_mark(bytes));
        Run run(schema_, rules_, limits_, findings, into);
        if (const auto fault = parse_json(bytes, limits_.depth_max, run))
            findings.add(fault->place.line, fault->place.column, fault->too_deep ? code::depth : code::json_syntax, fault->what);
        if (run.complete()) findings.validated(into);
        if (findings.none()) check_json_branches(into, findings);
        return decoded;
    }

private:
    const Schema& schema_;
    const Limits limits_;
    const std::vector<Rule> rules_;
};

}  // namespace

std::unique_ptr<Decoder> make_json_decoder(const Schema& schema, const Limits& limits) {
    return std::make_unique<JsonDecoder>(schema, limits);
}

}  // namespace hub::formats
