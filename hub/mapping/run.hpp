// Applies a plan to one document. Pure; makes its own scratch memory, once for each record and not for each field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/tree.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/mapping/matches.hpp"
#include "hub/mapping/plan.hpp"
#include "hub/mapping/text_steps.hpp"

namespace hub::mapping {

/// What a run tells about the values that it writes, when it is asked.
struct Told {
    using Row = std::pair<std::uint32_t, const CodeTable::Row*>;  ///< table, row
    struct Value {
        std::size_t output = 0;
        std::uint32_t value = 0;        ///< index into the plan's values
        std::uint32_t source_line = 0;
        std::string text{};
        std::vector<Row> rows{};
    };
    std::vector<Value> values{};
    std::vector<Row> rows{};  ///< of the value in hand
};

/// What tests and values are read from: a document, the nodes that contexts stand on, and the day that codes are of.
class Reading {
public:
    using NodeId = formats::NodeId;

    Reading(const Plan& the_plan, const formats::Document& the_source, Day the_day)
        : plan(the_plan), source(the_source), day(the_day), frames(plan.frames, formats::no_node), firsts_(plan.paths.size()) {
        frames[0] = source.root();
    }
    Matches matches(std::uint32_t path) const {
        const PlanPath& found = plan.paths[path];
        NodeId from = frames[found.frame];
        for (std::uint32_t i = 0; i < found.up && from != formats::no_node; ++i) from = source[from].parent;
        return Matches(plan, source, found, from);
    }
    /// The path's first node or no_node; remembered, so that a loop over many nodes does not search for the same thing
    /// above them again and again.
    NodeId first(std::uint32_t path) {
        First& known = firsts_[path];
        const NodeId frame = frames[plan.paths[path].frame];
        if (known.frame != frame) known = {frame, matches(path).next()};
        return known.node;
    }
    /// Whether the test that starts with this term holds.
    bool holds(std::uint32_t term);

    const Plan& plan;
    const formats::Document& source;
    const Day day;
    std::vector<NodeId> frames;
    Told* told = nullptr;  ///< null: nobody asks

private:
    struct First {
        NodeId frame = formats::no_node, node = formats::no_node;
    };
    bool compares(const PlanTest& test);
    bool compares(const PlanTest& test, NodeId node) const;

    std::vector<First> firsts_;
};

/// Makes values. A view that it returns holds until the next call.
class Values {
public:
    Values(Reading& reading, const Given& given, std::vector<Rejection>& rejections)
        : reading_(reading), given_(given), rejections_(rejections) {}

    /// One value, checked; empty: there is none, or it was rejected.
    std::string_view one(const PlanValue& value);
    /// The next value of one that writes every match: for a node, or without one (no match: a default may stand in).
    std::string_view of_node(const PlanValue& value, formats::NodeId node);
    /// There was none: rejected where it is required.
    void absent(const PlanValue& value);
    void reject(std::uint32_t code, formats::DeclId about, std::uint32_t line_of_rule, std::string_view what);
    /// Of the source node that the value in hand came from.
    std::uint32_t source_line() const { return line_; }

private:
    std::string_view raw(const PlanValue& value);
    std::string_view from_path(const PlanValue& value);
    std::string_view joined(const PlanValue& value);
    std::string_view from_pieces(const PlanValue& value);
    std::string_view checked(const PlanValue& value, std::string_view text);
    bool run_steps(Range steps, const PlanValue& value, std::string_view& text);
    bool code(const PlanStep& step, const PlanValue& value, std::string_view& text);
    bool write(const DateParts& parts, const PlanStep& step, std::string_view& text);
    bool date(const PlanStep& step, const PlanValue& value, std::string_view& text);
    bool zone(const PlanStep& step, const PlanValue& value, std::string_view& text);
    bool local(const PlanStep& step, const PlanValue& value, std::string_view& text);
    bool extract(const PlanStep& step, const PlanValue& value, std::string_view& text);
    void change(const PlanStep& step, std::string_view& text);
    std::string& spare(std::string_view text);
    std::uint32_t frame_line(const PlanValue& value) const;

    Reading& reading_;
    const Given& given_;
    std::vector<Rejection>& rejections_;
    std::string buffers_[2]{}, joined_{}, pieces_{}, shaped_{};
    std::uint32_t line_ = 0;    ///< of the source node that the value in hand came from
    bool rejected_ = false;     ///< the value in hand has been
};

class Run {
public:
    Run(const Plan& plan, const formats::Schema& target, const formats::Document& source, const Given& given, std::vector<Rejection>& rejections);

    /// One document for each match of split. `out` keeps what it needs of its memory.
    void all(std::vector<formats::Document>& out);
    /// From now on each value that is written is told.
    void tell(Told& told) { reading_.told = &told; }

private:
    void one(formats::Document& out);
    void execute(std::uint32_t from, std::uint32_t to);
    void context(const Instruction& instruction);
    void choose(const Instruction& instruction);
    void loop(std::uint32_t at);
    void write(const Instruction& instruction);
    void tell(const Instruction& instruction, std::string_view text);
    void check(const Instruction& instruction);
    bool room_for(std::size_t bytes);
    formats::NodeId ensure(std::uint32_t slot);
    formats::NodeId add(formats::NodeId parent, formats::DeclId decl, std::string_view text);
    void reject(std::uint32_t rejection);

    const Plan& plan_;
    const formats::Schema& target_;
    Reading reading_;
    std::vector<Rejection>& rejections_;
    Values values_;
    std::vector<unsigned char> active_{};
    std::vector<formats::NodeId> slots_{};
    formats::Document* out_ = nullptr;
    std::size_t number_ = 0;  ///< of the document in hand
    std::size_t bytes_ = 0;  ///< text of the document in hand
    bool stopped_ = false;   ///< a limit was passed
};

}  // namespace hub::mapping
