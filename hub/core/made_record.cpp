// Records that the hub makes itself, and a person's facts as rules read them. See clocks.hpp.
#include <algorithm>
#include <optional>

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

using Values = std::vector<std::pair<std::string, std::string>>;  // path below the node at hand, value

/// "a/b" below "a" is "b"; nothing for other paths. "a" itself is "".
std::optional<std::string> below(const std::string& path, const std::string& name) {
    if (path == name) return std::string();
    if (path.size() > name.size() && path.compare(0, name.size(), name) == 0 && path[name.size()] == '/') return path.substr(name.size() + 1);
    return std::nullopt;
}

/// Fills declarations in schema order from values by path; what has no value below it is left out. A path that comes again begins a
/// new occurrence of what repeats above it.
class RecordMaker {
public:
    RecordMaker(const RecordType& type, const Person& person, const Notice& notice) : type_(type), person_(person), document_(type.schema.get()), values_(notice.values) {
        const auto subject = std::find_if(values_.begin(), values_.end(), [](const auto& each) { return each.first == subject_path; });
        if (subject == values_.end()) values_.emplace_back(subject_path, "convicted");
    }

    const Document& make() {
        add(formats::no_node, type_.schema->root(), values_);
        return document_;
    }
    /// Values that no declaration of the record took.
    bool took_all() const { return taken_ == values_.size(); }

private:
    void add_identifiers(NodeId parent) {
        std::size_t added = 0;
        for (const people::Identifier& id : person_.identifiers) {
            if (id.strength == people::Strength::none || added++ == identifiers_max) continue;
            const NodeId node = document_.add(parent, type_.identifier);
            document_.add(node, type_.identifier_type, people::name_of(id.type));
            document_.set_text(node, id.value);
        }
    }

    /// The values below a child, one share for each occurrence.
    std::vector<Values> shares(const formats::Declaration& child, const Values& values) const {
        const std::string name = (child.kind == DeclKind::attribute ? "@" : "") + child.name;
        std::vector<Values> shares;
        for (const auto& [path, value] : values) {
            const auto rest = below(path, name);
            if (!rest) continue;
            const bool again = !shares.empty() && std::any_of(shares.back().begin(), shares.back().end(), [&](const auto& each) { return each.first == *rest; });
            if (shares.empty() || (again && child.occurs_max > 1)) shares.emplace_back();
            shares.back().emplace_back(*rest, value);
        }
        return shares;
    }

    void add(NodeId parent, DeclId decl, const Values& values) {
        const NodeId node = document_.add(parent, decl);
        for (const auto& [path, value] : values) {
            if (!path.empty()) continue;
            document_.set_text(node, value);
            ++taken_;
        }
        for (const DeclId child : (*type_.schema)[decl].children) {
            if (child == type_.identifier) add_identifiers(node);
            else
                for (const Values& share : shares((*type_.schema)[child], values)) add(node, child, share);
        }
    }

    inline static const std::string subject_path = "person/@subject";
    const RecordType& type_;
    const Person& person_;
    Document document_;
    Values values_;
    std::size_t taken_ = 0;
};

}  // namespace

hub::Result<std::string> make_record(const RecordType& type, const Person& person, const Notice& notice) {
    RecordMaker maker(type, person, notice);
    const Document& document = maker.make();
    const auto fail = [&](const std::string& what) {
        return Error{Remedy::reject, what, "record type " + type.name, "mend the rule that makes the record", "TG-K040"};
    };
    if (!maker.took_all()) return fail("it has no place for something that the rule sets");
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
