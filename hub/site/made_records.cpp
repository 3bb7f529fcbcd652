// Whether a record that a rule makes can be a valid one of its type: what it lacks, sets twice, or sets to what its schema does not take.
#include <algorithm>

#include "hub/formats/codec.hpp"
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using deadlines::SetFault;
using deadlines::SetValue;
using deadlines::ValueType;
using formats::DeclId;
using formats::DeclKind;
using formats::Declaration;
using formats::NodeId;

/// What the hub itself fills: see core::make_record and the step that names a record.
constexpr const char* subject_path = "person/@subject";
constexpr const char* reference_path = "reference";

/// A value below the node at hand; `set` is whole_record for what the hub fills.
struct Below {
    std::string path{};
    std::size_t set = SetFault::whole_record;
};
using Share = std::vector<Below>;

bool has(const Share& share, const std::string& path) {
    return std::any_of(share.begin(), share.end(), [&](const Below& each) { return each.path == path; });
}

/// Whether a text that the hub writes for a value of this type can be one of those that the schema takes.
bool may_hold(ValueType type, formats::Lexical base) {
    using formats::Lexical;
    if (base == Lexical::string || type == ValueType::code || type == ValueType::text) return true;
    switch (type) {
        case ValueType::date: return base == Lexical::date;
        case ValueType::instant: return base == Lexical::date || base == Lexical::date_time;
        case ValueType::number: return base == Lexical::decimal || base == Lexical::integer || base == Lexical::floating || base == Lexical::g_year;
        default: return false;  // "yes" and "no" are words
    }
}

/// Goes the way that core::make_record goes, with what the rule sets instead of values.
class Trial {
public:
    Trial(const core::RecordType& type, const std::vector<SetValue>& sets) : type_(type), schema_(*type.schema), sets_(sets), document_(type.schema.get()) {}

    std::vector<SetFault> run() {
        Share all;
        for (std::size_t i = 0; i < sets_.size(); ++i) all.push_back({sets_[i].path, i});
        if (!has(all, subject_path)) all.push_back({subject_path, SetFault::whole_record});
        const DeclId reference = schema_.child_any_ns(schema_.root(), DeclKind::element, reference_path);
        if (reference != formats::no_decl && !has(all, reference_path)) all.push_back({reference_path, SetFault::whole_record});
        add(formats::no_node, schema_.root(), all);
        return std::move(faults_);
    }

private:
    void add(NodeId parent, DeclId decl, const Share& values) {
        const NodeId node = document_.add(parent, decl);
        take_text(decl, values);
        bool whole = true;
        for (const DeclId child : schema_[decl].children) {
            if (child == type_.identifier) {
                document_.add(document_.add(node, child), type_.identifier_type, "x");
                continue;
            }
            const std::vector<Share> found = shares(schema_[child], values);
            for (const Share& share : found) add(node, child, share);
            if (!found.empty() || schema_[child].occurs_min == 0) continue;
            lacks(schema_.path_of(child));
            whole = false;
        }
        if (!whole || schema_[decl].type != nullptr || !schema_.constraints().empty()) return;
        if (const DeclId wrong = formats::wrong_content(document_, node); wrong != formats::no_decl)
            fault(SetFault::whole_record, "TG-D236", "what it sets of " + schema_.path_of(decl) + " is not what the schema wants there: see " + schema_.path_of(wrong),
                  "set one alternative of each choice, and each as often as it may occur");
    }

    /// The values below a child, one share for each occurrence.
    static std::vector<Share> shares(const Declaration& child, const Share& values) {
        const std::string name = (child.kind == DeclKind::attribute ? "@" : "") + child.name;
        std::vector<Share> shares;
        for (const auto& [path, set] : values) {
            if (path.compare(0, name.size(), name) != 0 || (path.size() > name.size() && path[name.size()] != '/')) continue;
            const std::string rest = path.size() == name.size() ? std::string() : path.substr(name.size() + 1);
            if (shares.empty() || (has(shares.back(), rest) && child.occurs_max > 1)) shares.emplace_back();
            shares.back().push_back({rest, set});
        }
        return shares;
    }

    void take_text(DeclId decl, const Share& values) {
        bool given = false;
        for (const Below& each : values) {
            if (!each.path.empty()) continue;
            if (given)
                fault(each.set, "TG-D237", schema_.path_of(decl) + " is set twice, and it occurs once", "remove one");
            else
                check_value(decl, each.set);
            given = true;
        }
        const formats::SimpleType* type = schema_[decl].type;
        if (!given && type != nullptr && schema_[decl].kind == DeclKind::element && formats::why_invalid(*type, "")) lacks(schema_.path_of(decl));
    }

    void check_value(DeclId decl, std::size_t set) {
        if (set == SetFault::whole_record) return;
        const std::string path = schema_.path_of(decl);
        const formats::SimpleType* type = schema_[decl].type;
        const char* cure = "set it to a value that the schema allows there";
        if (type == nullptr) return fault(set, "TG-D238", path + " has parts and no value of its own", "set its parts");
        const std::size_t before = faults_.size();
        for (const std::string& text : sets_[set].constants)
            if (const auto why = formats::why_invalid(*type, text)) fault(set, "TG-D238", path + " does not take '" + text + "': it " + *why, cure);
        if (faults_.size() > before || !sets_[set].type || !type->members.empty() || type->list_item != nullptr) return;
        if (!may_hold(*sets_[set].type, type->base)) fault(set, "TG-D238", path + " does not take what this comes to: it is of another type", cure);
    }

    void lacks(const std::string& path) { fault(SetFault::whole_record, "TG-D236", "the record lacks " + path + ", which its schema requires", "set it"); }
    void fault(std::size_t set, const char* code, std::string what, std::string cure) { faults_.push_back({set, code, std::move(what), std::move(cure)}); }

    const core::RecordType& type_;
    const formats::Schema& schema_;
    const std::vector<SetValue>& sets_;
    formats::Document document_;
    std::vector<SetFault> faults_{};
};

}  // namespace

std::vector<SetFault> faults_of_made(const core::RecordType& type, const std::vector<SetValue>& sets) { return Trial(type, sets).run(); }

}  // namespace hub::site
