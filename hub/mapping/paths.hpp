// The typed subset of XPath that rules and tests are written in: its grammar, and what a path means in a schema.
//
// A path goes down from a frame: a source node that is fixed while the rules of a context run. Frame 0 is the root
// element; split, each and within add frames. Occurrence intervals are per node of the frame.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/schema.hpp"
#include "hub/mapping/report.hpp"

namespace hub::mapping {

/// Which of the nodes that a step finds below one parent, and that pass its filters.
enum class Pick : std::uint8_t { all, position, last };

struct StepName {
    bool attribute = false;
    std::string prefix{}, name{};
    bool operator==(const StepName&) const = default;
};
/// [a/b='x']: some node at the path has the value; [a/b]: there is one.
struct FilterText {
    std::vector<StepName> path{};
    std::optional<std::string> value{};
    bool operator==(const FilterText&) const = default;
};
struct PathStep : StepName {
    std::vector<FilterText> filters{};
    Pick pick = Pick::all;
    std::uint32_t position = 0;
    bool plain() const { return filters.empty() && pick == Pick::all; }
    bool operator==(const PathStep&) const = default;
};
struct PathText {
    bool absolute = false;
    std::vector<PathStep> steps{};  ///< none: the context itself
    bool operator==(const PathText&) const = default;
};

/// Nothing when the text is not a path; `why` then says so.
std::optional<PathText> parse_path(std::string_view text, std::string& why);
/// Reads a path from the start of `text` and removes it there: tests continue behind it.
std::optional<PathText> take_path(std::string_view& text, std::string& why);

struct Occurs {
    std::uint32_t min = 1, max = 1;
    Occurs operator*(Occurs other) const;
};

struct Filter {
    std::vector<formats::DeclId> path{};  ///< never empty
    std::optional<std::string> value{};
};
struct Hop {
    formats::DeclId decl = formats::no_decl;
    std::vector<Filter> filters{};
    Pick pick = Pick::all;
    std::uint32_t position = 0;
    bool optional = false;  ///< a parent may be without it
    bool plain() const { return filters.empty() && pick == Pick::all; }
};
struct Frame {
    std::uint32_t id = 0;
    formats::DeclId decl = 0;
    std::string key{};  ///< names the node in conditions, the same however it is reached
    std::vector<Filter> filters{};  ///< that the node has passed
};
struct SourcePath {
    Frame frame{};
    std::uint32_t up = 0;  ///< how many parents above the frame's node the path starts
    std::vector<Hop> hops{};
    formats::DeclId decl = formats::no_decl;
    Occurs occurs{};
    /// Key of the node behind the first `count` hops.
    std::string key(std::size_t count) const;
};

using Prefixes = std::map<std::string, std::string>;  ///< prefix -> namespace

/// Resolves paths against one schema and reports those that do not exist.
class PathResolver {
public:
    /// `missing_code` is the code of problems about steps that do not exist.
    PathResolver(const formats::Schema& schema, const Prefixes& prefixes, const Report& report, std::string missing_code)
        : schema_(schema), prefixes_(prefixes), report_(report), missing_code_(std::move(missing_code)) {}

    /// `frames` from the outermost to the innermost; the first is the root.
    std::optional<SourcePath> source(const PathText& path, const std::vector<Frame>& frames, Place at) const;
    /// Declarations from below `context` on; the context itself for ".".
    std::optional<std::vector<formats::DeclId>> target(const PathText& path, formats::DeclId context, Place at) const;

private:
    std::optional<Hop> hop(formats::DeclId parent, const PathStep& step, Place at) const;
    std::optional<formats::DeclId> child(formats::DeclId parent, bool attribute, const std::string& prefix,
                                         const std::string& name, Place at) const;
    /// Lets an absolute path begin at the nearest frame on its way, or at an ancestor of one.
    void choose_frame(SourcePath& path, const std::vector<Frame>& frames) const;
    void choose_ancestor(SourcePath& path, const std::vector<Frame>& frames, std::size_t hops_max) const;
    /// How many levels `ancestor` is above `decl`; 0 when it is not above it.
    std::uint32_t levels_above(formats::DeclId decl, formats::DeclId ancestor) const;
    std::optional<Filter> filter(formats::DeclId decl, const FilterText& text, Place at) const;
    void missing(formats::DeclId parent, bool attribute, const std::string& name, Place at) const;

    const formats::Schema& schema_;
    const Prefixes& prefixes_;
    const Report& report_;
    const std::string missing_code_;
};

}  // namespace hub::mapping
