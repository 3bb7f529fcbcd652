#include "tests/proof/documents.hpp"

#include <algorithm>
#include <numeric>
#include <regex>
#include <stdexcept>

namespace proof {

using hub::formats::Declaration;
using hub::formats::DeclId;
using hub::formats::DeclKind;
using hub::formats::Document;
using hub::formats::Format;
using hub::formats::JsonShape;
using hub::formats::no_node;
using hub::formats::NodeId;
using hub::formats::Particle;
using hub::formats::Schema;
using hub::formats::SimpleType;
using Kind = Particle::Kind;

namespace {

// Kinds of goals that are no branch of a choice.
constexpr int there = -1, absent = -2, nil = -3, fewest = -4, most = -5, edge = -6;

std::uint32_t most_of(const Particle& particle) {
    return particle.occurs_max > counted_max ? std::max(particle.occurs_min, repeats_max) : particle.occurs_max;
}

/// Whether JSON has the text in this shape: no sign +, no leading zeros, true and false in letters.
bool json_writes(JsonShape shape, const std::string& text) {
    static const std::regex number(R"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)");
    if (shape == JsonShape::number) return std::regex_match(text, number);
    return shape != JsonShape::boolean || text == "true" || text == "false";
}

DeclId first_element(const Particle& particle) {
    return particle.kind == Kind::element || particle.parts.empty() ? particle.element : first_element(particle.parts.front());
}

/// What the particle is called in a sentence.
std::string named(const Schema& schema, DeclId parent, const Particle& particle) {
    const DeclId first = first_element(particle);
    if (particle.kind == Kind::element) return schema.path_of(first);
    return "the group of " + (first == hub::formats::no_decl ? "nothing" : schema[first].name) + " in " + schema.path_of(parent);
}

}  // namespace

Documents::Documents(const Schema& schema, std::uint64_t seed) : schema_(schema), chance_(seed) {
    list_goals();
}

// --- goals

void Documents::add_goal(DeclId decl, const void* of, int kind, std::string words) {
    goals_[{of, kind}] = std::move(words);
    goal_of_[{of, kind}] = decl;
}

void Documents::list_goals() {
    for (DeclId decl = 0; decl < schema_.size(); ++decl) {
        const Declaration& each = schema_[decl];
        const std::string path = schema_.path_of(decl);
        add_goal(decl, &each, there, path + " is never there");
        if (each.kind == DeclKind::attribute && each.occurs_min == 0) add_goal(decl, &each, absent, path + " is never absent");
        if (may_be_nil(decl)) add_goal(decl, &each, nil, path + " is never nil");
        if (each.type != nullptr && each.fixed.empty() && header_value(each) == nullptr) add_goal(decl, &each, edge, path + " has not had all values from the edges of its type");
        if (each.kind == DeclKind::element && each.type == nullptr) list_goals(decl, schema_.content(decl));
    }
}

void Documents::list_goals(DeclId decl, const Particle& particle) {
    const std::string name = named(schema_, decl, particle);
    if (most_of(particle) > particle.occurs_min) {
        add_goal(decl, &particle, fewest, name + " never occurs " + std::to_string(particle.occurs_min) + " times only");
        add_goal(decl, &particle, most, name + " never occurs " + std::to_string(most_of(particle)) + " times");
    }
    for (std::size_t at = 0; at < particle.parts.size(); ++at) {
        if (particle.kind == Kind::choice) add_goal(decl, &particle, static_cast<int>(at), name + " never takes branch " + std::to_string(at + 1));
        list_goals(decl, particle.parts[at]);
    }
}

void Documents::reached(const void* of, int kind) { goals_.erase({of, kind}); }
bool Documents::is_owed(const void* of, int kind) const { return goals_.count({of, kind}) != 0; }

void Documents::count_owed() {
    owed_.assign(schema_.size(), 0);
    for (const auto& [goal, words] : goals_) ++owed_[goal_of_.at(goal)];
    for (DeclId decl = static_cast<DeclId>(schema_.size()); decl-- > 1;) owed_[schema_[decl].parent] += owed_[decl];
}

std::size_t Documents::owed_below(const Particle& particle) const {
    std::size_t sum = particle.kind == Kind::element ? owed_[particle.element] : 0;
    for (int kind : {fewest, most}) sum += is_owed(&particle, kind) ? 1 : 0;
    for (std::size_t at = 0; at < particle.parts.size(); ++at)
        sum += owed_below(particle.parts[at]) + (particle.kind == Kind::choice && is_owed(&particle, static_cast<int>(at)) ? 1 : 0);
    return sum;
}

std::vector<std::string> Documents::owed() const {
    std::vector<std::string> words;
    for (const auto& [goal, each] : goals_) words.push_back(each);
    return words;
}

// --- documents

void Documents::learn(const Document& example) {
    for (NodeId node = 0; node < example.size(); ++node) {
        if (schema_[example[node].decl].type == nullptr || example[node].text_size == 0) continue;
        auto& known = learned_[example[node].decl];
        if (std::find(known.begin(), known.end(), example.text(node)) == known.end()) known.emplace_back(example.text(node));
    }
    examples_.push_back(example);
}

Document Documents::next() {
    struct Manner {
        Size size;
        std::size_t edge_one_in;
    };
    static constexpr Manner manners[] = {{Size::any, 0},    {Size::full, 1},   {Size::alike, 0}, {Size::any, 25},   {Size::lean, 8},   {Size::alike, 20},
                                         {Size::any, 60}, {Size::full, 0}, {Size::alike, 60},  {Size::any, 10}, {Size::full, 80}, {Size::alike, 6}};
    const Manner manner = manners[number_++ % std::size(manners)];
    edge_one_in_ = manner.edge_one_in;
    example_ = manner.size == Size::alike && !examples_.empty() ? &chance_.of(examples_) : nullptr;
    usual_separators_ = !chance_.one_in(4);
    count_owed();
    document_.clear(&schema_);
    const Size size = manner.size == Size::alike && example_ == nullptr ? Size::any : manner.size;
    element({no_node, size, example_ == nullptr ? no_node : example_->root()}, schema_.root(), {});
    return document_;
}

/// `parent.like` is what the element itself is to be like.
void Documents::element(Place parent, DeclId decl, const std::string& only_value) {
    const Declaration& declaration = schema_[decl];
    const Place place{document_.add(parent.node, decl), parent.size, parent.like};
    reached(&declaration, there);
    attributes(place, decl);
    if (may_be_nil(decl) && (is_owed(&declaration, nil) ? chance_.one_in(2) : chance_.one_in(10))) {
        document_.set_nil(place.node);
        reached(&declaration, nil);
    } else if (declaration.type != nullptr) {
        document_.set_text(place.node, only_value.empty() ? value(decl, place.like) : only_value);
    } else {
        content(place, schema_.content(decl));
        if (schema_.format() == Format::hl7 && document_[place.node].first_child == no_node) fill(place, decl);
    }
}

/// In HL7 a field, component or group with nothing in it is not there at all: it gets one part.
void Documents::fill(Place place, DeclId decl) {
    const Declaration& declaration = schema_[decl];
    if (declaration.name.find('.') != std::string::npos && !declaration.children.empty())
        element({place.node, Size::lean, no_node}, chance_.of(declaration.children), {});
}

/// In HL7 a null that is the only component of a field would be the null of the field.
bool Documents::may_be_nil(DeclId decl) const {
    const Declaration& declaration = schema_[decl];
    const bool component = schema_.format() == Format::hl7 && decl != schema_.root() && schema_[declaration.parent].name.find('.') != std::string::npos;
    return declaration.nillable && !component;
}

void Documents::attributes(Place place, DeclId decl) {
    for (const DeclId each : schema_[decl].children) {
        const Declaration& attribute = schema_[each];
        if (attribute.kind != DeclKind::attribute) continue;
        const NodeId like = place.like == no_node ? no_node : example_->child(place.like, each);
        const bool unlike = place.size == Size::alike && like == no_node && !chance_.one_in(8);
        const bool left_out = unlike || place.size == Size::lean || (place.size == Size::any && chance_.one_in(2)) || (is_owed(&attribute, absent) && chance_.one_in(2));
        if (attribute.occurs_min == 0 && left_out) {
            reached(&attribute, absent);
            continue;
        }
        document_.add(place.node, each, value(each, like));
        reached(&attribute, there);
    }
}

/// How often the particle occurs in the example, as far as counting its elements tells.
std::uint32_t Documents::times_alike(NodeId like, const Particle& particle) const {
    std::uint32_t number = 0;
    if (particle.kind != Kind::element) {
        for (const Particle& part : particle.parts) number = std::max(number, std::min<std::uint32_t>(times_alike(like, part), 1));
        return number;
    }
    for (NodeId each = example_->child(like, particle.element); each != no_node; each = example_->next_same(each)) ++number;
    return number;
}

std::uint32_t Documents::times(Place place, const Particle& particle) {
    const std::uint32_t least = particle.occurs_min, largest = std::max(least, most_of(particle));
    if (place.size == Size::alike) {
        if (chance_.one_in(12)) return least + static_cast<std::uint32_t>(chance_.below(std::min(largest, least + 2) - least + 1));
        return place.like == no_node ? least : std::clamp(times_alike(place.like, particle), least, largest);
    }
    if (place.size == Size::lean || too_large()) return least;
    if (is_owed(&particle, most) && chance_.one_in(2)) return largest;
    if (is_owed(&particle, fewest) && chance_.one_in(4)) return least;
    if (place.size == Size::any) return least + static_cast<std::uint32_t>(chance_.below(std::min(largest, least + 2) - least + 1));
    return std::max(least, std::min<std::uint32_t>(largest, chance_.one_in(3) ? 2 : 1));
}

std::size_t Documents::branch(Place place, const Particle& choice) {
    std::vector<std::size_t> wanted(choice.parts.size());
    std::iota(wanted.begin(), wanted.end(), 0U);
    if (place.like != no_node && !chance_.one_in(12))
        for (const std::size_t at : wanted)
            if (times_alike(place.like, choice.parts[at]) > 0) return at;
    if (place.size == Size::lean || chance_.one_in(3)) return chance_.of(wanted);
    std::erase_if(wanted, [&](std::size_t at) { return !is_owed(&choice, static_cast<int>(at)) && owed_below(choice.parts[at]) == 0; });
    return wanted.empty() ? chance_.below(choice.parts.size()) : chance_.of(wanted);
}

void Documents::content(Place place, const Particle& particle) {
    const std::uint32_t number = times(place, particle);
    if (number == particle.occurs_min) reached(&particle, fewest);
    if (number == most_of(particle)) reached(&particle, most);
    const bool guided = place.like != no_node && particle.kind == Kind::element;
    NodeId like = guided ? example_->child(place.like, particle.element) : no_node;
    for (std::uint32_t time = 0; time < number; ++time) {
        // Only the first two are as large as they may be: the rest would make the document a power of its depth.
        const Size size = place.size == Size::alike || time < 2 ? place.size : Size::lean;
        once({place.node, size, particle.kind == Kind::element ? like : place.like}, particle);
        if (like != no_node) like = example_->next_same(like);
    }
}

void Documents::once(Place place, const Particle& particle) {
    switch (particle.kind) {
        case Kind::element: return element(place, particle.element, particle.only_value);
        case Kind::sequence:
            for (const Particle& part : particle.parts) content(place, part);
            return;
        case Kind::choice: {
            if (particle.parts.empty()) return;
            const std::size_t taken = branch(place, particle);
            reached(&particle, static_cast<int>(taken));
            return content(place, particle.parts[taken]);
        }
        case Kind::all: {
            std::vector<const Particle*> parts;
            for (const Particle& part : particle.parts) parts.push_back(&part);
            if (schema_.format() == Format::xml)
                for (std::size_t at = parts.size(); at > 1; --at) std::swap(parts[at - 1], parts[chance_.below(at)]);
            for (const Particle* part : parts) content(place, *part);
        }
    }
}

// --- values

const Values& Documents::values_of_field(const Declaration& declaration) {
    const auto key = std::make_pair(declaration.type, declaration.json);
    const auto known = values_.find(key);
    if (known != values_.end()) return known->second;
    const bool json = schema_.format() == Format::json;
    Values& values = values_[key];
    values = values_of(*declaration.type, json || schema_.format() == Format::xml, chance_);
    for (auto* each : {&values.edges, &values.plain})
        std::erase_if(*each, [&](const std::string& text) { return json && !json_writes(declaration.json, text); });
    if (values.edges.empty()) throw std::invalid_argument("no value of the type " + declaration.type->name + " could be made");
    if (values.plain.empty()) values.plain = values.edges;
    return values;
}

/// What HL7 itself fixes: the separators, and the character set. Null for every other field.
const std::string* Documents::header_value(const Declaration& declaration) const {
    static const std::string usual_field = "|", usual_others = "^~\\&", odd_field = "$", odd_others = "*+?!", utf8 = "UNICODE UTF-8";
    if (schema_.format() != Format::hl7) return nullptr;
    if (declaration.name == "MSH.1") return usual_separators_ ? &usual_field : &odd_field;
    if (declaration.name == "MSH.2") return usual_separators_ ? &usual_others : &odd_others;
    return declaration.name == "MSH.18" ? &utf8 : nullptr;
}

std::string Documents::value(DeclId decl, NodeId like) {
    const Declaration& declaration = schema_[decl];
    if (const std::string* only = header_value(declaration)) return *only;
    if (!declaration.fixed.empty()) return declaration.fixed;
    const Values& values = values_of_field(declaration);
    if (edge_one_in_ == 1 || (edge_one_in_ != 0 && chance_.one_in(edge_one_in_))) {
        std::size_t& at = next_edge_[decl];
        const std::string& chosen = values.edges[at++ % values.edges.size()];
        if (at >= values.edges.size()) reached(&declaration, edge);
        return chosen;
    }
    if (like != no_node && (*example_)[like].text_size != 0 && !chance_.one_in(6)) return std::string(example_->text(like));
    const auto learned = learned_.find(decl);
    if (learned != learned_.end() && (values.plain.size() < 2 || !chance_.one_in(4))) return chance_.of(learned->second);
    return chance_.of(values.plain);
}

std::string Documents::another(DeclId decl, std::string_view than) {
    if (header_value(schema_[decl]) != nullptr) return std::string(than);
    const Values& values = values_of_field(schema_[decl]);
    const auto learned = learned_.find(decl);
    for (int time = 0; time < 10; ++time) {
        const bool known = learned != learned_.end() && chance_.one_in(2);
        const std::string& other = known ? chance_.of(learned->second) : chance_.of(values.plain);
        if (other != than) return other;
    }
    return chance_.of(values.edges);
}

}  // namespace proof
