// Walks a content model and a list of children side by side.
#include "hub/formats/content_check.hpp"

#include <algorithm>

namespace hub::formats {

namespace {

using Kind = Particle::Kind;
using Finding = ContentFinding::Kind;

bool nullable(const Particle& particle) {
    if (particle.occurs_min == 0) return true;
    const auto& parts = particle.parts;
    if (particle.kind == Kind::element) return false;
    if (particle.kind == Kind::choice) return parts.empty() || std::any_of(parts.begin(), parts.end(), nullable);
    return std::all_of(parts.begin(), parts.end(), nullable);
}

bool starts(const Particle& particle, DeclId decl) {
    if (particle.occurs_max == 0) return false;
    if (particle.kind == Kind::element) return particle.element == decl;
    for (const Particle& part : particle.parts) {
        if (starts(part, decl)) return true;
        if (particle.kind == Kind::sequence && !nullable(part)) return false;
    }
    return false;
}

bool contains(const Particle& particle, DeclId decl) {
    if (particle.kind == Kind::element) return particle.element == decl;
    return std::any_of(particle.parts.begin(), particle.parts.end(), [&](const Particle& part) { return contains(part, decl); });
}

/// Whether no element of that name in the particle wants another value.
bool allows_value(const Particle& particle, DeclId decl, std::string_view text) {
    if (particle.kind == Kind::element) return particle.element != decl || particle.only_value.empty() || particle.only_value == text;
    return std::all_of(particle.parts.begin(), particle.parts.end(), [&](const Particle& part) { return allows_value(part, decl, text); });
}

/// What could have stood here: the elements that a required group may start with.
void list_first(const Particle& particle, std::vector<DeclId>& into) {
    if (particle.kind == Kind::element) {
        if (std::find(into.begin(), into.end(), particle.element) == into.end()) into.push_back(particle.element);
        return;
    }
    for (const Particle& part : particle.parts) {
        list_first(part, into);
        if (particle.kind == Kind::sequence && !nullable(part)) return;
    }
}

class Walk {
public:
    Walk(const Document& document, NodeId parent, std::vector<NodeId> children, std::vector<ContentFinding>& into)
        : document_(document), parent_(parent), children_(std::move(children)), into_(into) {}

    void whole(const Particle& model) {
        match(model);
        for (; at_ < children_.size(); ++at_) not_allowed();
    }

private:
    struct Frame {
        const Particle* group;
        std::size_t part;
        bool again;  ///< the group may be repeated after this time
    };

    bool done() const { return at_ == children_.size(); }
    DeclId here() const { return document_[children_[at_]].decl; }
    bool is_here(const Particle& particle) const { return !done() && starts(particle, here()); }

    void match(const Particle& particle) {
        if (particle.kind == Kind::element) return match_element(particle);
        std::uint32_t times = 0;
        while (times < particle.occurs_max && is_here(particle)) match_once(particle, ++times < particle.occurs_max);
        if (times < particle.occurs_min && !nullable(particle)) match_once(particle, false);
    }

    void match_element(const Particle& particle) {
        std::uint32_t times = take(particle, 0);
        while (times < particle.occurs_min && find_later(particle.element)) times = take(particle, times);
        if (times < particle.occurs_min) into_.push_back({Finding::missing, parent_, {particle.element}});
    }

    std::uint32_t take(const Particle& particle, std::uint32_t times) {
        for (; times < particle.occurs_max && !done() && here() == particle.element; ++at_) ++times;
        return times;
    }

    /// A required child does not stand here but further on: either those between have no place, or it came too late.
    /// Afterwards it stands here, or it was struck out and reported.
    bool find_later(DeclId wanted) {
        const auto is_wanted = [&](NodeId each) { return document_[each].decl == wanted; };
        const auto begin = children_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto found = std::find_if(begin, children_.end(), is_wanted);
        if (found == children_.end()) return false;
        const auto has_no_place = [&](NodeId each) { return !expected_later(document_[each].decl); };
        if (std::all_of(begin, found, has_no_place)) {
            while (here() != wanted) {
                not_allowed();
                ++at_;
            }
            return true;
        }
        into_.push_back({Finding::out_of_order, *found, {here()}});
        std::rotate(begin, found, found + 1);
        return true;
    }

    bool expected_later(DeclId decl) const {
        return std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) {
            const auto& parts = frame.group->parts;
            if (frame.again && contains(*frame.group, decl)) return true;
            if (frame.group->kind != Kind::sequence) return false;
            return std::any_of(parts.begin() + static_cast<std::ptrdiff_t>(frame.part) + 1, parts.end(),
                               [&](const Particle& part) { return contains(part, decl); });
        });
    }

    void match_once(const Particle& group, bool again) {
        if (group.kind == Kind::choice) return match_choice(group, again);
        if (group.kind == Kind::all) return match_all(group);
        for (std::size_t part = 0; part < group.parts.size(); ++part) {
            frames_.push_back({&group, part, again});
            match(group.parts[part]);
            frames_.pop_back();
        }
    }

    /// The alternative that starts here. XML Schema has one at most; branches of JSON's oneOf may share names, then it is
    /// the first whose telling values are there and, among these, that knows all the children that are left.
    std::size_t choose(const Particle& choice) const {
        std::vector<std::size_t> starting;
        for (std::size_t part = 0; part < choice.parts.size(); ++part)
            if (is_here(choice.parts[part])) starting.push_back(part);
        if (starting.empty()) return choice.parts.size();
        const auto worse = [&](std::size_t a, std::size_t b) { return likeness(choice.parts[a]) < likeness(choice.parts[b]); };
        return starting.size() == 1 ? starting.front() : *std::max_element(starting.begin(), starting.end(), worse);
    }

    int likeness(const Particle& branch) const {
        const auto begin = children_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto known = [&](NodeId each) { return contains(branch, document_[each].decl); };
        const auto told = [&](NodeId each) { return allows_value(branch, document_[each].decl, document_.text(each)); };
        return (std::all_of(begin, children_.end(), told) ? 2 : 0) + (std::all_of(begin, children_.end(), known) ? 1 : 0);
    }

    void match_choice(const Particle& choice, bool again) {
        const std::size_t part = choose(choice);
        if (part < choice.parts.size()) {
            frames_.push_back({&choice, part, again});
            match(choice.parts[part]);
            frames_.pop_back();
            return;
        }
        if (nullable(choice)) return;
        ContentFinding finding{Finding::none_of, parent_, {}};
        list_first(choice, finding.wanted);
        into_.push_back(std::move(finding));
    }

    /// Any order: each part looks only at the children that it knows.
    void match_all(const Particle& all) {
        const auto known = [&](NodeId each) { return contains(all, document_[each].decl); };
        const auto begin = children_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto end = std::find_if_not(begin, children_.end(), known);
        for (const Particle& part : all.parts) {
            std::vector<NodeId> own;
            std::copy_if(begin, end, std::back_inserter(own), [&](NodeId each) { return contains(part, document_[each].decl); });
            Walk(document_, parent_, std::move(own), into_).whole(part);
        }
        at_ = static_cast<std::size_t>(end - children_.begin());
    }

    void not_allowed() {
        const NodeId node = children_[at_];
        const DeclId decl = here();
        const auto times = std::count_if(children_.begin(), children_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                         [&](NodeId each) { return document_[each].decl == decl; });
        const auto times_max = document_.schema()[decl].occurs_max;
        const bool too_many = times_max != unbounded && static_cast<std::uint32_t>(times) > times_max;
        into_.push_back({too_many ? Finding::too_many : Finding::not_allowed, node, {}});
    }

    const Document& document_;
    const NodeId parent_;
    std::vector<NodeId> children_;
    std::vector<ContentFinding>& into_;
    std::vector<Frame> frames_{};
    std::size_t at_ = 0;
};

}  // namespace

void check_content(const Document& document, NodeId parent, std::vector<ContentFinding>& into) {
    const Schema& schema = document.schema();
    std::vector<NodeId> children;
    for (NodeId each = document[parent].first_child; each != no_node; each = document[each].next)
        if (schema[document[each].decl].kind == DeclKind::element) children.push_back(each);
    Walk(document, parent, std::move(children), into).whole(schema.content(document[parent].decl));
}

}  // namespace hub::formats
