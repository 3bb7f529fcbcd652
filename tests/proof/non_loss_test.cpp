// Nothing of a sender's document is lost without a reason: shown for every exchange by a second reading of the source schema,
// and by changing one value after the other in generated documents.
#include <boost/test/unit_test.hpp>

#include "tests/proof/influence.hpp"
#include "tests/proof/leaf_paths.hpp"
#include "tests/proof/trial.hpp"

using namespace proof;
using hub::formats::DeclId;
using hub::formats::Document;
using hub::formats::NodeId;
using hub::mapping::Mapping;
using Paths = std::set<std::string>;

namespace {

constexpr std::size_t documents_tried = 6000;  ///< of one exchange, until every field has shown that it matters

constexpr std::size_t documents_for_guards = 600;  ///< until it is taken that only a field's presence matters

bool covers(const Paths& above, const std::string& path) {
    for (std::size_t end = path.size(); end != std::string::npos && end > 0; end = path.rfind('/', end - 1))
        if (above.count(path.substr(0, end)) != 0) return true;
    return false;
}

std::string joined(const Paths& paths) {
    std::string text;
    for (const std::string& each : paths) text += "\n  " + each;
    return text;
}

Paths without(const Paths& all, const Paths& some) {
    Paths left;
    for (const std::string& each : all)
        if (some.count(each) == 0) left.insert(each);
    return left;
}

Paths model_paths(const hub::formats::Schema& schema) {
    Paths paths;
    for (DeclId decl = 0; decl < schema.size(); ++decl)
        if (schema[decl].type != nullptr || schema[decl].children.empty()) paths.insert(schema.path_of(decl));
    return paths;
}

/// What a field's change did, over all documents; `by_absence`: the outcome changed when the field was taken out, so that it
/// is at least a guard.
struct Shown {
    std::size_t changed = 0, same = 0, by_absence = 0;
    bool matters() const { return changed > 0 || by_absence > 0; }
};

class Probe {
public:
    explicit Probe(const Exchange& exchange) : exchange_(exchange), mapping_(*exchange.mapping), documents_(exchange.from(), seed_wanted()), chance_(seed_wanted()) {
        for (const auto& example : exchange.examples) documents_.learn(example);
    }

    void run() {
        for (DeclId decl = 0; decl < mapping_.from().size(); ++decl)
            if (is_field(decl)) shown_[decl];
        for (const Document& example : exchange_.examples) look_at(example);
        for (std::size_t number = 0; number < documents_tried && !done(); ++number) look_at(documents_.next());
    }
    const std::map<DeclId, Shown>& shown() const { return shown_; }

private:
    /// Something with a value that may be another.
    bool is_field(DeclId decl) const {
        const auto& declaration = mapping_.from()[decl];
        if (declaration.type == nullptr) return declaration.children.empty();
        return declaration.fixed.empty() && declaration.type->enumeration.size() != 1;
    }
    /// A few documents are looked at in any case, for the sake of the dropped fields.
    bool done() const {
        if (documents_.made() < 60) return false;
        for (const auto& [decl, shown] : shown_)
            if (shown.changed == 0 && !is_dropped(mapping_, decl) && (shown.by_absence == 0 || documents_.made() < documents_for_guards)) return false;
        return true;
    }
    void look_at(const Document& document) {
        const std::string before = of(document);
        if (before.rfind("rejected: ", 0) == 0 && !chance_.one_in(4)) return;
        for (NodeId node = 0; node < document.size(); ++node) {
            const DeclId decl = document[node].decl;
            if (!is_field(decl)) continue;
            Shown& shown = shown_[decl];
            if (shown.changed > 0 && !is_dropped(mapping_, decl)) continue;
            if (document[node].nil != 0 || mapping_.from()[decl].type == nullptr) continue;
            const std::string other = documents_.another(decl, document.text(node));
            if (other != document.text(node)) ++(of(with_text(document, node, other)) == before ? shown.same : shown.changed);
            if (mapping_.from()[decl].occurs_min == 0 && of(without_node(document, node)) != before) ++shown.by_absence;
        }
    }
    std::string of(const Document& document) const {
        return outcome(mapping_, document, {"00ff", exchange_.inward() ? "" : "00ff", "2026-03-02T07:14:09Z", "court", exchange_.inward() ? "" : "police", "1"});
    }

    const Exchange& exchange_;
    const Mapping& mapping_;
    Documents documents_;
    support::Chance chance_;
    std::map<DeclId, Shown> shown_{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(non_loss)

BOOST_AUTO_TEST_CASE(mapped_and_dropped_paths_are_all_the_paths_of_the_schema) {
    for (const Exchange& exchange : shipped().exchanges) {
        const Mapping& mapping = *exchange.mapping;
        const Paths all = leaf_paths(shipped().schemas, mapping.from().path(), mapping.from()[0].name);
        BOOST_TEST(all.size() > 2u);
        const Paths model = model_paths(mapping.from());
        BOOST_TEST((all == model), exchange.name << ": only the second reader finds" << joined(without(all, model)) << "\nonly the first finds" << joined(without(model, all)));
        Paths read, dropped;
        for (const DeclId decl : mapping.reads()) read.insert(mapping.from().path_of(decl));
        for (const auto& [decl, reason] : mapping.drops()) {
            dropped.insert(mapping.from().path_of(decl));
            BOOST_TEST(!reason.empty(), exchange.name << " drops " << mapping.from().path_of(decl) << " without a reason");
        }
        for (const std::string& path : all) {
            BOOST_TEST((read.count(path) != 0 || covers(dropped, path)), exchange.name << " loses " << path);
            BOOST_TEST(!(read.count(path) != 0 && covers(dropped, path)), exchange.name << " drops what it uses: " << path);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_changed_value_changes_the_outcome_unless_its_field_is_dropped) {
    std::size_t fields = 0, dropped = 0, guards = 0;
    for (const Exchange& exchange : shipped().exchanges) {
        Probe probe(exchange);
        probe.run();
        for (const auto& [decl, shown] : probe.shown()) {
            const std::string path = exchange.from().path_of(decl);
            ++fields;
            if (is_dropped(*exchange.mapping, decl)) {
                ++dropped;
                BOOST_TEST(!shown.matters(), exchange.name << " drops " << path << ", and yet it matters");
            } else {
                BOOST_TEST(shown.matters(), exchange.name << ": " << path << " was changed " << shown.same << " times and never mattered");
                if (shown.changed > 0 || !shown.matters()) continue;
                ++guards;
                BOOST_TEST_MESSAGE(exchange.name << ": of " << path << " only the presence matters");
            }
        }
    }
    BOOST_TEST_MESSAGE(fields << " source fields, " << dropped << " of them dropped, of " << guards << " only the presence matters; each of the others was seen to matter by its value");
}

BOOST_AUTO_TEST_SUITE_END()
