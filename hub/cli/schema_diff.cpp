#include "hub/cli/schema_diff.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hub::cli {
namespace {

using formats::Declaration;
using formats::DeclId;
using formats::no_decl;
using formats::Schema;
using formats::SimpleType;
using Effect = SchemaChange::Effect;

std::string listed(const std::set<std::string>& values) {
    std::string text;
    for (const std::string& each : values) text += (text.empty() ? "'" : ", '") + each + "'";
    return text;
}

std::string times(std::uint32_t number) { return number == formats::unbounded ? "any number of times" : number == 1 ? "once" : std::to_string(number) + " times"; }

class Comparison {
public:
    Comparison(const Schema& before, const Schema& after) : before_(before), after_(after) {}

    std::vector<SchemaChange> run() {
        declaration(before_.root(), after_.root());
        constraints();
        return std::move(changes_);
    }

private:
    DeclId same_child(const Schema& schema, DeclId parent, const Declaration& wanted) const {
        return schema.child(parent, wanted.kind, wanted.ns, wanted.name);
    }
    void say(Effect effect, DeclId before, DeclId after, std::string what) {
        changes_.push_back({effect, before != no_decl ? before_.path_of(before) : after_.path_of(after), std::move(what), before, after});
    }

    void declaration(DeclId before, DeclId after) {
        occurrence(before, after);
        value(before, after);
        for (const DeclId each : before_[before].children) {
            const DeclId other = same_child(after_, after, before_[each]);
            if (other == no_decl) say(Effect::narrows, each, no_decl, before_[each].children.empty() ? "is gone" : "is gone, with all below it");
            else declaration(each, other);
        }
        for (const DeclId each : after_[after].children)
            if (same_child(before_, before, after_[each]) == no_decl) {
                const bool required = after_[each].occurs_min > 0;
                say(required ? Effect::narrows : Effect::widens, no_decl, each, required ? "is new and required" : "is new and may be there");
            }
    }
    void occurrence(DeclId before, DeclId after) {
        const Declaration &one = before_[before], &other = after_[after];
        if (one.occurs_min != other.occurs_min)
            say(other.occurs_min > one.occurs_min ? Effect::narrows : Effect::widens, before, after,
                other.occurs_min == 0 ? "may be left out" : "must be there " + (other.occurs_min == 1 ? std::string("now") : times(other.occurs_min)));
        if (one.occurs_max != other.occurs_max)
            say(other.occurs_max > one.occurs_max ? Effect::widens : Effect::narrows, before, after, "may be there " + times(other.occurs_max) + ", was " + times(one.occurs_max));
    }
    void value(DeclId before, DeclId after) {
        const SimpleType *one = before_[before].type, *other = after_[after].type;
        if ((one == nullptr) != (other == nullptr)) return say(Effect::changes, before, after, other == nullptr ? "has no value of its own any more" : "has a value of its own now");
        if (one == nullptr) return;
        if (one->base != other->base || (one->list_item == nullptr) != (other->list_item == nullptr)) return say(Effect::changes, before, after, "has values of another kind");
        if (before_[before].json != after_[after].json) say(Effect::changes, before, after, "is written as another kind of JSON value");
        if (before_[before].fixed != after_[after].fixed) say(Effect::changes, before, after, "has another fixed value");
        enumeration(before, after);
        length(before, after);
        if (one->patterns != other->patterns || one->format != other->format) say(Effect::changes, before, after, "has another pattern");
        const bool bounds = one->min_inclusive == other->min_inclusive && one->max_inclusive == other->max_inclusive && one->min_exclusive == other->min_exclusive &&
                            one->max_exclusive == other->max_exclusive && one->total_digits == other->total_digits && one->fraction_digits == other->fraction_digits;
        if (!bounds) say(Effect::changes, before, after, "has other bounds or digits");
    }
    void enumeration(DeclId before, DeclId after) {
        const auto &one = before_[before].type->enumeration, &other = after_[after].type->enumeration;
        if (one.empty() != other.empty())
            return say(other.empty() ? Effect::widens : Effect::narrows, before, after, other.empty() ? "lists its values no more" : "takes listed values only");
        const std::set<std::string> was(one.begin(), one.end()), is(other.begin(), other.end());
        std::set<std::string> gone, fresh;
        std::set_difference(was.begin(), was.end(), is.begin(), is.end(), std::inserter(gone, gone.end()));
        std::set_difference(is.begin(), is.end(), was.begin(), was.end(), std::inserter(fresh, fresh.end()));
        if (!gone.empty()) say(Effect::narrows, before, after, "no longer takes " + listed(gone));
        if (!fresh.empty()) say(Effect::widens, before, after, "also takes " + listed(fresh));
    }
    void length(DeclId before, DeclId after) {
        const SimpleType &one = *before_[before].type, &other = *after_[after].type;
        const auto most = [](const SimpleType& type) { return type.length_max.value_or(formats::unbounded); };
        const auto shown = [](std::uint32_t length) { return length == formats::unbounded ? std::string("of any length") : "up to " + std::to_string(length) + " characters long"; };
        if (most(one) != most(other)) say(most(other) > most(one) ? Effect::widens : Effect::narrows, before, after, "may be " + shown(most(other)) + ", was " + shown(most(one)));
        const std::uint32_t least = one.length_min.value_or(0), now = other.length_min.value_or(0);
        if (least != now) say(now > least ? Effect::narrows : Effect::widens, before, after, "needs at least " + std::to_string(now) + " characters, was " + std::to_string(least));
    }

    /// Where each stands and what it is called, to what it looks at.
    struct Ruled {
        DeclId scope = no_decl;
        std::string looks_at{};
    };
    static std::map<std::string, Ruled> ruled(const Schema& schema) {
        std::map<std::string, Ruled> all;
        for (const auto& each : schema.constraints()) {
            Ruled& rule = all[schema.path_of(each.scope) + " " + each.name];
            rule.scope = each.scope;
            rule.looks_at += each.refers + (each.exact ? "" : " something below");
            for (const auto& selected : each.selected) {
                rule.looks_at += "\n" + schema.path_of(selected.element);
                for (const auto& field : selected.fields)
                    for (const DeclId decl : field) rule.looks_at += " " + schema.path_of(decl);
            }
        }
        return all;
    }
    void constraints() {
        const auto was = ruled(before_), is = ruled(after_);
        const auto named = [](const std::string& key) { return key.substr(key.find(' ') + 1); };
        for (const auto& [key, rule] : was) {
            const auto now = is.find(key);
            if (now == is.end()) say(Effect::widens, rule.scope, no_decl, "stands under " + named(key) + " no more");
            else if (now->second.looks_at != rule.looks_at) say(Effect::changes, rule.scope, now->second.scope, "has another " + named(key));
        }
        for (const auto& [key, rule] : is)
            if (was.count(key) == 0) say(Effect::narrows, no_decl, rule.scope, "stands under " + named(key) + " now");
    }

    const Schema& before_;
    const Schema& after_;
    std::vector<SchemaChange> changes_{};
};

}  // namespace

std::vector<SchemaChange> schema_changes(const Schema& before, const Schema& after) { return Comparison(before, after).run(); }

std::string_view name_of(Effect effect) {
    switch (effect) {
        case Effect::widens: return "widens";
        case Effect::narrows: return "narrows";
        case Effect::changes: return "changes";
    }
    return {};
}

}  // namespace hub::cli
