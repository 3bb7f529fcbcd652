// The table of fact kinds.
#include <algorithm>
#include <array>

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {
namespace {

constexpr std::array<std::string_view, 6> type_names{"date", "instant", "code", "text", "number", "yes_no"};

std::optional<FactType> type_from(std::string_view name) {
    const auto found = std::find(type_names.begin(), type_names.end(), name);
    if (found == type_names.end()) return {};
    return static_cast<FactType>(found - type_names.begin());
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// "release.target_hearing" and "Target hearing date." as their words in small letters.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text) {
        const char small = lower(c);
        const bool part = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (part && !inside) words.emplace_back();
        if (part) words.back() += small;
        inside = part;
    }
    return words;
}

/// How many of the wanted words a kind has; none when it lacks the last one, which says most.
std::size_t words_shared(const std::vector<std::string>& wanted, const FactKind& kind) {
    std::vector<std::string> has = words_of(kind.name);
    for (std::string& word : words_of(kind.about)) has.push_back(std::move(word));
    const auto knows = [&](const std::string& word) { return std::find(has.begin(), has.end(), word) != has.end(); };
    if (wanted.empty() || !knows(wanted.back())) return 0;
    return static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), knows));
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

std::string FactKinds::cure_for(std::string_view name) const {
    constexpr std::size_t suggested_max = 5, slip_edits_max = 2;
    std::string small;
    for (const char c : name) small += lower(c);
    std::size_t least = small.size() > 2 * slip_edits_max ? slip_edits_max + 1 : 1;
    const FactKind* nearest = nullptr;
    for (const FactKind& kind : kinds_)
        if (const std::size_t edits = edits_between(small, kind.name); edits < least) least = edits, nearest = &kind;
    if (nearest) return "did you mean '" + nearest->name + "'?";
    const std::vector<std::string> wanted = words_of(name);
    std::size_t most = 0;
    std::vector<std::string> best;
    for (const FactKind& kind : kinds_) {
        const std::size_t shared = words_shared(wanted, kind);
        if (shared > most) best.clear();
        most = std::max(most, shared);
        if (shared == most && shared > 0) best.push_back("'" + kind.name + "'");
    }
    const std::string table = "`throughgate manual facts SITE` lists them all";
    if (best.empty() || best.size() > suggested_max) return table;
    std::string text = "did you mean " + best.front();
    for (std::size_t i = 1; i < best.size(); ++i) text += " or " + best[i];
    return text + "? " + table;
}

std::vector<std::string> FactKinds::names() const {
    std::vector<std::string> names;
    names.reserve(kinds_.size());
    for (const FactKind& kind : kinds_) names.push_back(kind.name);
    return names;
}

}  // namespace hub::deadlines
