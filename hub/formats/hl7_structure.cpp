// A recursive walk over the content model that takes one segment after the other; it never goes back.
#include "hub/formats/hl7_structure.hpp"

#include <algorithm>

#include "hub/formats/codes.hpp"

namespace hub::formats {

using Kind = Particle::Kind;

Hl7Structure::Hl7Structure(const Schema& schema, const Hl7Layout& layout, const std::vector<Hl7Segment>& segments,
                           Document& into, Findings& findings, Fill fill)
    : schema_(schema), layout_(layout), segments_(segments), into_(into), findings_(findings), fill_(std::move(fill)) {}

bool Hl7Structure::build() {
    const NodeId message = into_.add(no_node, schema_.root(), {}, 1);
    skip_unknown();
    match(schema_.content(schema_.root()), message);
    if (stopped_ || at_ == segments_.size()) return fits_ && !stopped_;
    const Hl7Segment& left = segments_[at_];
    findings_.add(left.line, 0, code::hl7_order, "segment " + std::string(left.text.substr(0, 3)) + " is not allowed in this place",
                  "send segments in the schema's order");
    return false;
}

/// Whether the segment that stands here may be the first of this part of the message.
bool Hl7Structure::starts(const Particle& particle) const {
    if (at_ == segments_.size() || particle.occurs_max == 0) return false;
    if (particle.kind == Kind::element) {
        const auto code = layout_.segment_code(particle.element);
        return code != 0 ? code == segments_[at_].code : starts(schema_.content(particle.element));
    }
    for (const Particle& part : particle.parts) {
        if (starts(part)) return true;
        if (particle.kind == Kind::sequence && !nullable(part)) return false;
    }
    return false;
}

bool Hl7Structure::nullable(const Particle& particle) const {
    if (particle.occurs_min == 0) return true;
    if (particle.kind == Kind::element) return false;
    const auto empty = [&](const Particle& part) { return nullable(part); };
    if (particle.kind == Kind::choice) return std::any_of(particle.parts.begin(), particle.parts.end(), empty);
    return std::all_of(particle.parts.begin(), particle.parts.end(), empty);
}

void Hl7Structure::match(const Particle& particle, NodeId parent) {
    if (particle.kind == Kind::element) return match_element(particle, parent);
    std::uint32_t times = 0;
    for (; times < particle.occurs_max && !stopped_ && starts(particle); ++times) match_once(particle, parent);
    if (times < particle.occurs_min && !nullable(particle) && !stopped_) match_once(particle, parent);
}

void Hl7Structure::match_element(const Particle& particle, NodeId parent) {
    std::uint32_t times = 0;
    for (; times < particle.occurs_max && !stopped_ && starts(particle); ++times) add(particle.element, parent);
    if (times < particle.occurs_min && !stopped_) missing(particle);
}

void Hl7Structure::add(DeclId decl, NodeId parent) {
    const Hl7Segment& segment = segments_[at_];
    const NodeId node = into_.add(parent, decl, {}, segment.line);
    if (layout_.segment_code(decl) == 0) return match(schema_.content(decl), node);
    ++at_;
    stopped_ = !fill_(node, segment);
    skip_unknown();
}

void Hl7Structure::match_once(const Particle& group, NodeId parent) {
    if (group.kind == Kind::sequence) {
        for (const Particle& part : group.parts)
            if (!stopped_) match(part, parent);
        return;
    }
    std::vector<bool> met(group.parts.size());
    const auto here = [&] {
        std::size_t part = 0;
        while (part < group.parts.size() && (met[part] || !starts(group.parts[part]))) ++part;
        return part;
    };
    for (std::size_t part = here(); part < group.parts.size() && !stopped_; part = here()) {
        match(group.parts[part], parent);
        met[part] = true;
        if (group.kind == Kind::choice) return;
    }
    if (group.kind == Kind::choice && !nullable(group) && !stopped_) missing(group);
    for (std::size_t part = 0; group.kind == Kind::all && part < group.parts.size() && !stopped_; ++part)
        if (!met[part] && !nullable(group.parts[part])) missing(group.parts[part]);
}

void Hl7Structure::missing(const Particle& wanted) {
    fits_ = false;
    const Particle* first = &wanted;
    while (first->kind != Kind::element && !first->parts.empty()) first = &first->parts.front();
    const std::string name = first->element == no_decl ? "something else" : schema_.path_of(first->element);
    const bool end = at_ == segments_.size();
    const std::uint32_t line = segments_.empty() ? 1 : segments_[end ? at_ - 1 : at_].line;
    findings_.add(line, 0, code::hl7_order,
                  end ? "the message ends where " + name + " is wanted"
                      : "segment " + std::string(segments_[at_].text.substr(0, 3)) + " stands where " + name + " is wanted",
                  end ? "send the whole message" : "send segments in the schema's order");
}

void Hl7Structure::skip_unknown() {
    for (; at_ < segments_.size() && !layout_.knows(segments_[at_].code); ++at_)
        findings_.withheld(schema_.path_of(schema_.root()), segments_[at_].text.substr(0, 3));
}

}  // namespace hub::formats
