// Totality: each source field is mapped, or dropped for a reason, and not both.
#include "hub/mapping/compilation.hpp"
#include "hub/mapping/witness.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using formats::no_decl;

class SourceCheck {
public:
    explicit SourceCheck(Compilation& all) : all_(all), handled_(all.source.size(), false) {}

    void run() {
        for (const auto& [decl, place] : all_.reads.places)
            if (is_field(decl)) mapped(decl, place);
        for (const auto& [decl, dropped] : all_.drops) drop(decl, dropped);
        unhandled(all_.source.root());
    }

private:
    /// Something that can carry information of its own: a value, or mere presence.
    bool is_field(DeclId decl) const { return all_.source[decl].type != nullptr || all_.source[decl].children.empty(); }

    void mapped(DeclId decl, Place place) {
        handled_[decl] = true;
        ++all_.counts.mapped;
        for (DeclId up = decl; up != no_decl; up = all_.source[up].parent) {
            const auto dropped = all_.drops.find(up);
            if (dropped == all_.drops.end()) continue;
            all_.report.add(dropped->second.at, "TG-M017", describe(all_.source, decl) + " is dropped here and used in line " + std::to_string(place.line),
                            "drop only what is not used", {{source_place(all_.source, decl), {"used here", all_.report.file, place.line, place.column}}, {}});
        }
    }

    void drop(DeclId decl, const Dropped& dropped) {
        for (DeclId up = all_.source[decl].parent; up != no_decl; up = all_.source[up].parent) {
            const auto above = all_.drops.find(up);
            if (above != all_.drops.end())
                return all_.report.add(dropped.at, "TG-M018", describe(all_.source, decl) + " is already dropped with what is above it, in line " + std::to_string(above->second.at.line),
                                       "remove one of the two", {{source_place(all_.source, decl), {"dropped here", all_.report.file, above->second.at.line, above->second.at.column}}, {}});
        }
        drop_below(decl);
    }
    void drop_below(DeclId decl) {
        if (is_field(decl) && !handled_[decl]) ++all_.counts.dropped;
        handled_[decl] = true;
        for (const DeclId each : all_.source[decl].children) drop_below(each);
    }

    bool any_handled(DeclId decl) const {
        if (handled_[decl]) return true;
        for (const DeclId each : all_.source[decl].children)
            if (any_handled(each)) return true;
        return false;
    }
    /// Reports a field alone, or a whole branch of the schema that nobody looked at.
    void unhandled(DeclId decl) {
        const auto& children = all_.source[decl].children;
        const bool whole = !children.empty() && decl != all_.source.root() && !any_handled(decl);
        if (whole || (is_field(decl) && !handled_[decl]))
            all_.report.add(all_.program.from.at, "TG-M016", describe(all_.source, decl) + (whole ? ", with all below it," : "") + " is neither mapped nor dropped",
                            "map it, or <drop from=\"" + all_.source.path_of(decl) + "\" reason=\"...\"/>",
                            {{source_place(all_.source, decl)}, witness_document(all_.source, {.there = {decl}})});
        if (whole) return;
        for (const DeclId each : children) unhandled(each);
    }

    Compilation& all_;
    std::vector<bool> handled_;
};

}  // namespace

void check_source(Compilation& compilation) { SourceCheck(compilation).run(); }

}  // namespace hub::mapping
