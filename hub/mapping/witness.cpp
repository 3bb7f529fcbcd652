// Builds the least document that a schema and a wish allow.
#include "hub/mapping/witness.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "hub/formats/codec.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using formats::Document;
using formats::NodeId;
using formats::Particle;
using Kind = formats::Particle::Kind;

constexpr std::size_t witness_nodes_max = 2'000;
constexpr std::size_t witness_bytes_max = 4'000;

class Builder {
public:
    Builder(const formats::Schema& schema, const Wish& wish) : schema_(schema), wish_(wish), document_(&schema) {
        for (const auto& each : wish.there) mark(each);
        for (const auto& each : wish.twice) mark(each);
        for (const auto& [each, value] : wish.values) mark(each);
    }

    std::string run() {
        element(formats::no_node, schema_.root());
        if (failed_ || !formats::validate(document_, "witness").empty()) return {};
        std::string text;
        formats::encode(document_, text, {.pretty = true});
        while (!text.empty() && text.back() == '\n') text.pop_back();
        return text.size() > witness_bytes_max ? std::string() : text;
    }

private:
    void mark(DeclId decl) {
        for (; decl != formats::no_decl; decl = schema_[decl].parent) wanted_.insert(decl);
    }
    std::string value(DeclId decl) {
        const auto& declaration = schema_[decl];
        const auto chosen = wish_.values.find(decl);
        if (chosen != wish_.values.end()) return chosen->second;
        if (!declaration.fixed.empty()) return declaration.fixed;
        const auto avoided = wish_.other_than.find(decl);
        const auto sample = avoided == wish_.other_than.end() ? sample_of(*declaration.type) : sample_of(*declaration.type, avoided->second);
        failed_ = failed_ || !sample;
        return sample.value_or("");
    }
    void element(NodeId parent, DeclId decl) {
        const auto& declaration = schema_[decl];
        if (failed_ || document_.size() > witness_nodes_max) {
            failed_ = true;
            return;
        }
        const NodeId node = document_.add(parent, decl, declaration.type == nullptr ? std::string() : value(decl));
        for (const DeclId each : declaration.children)
            if (schema_[each].kind == formats::DeclKind::attribute && (schema_[each].occurs_min > 0 || wanted_.count(each) != 0)) document_.add(node, each, value(each));
        const Particle& content = schema_.content(decl);
        if (content.kind == Kind::element || !content.parts.empty()) return particle(node, content);
        for (const DeclId each : declaration.children)
            if (schema_[each].kind == formats::DeclKind::element && (schema_[each].occurs_min > 0 || wanted_.count(each) != 0)) element(node, each);
    }
    bool has(const Particle& part, const std::set<DeclId>& some) const {
        if (part.kind == Kind::element) return some.count(part.element) != 0;
        return std::any_of(part.parts.begin(), part.parts.end(), [&](const Particle& each) { return has(each, some); });
    }
    void particle(NodeId node, const Particle& part) {
        const std::uint32_t least = part.kind == Kind::element && wish_.twice.count(part.element) != 0 ? 2 : has(part, wanted_) ? 1 : 0;
        const std::uint32_t times = std::max(part.occurs_min, least);
        for (std::uint32_t i = 0; i < times && !failed_; ++i) {
            if (part.kind == Kind::element) {
                element(node, part.element);
            } else if (part.kind == Kind::choice) {
                if (!part.parts.empty()) particle(node, *chosen(part));
            } else {
                for (const Particle& each : part.parts) particle(node, each);
            }
        }
    }
    const Particle* chosen(const Particle& choice) const {
        for (const Particle& each : choice.parts)
            if (has(each, wanted_)) return &each;
        for (const Particle& each : choice.parts)
            if (!has(each, wish_.not_there)) return &each;
        return &choice.parts.front();
    }

    const formats::Schema& schema_;
    const Wish& wish_;
    Document document_;
    std::set<DeclId> wanted_{};
    bool failed_ = false;
};

/// The declarations of a key: "each1/12/15[2]" leads to 15. Predicates "[/16/17=x]" add the value of 17.
void read_key(std::string_view key, std::set<DeclId>& into, std::map<DeclId, std::string>* values) {
    DeclId last = formats::no_decl;
    for (std::size_t at = 0; at < key.size(); ++at) {
        if (key[at] == '[') {
            const std::size_t equal = key.find('=', at), end = key.find(']', at);
            if (end == std::string_view::npos) break;
            DeclId about = 0;
            const std::size_t name = equal < end ? key.rfind('/', equal) + 1 : end;
            if (values != nullptr && equal < end && std::from_chars(key.data() + name, key.data() + equal, about).ec == std::errc())
                (*values)[about] = std::string(key.substr(equal + 1, end - equal - 1));
            at = end;
        } else if (key[at] == '/') {
            DeclId decl = 0;
            if (std::from_chars(key.data() + at + 1, key.data() + key.size(), decl).ec == std::errc()) last = decl;
        }
    }
    if (last != formats::no_decl) into.insert(last);
}

}  // namespace

std::optional<std::string> sample_of(const formats::SimpleType& type, const std::set<std::string>& other_than) {
    const auto will_do = [&](std::string_view text) { return other_than.count(std::string(text)) == 0 && !formats::why_invalid(type, text); };
    for (const std::string& each : type.enumeration)
        if (!each.empty() && other_than.count(each) == 0) return each;
    static constexpr std::array<std::string_view, 20> usual{
        "x", "1", "2026-01-31", "2026-01-31T09:30:00Z", "2026-01-31T09:30:00", "true", "09:30:00", "P1D", "2026", "2026-01", "0.5", "A1", "a", "A", "AB12",
        "A123456", "1234567", "a@example.org", "ann.example", "00000000-0000-4000-8000-000000000000"};
    for (const std::string_view each : usual)
        if (will_do(each)) return std::string(each);
    for (const char filler : {'x', '1', 'A'}) {
        const std::string text(type.length_min.value_or(1), filler);
        if (will_do(text)) return text;
    }
    for (const auto* bound : {&type.min_inclusive, &type.max_inclusive})
        if (*bound && will_do(**bound)) return **bound;
    return std::nullopt;
}

DeclId repeating(const formats::Schema& source, DeclId decl) {
    while (decl != formats::no_decl && source[decl].occurs_max == 1) decl = source[decl].parent;
    return decl;
}

std::string witness_document(const formats::Schema& source, const Wish& wish) { return Builder(source, wish).run(); }

std::string value_claim(DeclId decl, const std::vector<std::string>& values, bool one_of_them) {
    std::string name = (one_of_them ? "value " : "other ") + std::to_string(decl);
    for (const std::string& each : values) name += '\n' + each;
    return name;
}

namespace {

void read_claim(std::string_view name, Wish& wish) {
    const bool one_of_them = name.starts_with("value ");
    DeclId decl = 0;
    std::from_chars(name.data() + 6, name.data() + name.size(), decl);
    std::set<std::string> values;
    for (std::size_t at = name.find('\n'); at != std::string_view::npos;) {
        const std::size_t end = name.find('\n', at + 1);
        values.insert(std::string(name.substr(at + 1, end == std::string_view::npos ? end : end - at - 1)));
        at = end;
    }
    if (!one_of_them) wish.other_than[decl].merge(values);
    else if (!values.empty()) wish.values.emplace(decl, *values.begin());
}

/// Whether a value that one claim asks for is what another rules out.
bool contradicts_itself(const Wish& wish) {
    return std::any_of(wish.values.begin(), wish.values.end(), [&](const auto& each) {
        const auto avoided = wish.other_than.find(each.first);
        return avoided != wish.other_than.end() && avoided->second.count(each.second) != 0;
    });
}

}  // namespace

std::optional<Wish> wish_of(const Logic& logic, const Case& there, const std::vector<Case>& avoided) {
    Wish wish;
    for (const Atom each : there) {
        const std::string& name = logic.name_of(each);
        if (name == unclear_claim) return std::nullopt;
        if (name.starts_with("value ") || name.starts_with("other ")) read_claim(name, wish);
        if (name.starts_with("there ")) read_key(std::string_view(name).substr(6), wish.there, &wish.values);
        if (name.starts_with("text ")) read_key(std::string_view(name).substr(5), wish.there, nullptr);
    }
    for (const Case& option : avoided)
        for (const Atom each : option) {
            const std::string& name = logic.name_of(each);
            if (!std::binary_search(there.begin(), there.end(), each) && name.starts_with("there ")) read_key(std::string_view(name).substr(6), wish.not_there, nullptr);
        }
    return contradicts_itself(wish) ? std::nullopt : std::optional(std::move(wish));
}

}  // namespace hub::mapping
