// XML to tree, with validation in the same pass.
//
// The parser's events walk down the schema's declarations. What a declaration does not have is withheld: neither the
// tree nor libxml2's validator sees it, so everything around it is still validated. The rest goes to both. libxml2
// decides whether the document is valid; when it is not, our own model says why, in words that quote no value.
#include <algorithm>

#include "hub/formats/codecs.hpp"
#include "hub/formats/codes.hpp"
#include "hub/formats/facets.hpp"
#include "hub/formats/findings.hpp"
#include "hub/formats/xml_codes.hpp"
#include "hub/formats/xml_parser.hpp"
#include "hub/formats/xml_validation.hpp"

namespace hub::formats {

namespace {

constexpr std::string_view xsi_ns = "http://www.w3.org/2001/XMLSchema-instance";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// Where libxml2 2.9.14 accepts what is no value of the type (base64 of any characters, "1e" as a number, lists without
/// items, years that it cannot count), or is not asked: there our own model has to agree.
bool is_lax(const SimpleType& type, std::string_view value) {
    switch (type.base) {
        case Lexical::base64:
        case Lexical::floating: return true;
        case Lexical::date:
        case Lexical::date_time:
        case Lexical::g_year:
        case Lexical::g_year_month: return std::min(value.find('-', 1), value.size()) > 9;
        default: return type.list_item != nullptr || !type.members.empty() || too_long_to_match(type, value);
    }
}

class XmlDecoder : public Decoder, private XmlEvents {
public:
    XmlDecoder(const Schema& schema, const Limits& limits)
        : schema_(schema), limits_(limits), parser_(limits), validation_(*schema.validator()), defaulted_(schema.size()) {
        for (DeclId id = 1; id < schema.size(); ++id) {
            const Declaration& each = schema[id];
            if (each.kind == DeclKind::attribute && (!each.default_value.empty() || !each.fixed.empty()))
                defaulted_[each.parent].push_back(id);
        }
        for (const Constraint& each : schema.constraints()) identities_ = identities_ || each.kind >= Constraint::Kind::id;
    }

    Decoded decode(std::string_view bytes, std::string_view name, Document& into) override {
        Decoded decoded;
        Findings findings(name, limits_, decoded);
        document_ = &into;
        findings_ = &findings;
        into.clear(&schema_);
        open_.clear();
        withheld_depth_ = 0;
        lax_ = identities_;
        validation_.begin();
        auto broken = parser_.parse(bytes, name, *this);
        for (; !open_.empty(); open_.pop_back()) validation_.end(schema_[open_.back().decl]);
        const bool valid = validation_.finish();
        if (broken) decoded.problems = {std::move(*broken)};
        else if (!into.empty() && (!valid || lax_ || !findings.none())) explain(valid, decoded, findings);
        return decoded;
    }

private:
    struct Open {
        DeclId decl;
        NodeId node;
        int line;
        std::uint32_t next_child = 0;  ///< where in the declaration's children the next one is looked for first
        bool nil = false;
        bool text_reported = false;
    };

    void start(const XmlStart& tag) override {
        if (withheld_depth_ > 0) {
            ++withheld_depth_;
            return;
        }
        const DeclId decl = open_.empty() ? root_for(tag) : child_for(tag);
        if (decl == no_decl) {
            ++withheld_depth_;
            return;
        }
        const NodeId parent = open_.empty() ? no_node : open_.back().node;
        const auto line = static_cast<std::uint32_t>(tag.line);
        open_.push_back({decl, document_->add(parent, decl, {}, line), tag.line});
        text_.clear();
        forwarded_.clear();
        trimmed_.resize(static_cast<std::size_t>(tag.attribute_count));
        for (int each = 0; each < tag.attribute_count; ++each)
            attribute(tag.attributes + each * 5, tag.line, trimmed_[static_cast<std::size_t>(each)]);
        for (const DeclId each : defaulted_[decl]) fill_in(each, tag.line);
        validation_.at(decl, tag.line);
        validation_.start(schema_[decl], forwarded_.data(), static_cast<int>(forwarded_.size() / 5));
    }

    /// With another root everything is withheld: a document cut off in its first tag shall be called cut off.
    DeclId root_for(const XmlStart& tag) {
        const Declaration& root = schema_[schema_.root()];
        if (root.name == text_of(tag.local) && root.ns == text_of(tag.ns)) return schema_.root();
        findings_->add(static_cast<std::uint32_t>(tag.line), 0, code::xml_root,
                       "the root element is not '" + root.name + "' in " + (root.ns.empty() ? "no namespace" : "namespace '" + root.ns + "'"),
                       "send it by the exchange for its kind of document, or correct its namespace");
        return no_decl;
    }

    /// Mostly the same element again or the next one of the schema; else by name.
    DeclId child_for(const XmlStart& tag) {
        Open& parent = open_.back();
        const auto& children = schema_[parent.decl].children;
        const std::string_view local = text_of(tag.local), ns = text_of(tag.ns);
        for (std::size_t at = parent.next_child; at < children.size() && at < parent.next_child + std::size_t{2}; ++at) {
            const Declaration& each = schema_[children[at]];
            if (each.kind != DeclKind::element || each.name != local || each.ns != ns) continue;
            parent.next_child = static_cast<std::uint32_t>(at);
            return children[at];
        }
        const DeclId found = schema_.child(parent.decl, DeclKind::element, ns, local);
        if (found == no_decl) {
            findings_->withheld(schema_.path_of(parent.decl), local);
            return no_decl;
        }
        const auto at = std::find(children.begin(), children.end(), found);
        parent.next_child = static_cast<std::uint32_t>(at - children.begin());
        return found;
    }

    void attribute(const xmlChar** attribute, int line, std::string& trimmed) {
        Open& element = open_.back();
        const std::string_view local = text_of(attribute[0]), ns = text_of(attribute[2]);
        const std::string_view raw = attribute_value(attribute[3], attribute[4], value_);
        if (ns == xsi_ns) {
            if (local == "type")
                findings_->add(element_line(), 0, code::xml_type, schema_.path_of(element.decl) + " has xsi:type, which is not supported",
                               "send the element in the form that the schema declares");
            if (local != "nil") return;  // hints where to find schemas are never followed
            std::string_view word = raw.substr(std::min(raw.find_first_not_of(" \t\r\n"), raw.size()));
            word = word.substr(0, word.find_first_of(" \t\r\n"));
            element.nil = word == "true" || word == "1";
            if (element.nil) document_->set_nil(element.node);
        } else {
            const DeclId decl = schema_.child(element.decl, DeclKind::attribute, ns, local);
            if (decl == no_decl) return findings_->withheld(schema_.path_of(element.decl), "@" + std::string(local));
            const std::string_view value = apply_whitespace(*schema_[decl].type, raw, normal_);
            document_->add(element.node, decl, value, static_cast<std::uint32_t>(line));
            lax_ = lax_ || is_lax(*schema_[decl].type, value);
            if (too_long_to_match(*schema_[decl].type, value)) return;
            if (value.size() < raw.size()) return forward_trimmed(attribute, value, trimmed);
        }
        forwarded_.insert(forwarded_.end(), attribute, attribute + 5);
    }

    /// libxml2 does not trim all types that should be. It expects an ampersand as the parser hands it on.
    void forward_trimmed(const xmlChar** attribute, std::string_view value, std::string& trimmed) {
        trimmed.clear();
        for (const char each : value) {
            if (each == '&') trimmed += "&#38;";
            else trimmed += each;
        }
        const auto* begin = reinterpret_cast<const xmlChar*>(trimmed.data());
        forwarded_.insert(forwarded_.end(), attribute, attribute + 3);
        forwarded_.insert(forwarded_.end(), {begin, begin + trimmed.size()});
    }

    void fill_in(DeclId attribute, int line) {
        const Declaration& declaration = schema_[attribute];
        const NodeId element = open_.back().node;
        if (document_->child(element, attribute) != no_node) return;
        document_->add(element, attribute, declaration.fixed.empty() ? declaration.default_value : declaration.fixed,
                       static_cast<std::uint32_t>(line));
    }

    void text(std::string_view piece, int line) override {
        if (withheld_depth_ > 0) return;
        Open& element = open_.back();
        if (schema_[element.decl].type != nullptr) {
            if (text_.size() + piece.size() > limits_.text_bytes_max)
                return parser_.over(code::text_bytes, "text_bytes_max", limits_.text_bytes_max);
            text_ += piece;
        } else if (!element.text_reported && !is_blank(piece)) {
            element.text_reported = true;
            findings_->add(static_cast<std::uint32_t>(line), 0, code::xml_text,
                           schema_.path_of(element.decl) + " has text where only elements may stand", "remove the text");
        }
    }

    void end(const xmlChar*, const xmlChar*) override {
        if (withheld_depth_ > 0) {
            --withheld_depth_;
            return;
        }
        const Open& element = open_.back();
        const Declaration& declaration = schema_[element.decl];
        validation_.at(element.decl, element.line);
        if (declaration.type != nullptr) {
            const bool empty = text_.empty() && !element.nil;
            const std::string& assumed = declaration.fixed.empty() ? declaration.default_value : declaration.fixed;
            const auto value = apply_whitespace(*declaration.type, text_, normal_);
            // libxml2 does not trim all types that should be, and tries patterns on texts of any length.
            if (!value.empty() && !too_long_to_match(*declaration.type, value)) validation_.text(value);
            if (empty && !assumed.empty()) document_->set_text(element.node, assumed);
            else keep(element.node, value);
            text_.clear();
        }
        validation_.end(declaration);
        open_.pop_back();
    }

    void keep(NodeId node, std::string_view value) {
        if (!value.empty()) document_->set_text(node, value);
        lax_ = lax_ || is_lax(*schema_[(*document_)[node].decl].type, value);
    }

    std::uint32_t element_line() const { return static_cast<std::uint32_t>(open_.back().line); }

    /// The document is well-formed but not valid, or our own model has yet to look.
    void explain(bool valid, Decoded& decoded, Findings& findings) {
        findings.validated(*document_);
        const bool told = std::any_of(decoded.problems.begin(), decoded.problems.end(), [](const Problem& each) { return each.code == code::xml_identity; });
        for (const XmlFinding& each : validation_.findings())
            if (each.code == XML_SCHEMAV_CVC_IDC && !told)
                findings.add(static_cast<std::uint32_t>(each.line), 0, code::xml_identity,
                             schema_.path_of(each.decl) + " breaks a key, unique or keyref rule of the schema", "send each key once, and only keys that are there");
        if (findings.none() && !valid) say_what_libxml2_says(findings);
        std::stable_sort(decoded.problems.begin(), decoded.problems.end(),
                         [](const Problem& a, const Problem& b) { return a.line < b.line; });
    }

    void say_what_libxml2_says(Findings& findings) {
        for (const XmlFinding& each : validation_.findings())
            findings.add(static_cast<std::uint32_t>(each.line), 0,
                         each.code == XML_SCHEMAV_INTERNAL ? code::xml_undecided : code::xml_invalid,
                         (each.decl == no_decl ? std::string("the document") : schema_.path_of(each.decl)) +
                             (each.code == XML_SCHEMAV_INTERNAL ? " could not be validated: libxml2 gave up"
                                                                : " is not valid (libxml2 error " + std::to_string(each.code) + ")"),
                         "compare it with the schema");
        if (findings.none())
            findings.add(0, 0, code::xml_undecided, "the document could not be validated: libxml2 gave up", "compare it with the schema");
    }

    const Schema& schema_;
    const Limits limits_;
    XmlParser parser_;
    XmlValidation validation_;
    std::vector<std::vector<DeclId>> defaulted_;  ///< attributes with a default, by element
    bool identities_ = false;                     ///< a type says something about identity, which libxml2 does not look at

    // Of the document being decoded.
    Document* document_ = nullptr;
    Findings* findings_ = nullptr;
    std::vector<Open> open_{};
    std::size_t withheld_depth_ = 0;
    bool lax_ = false;  ///< a value has been met that libxml2's word is not enough for
    std::string text_{}, value_{}, normal_{};
    std::vector<const xmlChar*> forwarded_{};  ///< attributes for libxml2, five pointers each
    std::vector<std::string> trimmed_{};       ///< values that some of them point to
};

}  // namespace

std::unique_ptr<Decoder> make_xml_decoder(const Schema& schema, const Limits& limits) {
    return std::make_unique<XmlDecoder>(schema, limits);
}

}  // namespace hub::formats
