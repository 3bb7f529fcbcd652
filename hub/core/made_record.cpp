// Records that the hub makes itself, and a person's facts as rules read them. See clocks.hpp.
#include <algorithm>
#include <map>

#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"
#include "hub/core/plan.hpp"
#include "hub/formats/codec.hpp"

namespace hub::core {
namespace {

using formats::DeclId;
using formats::DeclKind;
using formats::Document;
using formats::NodeId;

/// Identifiers that find the person again; Person in common.xsd takes ten.
constexpr std::size_t identifiers_max = 10;

/// Fills declarations in schema order from values by path; what has no value below it is left out.
class RecordMaker {
public:
    RecordMaker(const RecordType& type, const Person& person, const Notice& notice) : type_(type), person_(person), document_(type.schema.get()) {
        for (const auto& [path, value] : notice.values) values_[path] = value;
        values_.try_emplace("person/@subject", "convicted");
    }

    const Document& make() {
        add(formats::no_node, type_.schema->root(), "");
        return document_;
    }
    /// A path that no declaration of the record took.
    std::optional<std::string> left_over() const { return values_.size() == used_.size() ? std::nullopt : first_unused(); }

private:
    static bool is_at_or_below(const std::string& path, const std::string& top) {
        return path.size() >= top.size() && path.compare(0, top.size(), top) == 0 && (path.size() == top.size() || path[top.size()] == '/');
    }

    bool wanted(DeclId decl, const std::string& path) const {
        if (decl == type_.identifier) return !person_.identifiers.empty();
        const auto first = values_.lower_bound(path);
        return std::any_of(first, values_.end(), [&](const auto& each) { return is_at_or_below(each.first, path); });
    }

    std::optional<std::string> first_unused() const {
        for (const auto& [path, value] : values_)
            if (used_.count(path) == 0) return path;
        return std::nullopt;
    }

    void add_identifiers(NodeId parent) {
        std::size_t added = 0;
        for (const people::Identifier& id : person_.identifiers) {
            if (id.strength == people::Strength::none || added++ == identifiers_max) continue;
            const NodeId node = document_.add(parent, type_.identifier);
            document_.add(node, type_.identifier_type, people::name_of(id.type));
            document_.set_text(node, id.value);
        }
    }

    void add(NodeId parent, DeclId decl, const std::string& path) {
        const formats::Declaration& declaration = (*type_.schema)[decl];
        const auto value = values_.find(path);
        const NodeId node = document_.add(parent, decl, value == values_.end() ? std::string_view() : std::string_view(value->second));
        if (value != values_.end()) used_.insert(path);
        for (const DeclId child : declaration.children) {
            const formats::Declaration& below = (*type_.schema)[child];
            const std::string name = (below.kind == DeclKind::attribute ? "@" : "") + below.name;
            const std::string below_path = path.empty() ? name : path + "/" + name;
            if (!wanted(child, below_path)) continue;
            if (child == type_.identifier) add_identifiers(node);
            else add(node, child, below_path);
        }
    }

    const RecordType& type_;
    const Person& person_;
    Document document_;
    std::map<std::string, std::string> values_{};
    std::set<std::string> used_{};
};

}  // namespace

hub::Result<std::string> make_record(const RecordType& type, const Person& person, const Notice& notice) {
    RecordMaker maker(type, person, notice);
    const Document& document = maker.make();
    const auto fail = [&](const std::string& what) {
        return Error{Remedy::reject, what, "record type " + type.name, "mend the rule that makes the record", "TG-K040"};
    };
    if (const auto path = maker.left_over()) return fail("it has no '" + *path + "'");
    std::string bytes;
    formats::encode(document, bytes);
    Document read_back;
    const formats::Decoded decoded = formats::make_decoder(*type.schema)->decode(bytes, type.name, read_back);
    if (!decoded.problems.empty()) return fail("what the rule gives makes no valid record: " + to_text(decoded.problems.front()));
    return bytes;
}

std::vector<deadlines::GivenFact> given_facts(const Person& person) {
    std::vector<deadlines::GivenFact> given;
    given.reserve(person.facts.size());
    for (const StoredFact& stored : person.facts) {
        deadlines::GivenFact fact;
        fact.kind = stored.fact.kind;
        fact.matter_kind = stored.fact.matter;
        fact.matter = stored.fact.matter == "person" ? std::string() : stored.fact.matter_id;
        fact.value = stored.fact.value;
        fact.valid_from = stored.fact.valid_from;
        fact.recorded_at = stored.recorded_at;
        fact.seq = stored.seq;
        fact.source = to_text(stored.source);
        fact.retracted_at = stored.superseded_at;
        fact.stands_until_retracted = true;  // what a later record displaced is superseded; what it said again was not stored again
        given.push_back(std::move(fact));
    }
    return given;
}

}  // namespace hub::core
