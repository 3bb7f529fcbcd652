// See extract.hpp: records that state facts as such.
#include <algorithm>
#include <limits>

#include "hub/core/extract.hpp"
#include "hub/core/plan.hpp"

namespace hub::core {
namespace {

using formats::Document;
using formats::NodeId;
using formats::no_node;

class Statements {
public:
    Statements(Child& child, const Header& header, const Plan& plan, Problems& problems)
        : child_(child), header_(header), plan_(plan), problems_(problems), places_(*child.type->stated), received_at_(to_text(header.instant)) {}

    void take() {
        const Document& record = child_.canonical;
        for (NodeId node = 0; node < record.size(); ++node)
            if (record[node].decl == places_.fact) take(node);
        check_values();
    }

private:
    std::string text(NodeId of, formats::DeclId decl) const {
        const NodeId node = of == no_node ? no_node : child_.canonical.child(of, decl);
        return node == no_node ? std::string() : std::string(child_.canonical.text(node));
    }
    void complain(const char* code, std::string what, std::string cure) {
        const std::string name = header_.message_id.empty() ? header_.exchange : header_.message_id;
        problems_.push_back({name, 0, 0, code, "fact " + std::to_string(number_) + ": " + std::move(what), std::move(cure)});
    }

    void take(NodeId node) {
        ++number_;
        const NodeId matter = child_.canonical[node].parent;
        Fact fact{text(matter, places_.matter_kind), text(matter, places_.reference), text(node, places_.kind), text(node, places_.value), text(node, places_.valid_from)};
        const deadlines::FactKinds& kinds = *plan_.rules->kinds;
        const deadlines::KindId kind = kinds.find(fact.kind);
        if (kind == deadlines::no_kind) return complain("TG-K041", "there is no fact kind '" + fact.kind + "'", kinds.cure_for(fact.kind));
        if (!may_state(plan_, header_.sender, fact.kind))
            return complain("TG-K042", "party '" + header_.sender + "' may not state '" + fact.kind + "'", "let the site say so: <states party=\"" + header_.sender + "\" kinds=\"" + fact.kind + "\"/>");
        if (fact.matter == "person") fact.matter_id.clear();
        if (text(node, places_.retracted) == "yes") return child_.taken_back.push_back(std::move(fact));
        if (fact.valid_from.empty()) fact.valid_from = received_at_;
        child_.facts.push_back(std::move(fact));
    }

    /// As the rules will read them: by the kinds' types, lists and matters.
    void check_values() {
        if (!plan_.rules->almanac.zone) return;
        std::vector<deadlines::GivenFact> given;
        for (const std::vector<Fact>* facts : {&child_.facts, &child_.taken_back})
            for (const Fact& fact : *facts) {
                deadlines::GivenFact each{.kind = fact.kind, .matter_kind = fact.matter, .matter = fact.matter_id, .value = fact.value, .valid_from = fact.valid_from};
                each.retraction = facts == &child_.taken_back;
                given.push_back(std::move(each));
            }
        Problems found;
        const deadlines::History history(*plan_.rules->kinds, *plan_.rules->almanac.zone, given, {std::numeric_limits<std::int64_t>::max()}, found);
        for (const Problem& each : found) complain_of(each);
    }
    void complain_of(const Problem& each) {
        const std::string name = header_.message_id.empty() ? header_.exchange : header_.message_id;
        problems_.push_back({name, 0, 0, "TG-K043", each.what, each.cure});
    }

    Child& child_;
    const Header& header_;
    const Plan& plan_;
    Problems& problems_;
    const StatedFacts places_;
    const std::string received_at_;
    std::size_t number_ = 0;
};

}  // namespace

bool may_state(const Plan& plan, const std::string& party, std::string_view kind) {
    const auto found = plan.may_state.find(party);
    if (found == plan.may_state.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const std::string& each) {
        return each.ends_with(".*") ? kind.starts_with(std::string_view(each).substr(0, each.size() - 1)) : each == kind;
    });
}

void add_stated_facts(Child& child, const Header& header, const Plan& plan, Problems& problems) {
    if (child.type->stated && plan.rules) Statements(child, header, plan, problems).take();
}

}  // namespace hub::core
