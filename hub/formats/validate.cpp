// Checks a whole tree against its schema by our own model, node by node. Values are never quoted.
//
// For XML libxml2 decides whether a document is valid; this then says what is wrong, in the same words for all formats.
#include "hub/formats/codec.hpp"
#include "hub/formats/constraint_check.hpp"
#include "hub/formats/content_check.hpp"
#include "hub/formats/facets.hpp"
#include "hub/formats/xml_codes.hpp"

namespace hub::formats {

namespace {

class Validation {
public:
    Validation(const Document& document, std::string_view name, Problems& problems)
        : document_(document), schema_(document.schema()), name_(name), problems_(problems) {}

    void run() {
        for (NodeId id = 0; id < document_.size() && !full(); ++id) check(id);
        std::vector<ConstraintFinding> broken;
        if (!full()) check_constraints(document_, broken);
        for (const auto& each : broken)
            add(each.node, document_[each.node].decl, code::xml_identity, std::string(each.why) + " (" + each.constraint->name + ")", "send each key once, and refer only to keys that are there");
    }

private:
    static constexpr std::size_t problems_max = Limits{}.problems_max;

    bool full() const { return problems_.size() >= problems_max; }

    void add(NodeId node, DeclId about, const char* code, const std::string& what, const char* cure) {
        if (full()) return;
        problems_.push_back({std::string(name_), static_cast<int>(document_[node].line), 0, code,
                             schema_.path_of(about) + " " + what, cure});
    }

    void check(NodeId id) {
        const Declaration& declaration = schema_[document_[id].decl];
        if (declaration.kind == DeclKind::element) check_attributes(id, declaration);
        if (document_[id].nil != 0) return check_nil(id, declaration);
        if (declaration.type != nullptr) return check_value(id, declaration);
        if (document_[id].text_size != 0)
            add(id, document_[id].decl, "TG-F228", "has text where only elements may stand", "remove the text");
        findings_.clear();
        check_content(document_, id, findings_);
        for (const auto& finding : findings_) report(finding);
    }

    void check_attributes(NodeId id, const Declaration& declaration) {
        for (const DeclId each : declaration.children) {
            if (schema_[each].kind != DeclKind::attribute) return;
            const NodeId found = document_.child(id, each);
            if (found == no_node) {
                if (schema_[each].occurs_min > 0) add(id, each, "TG-F221", "is missing", "add the attribute");
            } else if (document_.next_same(found) != no_node) {
                add(id, each, "TG-F224", "occurs more than once", "send it once");
            }
        }
    }

    void check_nil(NodeId id, const Declaration& declaration) {
        if (!declaration.nillable)
            add(id, document_[id].decl, "TG-F227", "may not be nil", "send a value, or leave it out where that is allowed");
        bool content = document_[id].text_size != 0;
        for (NodeId each = document_[id].first_child; each != no_node; each = document_[each].next)
            content = content || schema_[document_[each].decl].kind == DeclKind::element;
        if (content) add(id, document_[id].decl, "TG-F227", "is nil but has content", "send either a value or nil");
    }

    void check_value(NodeId id, const Declaration& declaration) {
        const std::string_view text = document_.text(id);
        if (const auto reason = why_invalid(*declaration.type, text))
            return add(id, document_[id].decl, "TG-F225", *reason, "send a value that the schema allows");
        if (declaration.fixed.empty()) return;
        std::string scratch;
        if (!same_value(*declaration.type, apply_whitespace(*declaration.type, text, scratch), declaration.fixed))
            add(id, document_[id].decl, "TG-F226", "does not have its one fixed value", "send the value that the schema fixes");
    }

    void report(const ContentFinding& finding) {
        const DeclId decl = document_[finding.node].decl;
        switch (finding.kind) {
            case ContentFinding::Kind::missing:
                return add(finding.node, finding.wanted.front(), "TG-F221", "is missing", "add it in the schema's order");
            case ContentFinding::Kind::none_of:
                return add(finding.node, decl, "TG-F222", "has none of " + names(finding.wanted), "add one of them");
            case ContentFinding::Kind::out_of_order:
                return add(finding.node, decl, "TG-F223", "is out of order: it belongs before " + names(finding.wanted),
                           "send elements in the schema's order");
            case ContentFinding::Kind::too_many:
                return add(finding.node, decl, "TG-F224",
                           "occurs more than " + std::to_string(schema_[decl].occurs_max) + " times", "send it less often");
            case ContentFinding::Kind::not_allowed:
                return add(finding.node, decl, "TG-F223", "is not allowed in this place",
                           "send elements in the schema's order, and one alternative of a choice only");
        }
    }

    std::string names(const std::vector<DeclId>& declarations) const {
        constexpr std::size_t names_max = 8;
        std::string text;
        for (std::size_t at = 0; at < declarations.size() && at < names_max; ++at)
            text += (at == 0 ? "'" : ", '") + schema_[declarations[at]].name + "'";
        return declarations.size() > names_max ? text + " ..." : text;
    }

    const Document& document_;
    const Schema& schema_;
    const std::string_view name_;
    Problems& problems_;
    std::vector<ContentFinding> findings_{};
};

}  // namespace

DeclId wrong_content(const Document& document, NodeId element) {
    std::vector<ContentFinding> findings;
    check_content(document, element, findings);
    if (findings.empty()) {
        std::vector<ConstraintFinding> broken;
        check_constraints(document, element, broken);
        return broken.empty() ? no_decl : document[broken.front().node].decl;
    }
    const ContentFinding& first = findings.front();
    const bool missing = first.kind == ContentFinding::Kind::missing || first.kind == ContentFinding::Kind::none_of;
    return missing && !first.wanted.empty() ? first.wanted.front() : document[first.node].decl;
}

Problems validate(const Document& document, std::string_view name) {
    Problems problems;
    if (document.empty())
        problems.push_back({std::string(name), 0, 0, "TG-F221", "the document is empty", "send a document"});
    else
        Validation(document, name, problems).run();
    return problems;
}

}  // namespace hub::formats
