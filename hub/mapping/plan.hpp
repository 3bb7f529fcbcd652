// A compiled mapping: flat tables and a vector of instructions over declaration ids. Nothing here is a pointer into
// another plan; texts are numbers into `texts`. Made by the compiler, walked by run.cpp, never written after that.
//
// A frame holds a source node, a block says whether the rules inside it apply just now, a slot holds an element of the
// output that is made when its first value is written. Instructions of a loop or an element lie between it and `end`.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hub/formats/schema.hpp"
#include "hub/mapping/codes.hpp"
#include "hub/mapping/extract.hpp"
#include "hub/mapping/limits.hpp"
#include "hub/mapping/local_time.hpp"
#include "hub/mapping/paths.hpp"

namespace hub::mapping {

inline constexpr std::uint32_t none = UINT32_MAX;

struct Range {
    std::uint32_t begin = 0, end = 0;
    bool empty() const { return begin == end; }
};

/// Some node at the path below has the value; without a value, there is one.
struct PlanFilter {
    Range path{};               ///< into filter_path
    std::uint32_t value = none;
};
struct PlanHop {
    formats::DeclId decl = 0;
    Range filters{};
    Pick pick = Pick::all;
    std::uint32_t position = 0;
};
struct PlanPath {
    std::uint32_t frame = 0;
    std::uint32_t up = 0;     ///< parents above the frame's node
    Range hops{};
    formats::DeclId decl = 0;
    bool skip_empty = false;  ///< a leaf without text counts as absent
    bool single = false;      ///< at most one node for each node of the frame
};

/// Terms in prefix order: a term's parts lie between it and `end`.
struct PlanTest {
    enum class Kind : std::uint8_t { all, any, negation, present, equals, differs, among, in_codes } kind = Kind::present;
    std::uint32_t end = 0;
    std::uint32_t path = none;
    Range values{};  ///< into value_texts
    std::uint32_t table = none;
};

struct PlanStep {
    enum class Kind : std::uint8_t {
        code, date, substring, trim, upper, lower, remove, prepend, append, default_value, zone, local, extract, pad
    } kind = Kind::trim;
    std::uint32_t text = none;   ///< value, characters, or picture from
    std::uint32_t other = none;  ///< picture to
    std::uint32_t from = 1, length = 0;
    std::uint32_t table = none;   ///< of extract: into extracts
    std::uint32_t reject = none;  ///< code of the rejection when there is no result; none for a code: use `text`, or keep; for an extract: `text`, or absent
    bool keep = false;
    bool in_front = true;         ///< of pad
};

/// How one value comes about.
struct PlanValue {
    enum class Source : std::uint8_t { path, constant, given, pieces } source = Source::path;
    enum class Reduce : std::uint8_t { single, first, last, join, every } reduce = Reduce::single;
    std::uint32_t path = none;
    std::uint32_t text = none;       ///< the constant, or the separator of pieces
    std::uint8_t given = 0;          ///< index of the Given member
    Range pieces{};                  ///< into values
    Range each_steps{};              ///< before several become one
    Range steps{};                   ///< after it
    std::uint32_t separator = none;  ///< of join
    const formats::SimpleType* check = nullptr;  ///< the target's type, when it has to be checked at run time
    formats::JsonShape shape = formats::JsonShape::string;  ///< number and boolean are checked too
    std::uint32_t absent = none;     ///< code of the rejection when there is no value
    std::uint32_t invalid = none;    ///< code of the rejection when the check fails
    formats::DeclId about = formats::no_decl;  ///< source declaration for messages
    std::uint32_t line = 0;          ///< of the mapping file
};

struct Instruction {
    enum class Op : std::uint8_t {
        context,  ///< frame `a` = first node of path `b`; block `c` applies if there is one
        choose,   ///< tests from `a` on, blocks from `b` on, `c` of them with a test; `d` 1: one more block otherwise
        loop,     ///< frame `a` over path `b`, block `c` applies inside
        open,     ///< slot `a` becomes empty
        make,     ///< the element of slot `a` is made
        own_text, ///< value `b` becomes the text of slot `a`
        write,    ///< value `b` becomes a child `c` of slot `a`
        check,    ///< the content of slot `a`, if made, is held against its content model; `b` rejects
        reject,   ///< rejection `a`
    } op = Op::open;
    std::uint32_t block = 0;
    std::uint32_t a = 0, b = 0, c = 0, d = 0;
    std::uint32_t end = 0;
};

struct PlanSlot {
    std::uint32_t parent = none;
    formats::DeclId decl = 0;
};
struct PlanRejection {
    std::uint32_t code = none, reason = none, frame = 0, line = 0;
};

struct Plan {
    std::vector<Instruction> code{};
    std::vector<PlanHop> hops{};
    std::vector<PlanFilter> filters{};
    std::vector<formats::DeclId> filter_path{};
    std::vector<PlanPath> paths{};
    std::vector<PlanTest> tests{};
    std::vector<std::uint32_t> branch_tests{};  ///< first term of each branch, in order
    std::vector<PlanStep> steps{};
    std::vector<PlanValue> values{};
    std::vector<PlanSlot> slots{};
    std::vector<PlanRejection> rejections{};
    std::vector<std::uint32_t> parents{};       ///< of each block; block 0 always applies
    std::vector<std::shared_ptr<const CodeTable>> tables{};
    std::vector<std::shared_ptr<const Clocks>> clocks{};  ///< by table; null where no step asks what clocks show
    std::vector<std::string> table_names{};
    std::vector<std::shared_ptr<const Extract>> extracts{};
    std::vector<std::string> texts{};
    std::vector<std::uint32_t> value_texts{};
    std::uint32_t frames = 1;
    std::uint32_t split = none;                 ///< path; its match is frame 1
    std::string file{};                         ///< of the mapping, for rejections
};

}  // namespace hub::mapping
