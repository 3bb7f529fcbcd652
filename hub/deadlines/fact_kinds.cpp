// The table of fact kinds.
#include <algorithm>
#include <array>

#include "hub/deadlines/facts.hpp"

namespace hub::deadlines {
namespace {

constexpr std::array<std::string_view, 6> type_names{"date", "instant", "code", "text", "number", "yes_no"};

std::optional<FactType> type_from(std::string_view name) {
    const auto found = std::find(type_names.begin(), type_names.end(), name);
    if (found == type_names.end()) return {};
    return static_cast<FactType>(found - type_names.begin());
}

}  // namespace

std::string_view name_of(FactType type) { return type_names[static_cast<std::size_t>(type)]; }

std::shared_ptr<const FactKinds> FactKinds::read(const formats::ConfigElement& facts, const std::string& file, Problems& problems) {
    const std::size_t before = problems.size();
    const auto complain = [&](const formats::ConfigElement& at, const char* code, std::string what, std::string cure) {
        problems.push_back({file, at.line, at.column, code, std::move(what), std::move(cure), {}, {}});
    };
    auto read = std::make_shared<FactKinds>();
    for (const formats::ConfigElement& fact : facts.children) {
        if (fact.name != "fact") continue;
        FactKind kind{fact.token("kind"), FactType::text, fact.token("matter"), fact.token("about"), {}};
        const auto type = type_from(fact.token("type"));
        if (kind.name.empty() || kind.matter.empty() || !type)
            complain(fact, "TG-D001", "a fact kind lacks its name, its type or its kind of matter", "say kind=, type= (date, instant, code, text, number or yes_no) and matter=");
        kind.type = type.value_or(FactType::text);
        for (const formats::ConfigElement& value : fact.children)
            if (value.name == "value") kind.values.push_back(value.token("code"));
        const auto place = std::lower_bound(read->kinds_.begin(), read->kinds_.end(), kind.name, [](const FactKind& a, const std::string& name) { return a.name < name; });
        if (place != read->kinds_.end() && place->name == kind.name)
            complain(fact, "TG-D002", "fact kind '" + kind.name + "' is declared twice", "remove one");
        else
            read->kinds_.insert(place, std::move(kind));
    }
    if (read->kinds_.size() >= no_kind) complain(facts, "TG-D003", "there are " + std::to_string(read->kinds_.size()) + " fact kinds; fact_kinds_max is " + std::to_string(no_kind - 1), "remove kinds that no rule reads");
    return problems.size() == before ? read : nullptr;
}

KindId FactKinds::find(std::string_view name) const {
    const auto found = std::lower_bound(kinds_.begin(), kinds_.end(), name, [](const FactKind& kind, std::string_view wanted) { return kind.name < wanted; });
    return found == kinds_.end() || found->name != name ? no_kind : static_cast<KindId>(found - kinds_.begin());
}

std::vector<std::string> FactKinds::names() const {
    std::vector<std::string> names;
    names.reserve(kinds_.size());
    for (const FactKind& kind : kinds_) names.push_back(kind.name);
    return names;
}

}  // namespace hub::deadlines
