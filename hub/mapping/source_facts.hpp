// What the source schema and the tests say about a document, as cases for Logic.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/mapping/logic.hpp"
#include "hub/mapping/paths.hpp"
#include "hub/mapping/test_syntax.hpp"

namespace hub::mapping {

class SourceFacts {
public:
    SourceFacts(const formats::Schema& schema, Logic& logic) : schema_(schema), logic_(logic) {}

    /// The path selects a node, and what its filters say of the node's content. Also tells Logic about the choices on the way.
    Case present(const SourcePath& path);
    /// It selects a node with text; a soft atom where the schema allows none.
    Case with_text(const SourcePath& path);
    /// What the filters say that the frame's node has passed.
    Case passed(const Frame& frame);
    /// The one statement that says that the path selects a node with text; nothing where it takes several.
    std::optional<Atom> only_sign(const SourcePath& path);
    /// The table has a row for the path's value on the day; nothing where it may have several values.
    Case in_codes(const SourcePath& path, const std::string& table);

private:
    Case signs_of(const SourcePath& path);
    static std::string sign(const SourcePath& path, std::size_t hop);
    void filtered(const std::string& key, const std::vector<Filter>& filters, Case& into);
    void choices(const SourcePath& path, std::size_t hop);
    void choice(const SourcePath& path, std::size_t hop, const formats::Particle& choice, bool required);
    void exclude_pairs(const SourcePath& path, std::size_t hop, const formats::Particle& choice,
                       const std::vector<std::vector<formats::DeclId>>& alternatives);
    void groups(const SourcePath& path, std::size_t hop, const formats::Particle& group, bool required);
    Atom below(const SourcePath& path, std::size_t hop, formats::DeclId decl);
    /// What surely is there when this alternative was taken; nothing when that cannot be said.
    Case signs(const SourcePath& path, std::size_t hop, const formats::Particle& part);

    const formats::Schema& schema_;
    Logic& logic_;
    std::set<std::string> told_{};  ///< keys of parents whose choices Logic knows
};

}  // namespace hub::mapping
