// How one value is compiled: where it comes from, through which steps, and whether it fits the target.
#pragma once

#include <string>
#include <vector>

#include "hub/mapping/compilation.hpp"
#include "hub/mapping/source_facts.hpp"
#include "hub/mapping/types.hpp"

namespace hub::mapping {

/// What is known about a value on its way through the steps.
struct Flow {
    TextSet texts{};                    ///< what it may be, unless closed
    formats::JsonShape shape = formats::JsonShape::string;
    bool closed = false;                ///< `values` are all there can be; otherwise they come on top of the texts
    std::vector<std::string> values{};
    std::vector<Case> cases{{}};        ///< when there is a value
    std::uint32_t values_min = 1, values_max = 1;
    enum class Origin : std::uint8_t { source, code, constant } origin = Origin::source;
    std::string from{};                 ///< for explain() and messages
    PlanValue plan{};
    std::optional<SourcePath> path{};   ///< while the value is what stands in the source
    const Case* known = nullptr;        ///< with `path`: when the rule applies
};

/// Where a value is read.
struct Standpoint {
    const std::vector<Frame>& frames;
    const Case& known;                  ///< when the rule applies
};

/// A step that says what becomes of a value that does not fit.
inline bool is_handler(const StepRule& step) { return step.kind == StepRule::Kind::require || step.kind == StepRule::Kind::check; }

class ValueCompiler {
public:
    ValueCompiler(Compilation& all, SourceFacts& facts) : all_(all), facts_(facts) {}

    /// Nothing when a problem was reported.
    std::optional<Flow> field(const PathText& path, const std::vector<StepRule>& steps, Standpoint from, Place at);
    std::optional<Flow> constant(const std::string& value, Place at);
    std::optional<Flow> given(const Rule& rule);
    std::optional<Flow> text(const Rule& rule, Standpoint from);

    /// Fits the value to its target and puts it into the plan; its number.
    std::uint32_t finish(Flow& flow, formats::DeclId target, const std::vector<StepRule>& steps, Place at);

private:
    std::optional<Flow> start(const PathText& path, Standpoint from, Place at);
    std::optional<Flow> piece(const PieceRule& piece, Standpoint from);
    bool steps(Flow& flow, const std::vector<StepRule>& steps);
    bool step(Flow& flow, const StepRule& step);
    bool code(Flow& flow, const StepRule& step, PlanStep& plan);
    std::string uncovered(const Flow& flow, const StepRule& step, const CodeTable& table, std::string& witness) const;
    void images(Flow& flow, const StepRule& step, const CodeTable& table);
    bool date(Flow& flow, const StepRule& step, PlanStep& plan);
    void date_fits(Flow& flow, const StepRule& step);
    void change(Flow& flow, const StepRule& step);
    bool offsets(const StepRule& step, PlanStep& plan);
    void timed(Flow& flow, bool sure, std::string form);
    bool zone(Flow& flow, const StepRule& step, PlanStep& plan);
    bool local(Flow& flow, const StepRule& step, PlanStep& plan);
    bool extract(Flow& flow, const StepRule& step, PlanStep& plan);
    void extracts_all(Flow& flow, const StepRule& step, const Extract& pattern);
    bool reduce(Flow& flow, const StepRule& step);
    void may_become_empty(Flow& flow, const StepRule& step);
    void check(Flow& flow, formats::DeclId target, Place at);
    void check_texts(Flow& flow, formats::DeclId target, Place at);
    std::string form(const Flow& flow) const;
    Shown shown(const Flow& flow, formats::DeclId target, std::string witness) const;

    Compilation& all_;
    SourceFacts& facts_;
    bool reduced_ = false;
    bool handled_ = false;  ///< the rule in hand says what happens to a value that is not valid
    std::string handler_{};  ///< what it rejects with
};

/// Why a picture of dates is not one; empty when it is. `parts` gets its letters: y M d H m s.
std::string why_no_picture(std::string_view picture, std::string& parts);

}  // namespace hub::mapping
