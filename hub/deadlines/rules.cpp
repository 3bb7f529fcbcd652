// See rules.hpp: all rule files of a site into one book.
#include "hub/deadlines/rules.hpp"

#include <algorithm>

#include "hub/deadlines/rule_reader.hpp"

namespace hub::deadlines {
namespace {

using formats::ConfigElement;

constexpr std::size_t rules_max = 2'000;

/// A cohort that no version is for yet must still mean something: for one kind of matter at the least.
void check_unused(const RuleReading& reading, const RuleReading::Cohort& cohort) {
    const FactKinds& kinds = *reading.sources.kinds;
    std::set<std::string> matters{"person"};
    for (KindId kind = 0; kind < kinds.size(); ++kind) matters.insert(kinds[kind].matter);
    std::optional<Problems> fewest;
    for (const std::string& matter : matters) {
        Problems found;
        read_expression(cohort.test, ValueType::yes_no, kinds, matter, {}, cohort.place, found);
        if (!fewest || found.size() < fewest->size()) fewest = std::move(found);
    }
    reading.problems.insert(reading.problems.end(), fewest->begin(), fewest->end());
}

void read_file(RuleReading& reading, const ConfigElement& file, RuleBook& book) {
    reading.cohorts.clear();
    for (const ConfigElement& element : file.children) {
        if (element.name == "cohort" && !reading.cohorts.emplace(element.token("name"), RuleReading::Cohort{element.token("test"), reading.place(element)}).second)
            reading.complain(element, "TG-D208", "cohort '" + element.token("name") + "' is declared twice", "remove one");
        if (element.name == "rule") book.rules.push_back(read_rule(reading, element));
        if (element.name == "gate") book.gates.push_back(read_gate(reading, element));
    }
    for (const auto& [name, cohort] : reading.cohorts)
        if (!cohort.used) check_unused(reading, cohort);
}

template <class Named>
void sort_and_check(std::vector<Named>& all, const char* what, Problems& problems) {
    std::stable_sort(all.begin(), all.end(), [](const Named& a, const Named& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].name == all[i - 1].name)
            problems.push_back({all[i].place.file, all[i].place.line, all[i].place.column, "TG-D200", std::string(what) + " '" + all[i].name + "' is declared twice",
                                "give one of them another name, or make it a version of the other"});
}

void check_settings(const RuleSources& sources, const RuleBook& book, Problems& problems) {
    for (const GivenSetting& given : sources.settings)
        if (!book.find(given.rule))
            problems.push_back({given.place.file, given.place.line, given.place.column, "TG-D209", "no rule is named '" + given.rule + "'", "correct its name, or remove the setting"});
}

std::vector<std::vector<std::uint16_t>> readers_of(const RuleBook& book) {
    std::vector<std::vector<std::uint16_t>> readers(book.kinds->size());
    for (std::size_t i = 0; i < book.rules.size(); ++i)
        for (const KindId kind : book.rules[i].reads) readers[kind].push_back(static_cast<std::uint16_t>(i));
    return readers;
}

}  // namespace

const Rule* RuleBook::find(std::string_view name) const {
    const auto found = std::lower_bound(rules.begin(), rules.end(), name, [](const Rule& rule, std::string_view wanted) { return rule.name < wanted; });
    return found != rules.end() && found->name == name ? &*found : nullptr;
}

std::shared_ptr<const RuleBook> compile_rules(const RuleSources& sources, Problems& problems) {
    const std::size_t before = problems.size();
    auto book = std::make_shared<RuleBook>();
    book->kinds = sources.kinds;
    book->almanac = sources.almanac;
    book->roles = sources.roles;
    std::sort(book->roles.begin(), book->roles.end(), [](const Role& a, const Role& b) { return a.name < b.name; });
    RuleReading reading{sources, problems};
    for (const auto& [path, root] : sources.files) {
        reading.file = path;
        read_file(reading, *root, *book);
    }
    sort_and_check(book->rules, "rule", problems);
    sort_and_check(book->gates, "gate", problems);
    if (book->rules.size() > rules_max)
        problems.push_back({reading.file, 0, 0, "TG-D217", "the site has more than " + std::to_string(rules_max) + " rules", "join rules that differ in versions only"});
    for (const Rule& rule : book->rules) {
        check_versions(reading, rule);
        check_roles(reading, rule);
    }
    if (sources.files_whole) check_settings(sources, *book, problems);
    if (problems.size() > before) return nullptr;
    book->readers = readers_of(*book);
    return book;
}

}  // namespace hub::deadlines
