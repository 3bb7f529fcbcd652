// The promise of the language, tried on generated schemas, mappings and documents: if a mapping compiles, no valid input
// makes it yield an invalid output. The numbers come from a fixed seed.
#include <boost/test/unit_test.hpp>

#include "tests/mapping/bench.hpp"
#include "tests/support/chance.hpp"

using bench::Bench;

namespace {

constexpr std::uint64_t generated_max = 1500;

using support::Chance;

struct Shape {
    std::string name{}, type{};
    std::size_t min = 1, max = 1;  ///< max 9: unbounded
    bool attribute = false;
    std::vector<std::vector<Shape>> groups{};  ///< of several: a choice
    bool leaf() const { return !type.empty() && groups.empty(); }
};

Shape shape(Chance& chance, const std::string& name, std::size_t depth) {
    Shape made;
    made.name = name;
    if (depth == 0 || chance.one_in(2)) {
        made.type = chance.of<std::string>({"T", "S", "E", "K", "date", "int"});
        return made;
    }
    const std::size_t count = 2 + chance.below(3);
    for (std::size_t i = 0; i < count; ++i) {
        auto& group = made.groups.emplace_back();
        const std::size_t alternatives = chance.one_in(5) ? 2 : 1;
        for (std::size_t j = 0; j < alternatives; ++j) {
            Shape child = shape(chance, name + static_cast<char>('a' + i) + (j > 0 ? "x" : ""), depth - 1);
            if (alternatives == 1 && chance.one_in(2)) child.min = 0;
            if (alternatives == 1 && chance.one_in(3)) child.max = chance.one_in(2) ? 9 : 3, child.min = child.max == 3 ? 0 : child.min;
            child.attribute = alternatives == 1 && child.max == 1 && child.leaf() && chance.one_in(4);
            group.push_back(std::move(child));
        }
    }
    return made;
}

std::string notation(const Shape& made) {
    std::string text = (made.attribute ? "@" : "") + made.name + (made.type.empty() ? "" : ":" + made.type);
    if (made.max == 3) text += "{3}";
    else if (made.max == 9) text += made.min == 0 ? "*" : "+";
    else if (made.min == 0) text += "?";
    if (made.groups.empty()) return text;
    text += "(";
    for (const auto& group : made.groups) {
        text += group.size() > 1 ? "[" : "";
        for (std::size_t i = 0; i < group.size(); ++i) text += (i > 0 ? "|" : "") + notation(group[i]);
        text += group.size() > 1 ? "] " : " ";
    }
    return text + ")";
}

std::string value(Chance& chance, const std::string& type) {
    if (type == "E") return chance.of<std::string>({"M", "F"});
    if (type == "K") return chance.of<std::string>({"one", "two"});
    if (type == "date") return chance.of<std::string>({"2026-03-02", "2024-02-29Z"});
    if (type == "int") return chance.of<std::string>({"007", "-3", "12"});
    if (type == "S") return chance.of<std::string>({"", "one", "a text of more than twenty characters", "2026-01-01"});
    return chance.of<std::string>({"x", "M", "y z", "2026-05-06", "12"});
}

void content(Chance& chance, const Shape& made, std::string& into) {
    into += (made.attribute ? "@" : "") + made.name;
    if (made.groups.empty()) into += "='" + value(chance, made.type) + "'";
    if (made.groups.empty()) return;
    into += "(";
    for (int attributes = 1; attributes >= 0; --attributes)
        for (const auto& group : made.groups) {
            const Shape& child = chance.of(group);
            if (child.attribute != (attributes == 1)) continue;
            const std::size_t most = child.max == 1 ? 1 : 3;
            for (std::size_t n = child.min + chance.below(most - child.min + 1); n > 0; --n) content(chance, child, into), into += " ";
        }
    into += ")";
}

/// Rules at random, mostly sensible.
class Author {
public:
    Author(Chance& chance, const Shape& source) : chance_(chance), root_(source) {}

    std::string rules(const Shape& context, const Shape& target, const std::string& prefix, std::size_t depth) {
        std::string text;
        for (const auto& group : target.groups) {
            const Shape& child = chance_.of(group);
            if (child.min == 0 && chance_.one_in(3)) continue;
            text += child.leaf() ? leaf(context, child, prefix) : branch(context, child, prefix, depth);
        }
        return text;
    }

private:
    /// A path to a leaf (or a branch) below the context, at times from the root.
    std::string path(const Shape& context, bool leaf, const Shape*& found) {
        const bool absolute = chance_.one_in(6);
        std::string text = absolute ? "/" + root_.name : "";
        found = absolute ? &root_ : &context;
        for (std::size_t steps = 0; !found->groups.empty() && (leaf || steps == 0 || chance_.one_in(2)); ++steps) {
            const Shape& next = chance_.of(chance_.of(found->groups));
            if (!leaf && next.leaf()) break;
            found = &next;
            text += (text.empty() ? "" : "/") + std::string(next.attribute ? "@" : "") + next.name;
            if (next.max > 1 && chance_.one_in(6)) text += chance_.one_in(2) ? "[last()]" : "[1]";
        }
        return text.empty() ? "." : text;
    }
    std::string steps(const Shape& target) {
        static const std::vector<std::string> some{"", "", "<first/>", "<last/>", "<join/>", "<trim/>", "<upper/>", "<truncate length='3' reason='x'/>",
                                                   "<require reject='needed'/>", "<require reject='needed'/>", "<code table='c' keep='yes'/>",
                                                   "<pad length='3' with='0'/>", "<pad length='4' with='x' side='right'/>", "<extract pattern='([a-zA-Z]+).*' absent='yes'/>",
                                                   "<extract pattern='.*([0-9]{1,3})' reject='needed'/>", "<extract pattern='([\\s\\S]{1,2})[\\s\\S]*'/>"};
        return chance_.of(some) + (chance_.one_in(3) ? "<default value='" + constant(target) + "'/>" : "");
    }
    std::string constant(const Shape& target) {
        const std::string text = value(chance_, target.type == "S" ? "T" : target.type);
        return chance_.one_in(20) ? "odd" : text;
    }
    std::string leaf(const Shape& context, const Shape& target, const std::string& prefix) {
        const std::string to = "' to='" + prefix + (target.attribute ? "@" : "") + target.name + "'";
        const Shape* found = nullptr;
        if (chance_.one_in(6)) return "<const value='" + constant(target) + to + "/>";
        const std::string from = path(context, true, found);
        if (chance_.one_in(8)) return "<text separator='-" + to + "><piece from='" + from + "'><join/></piece><piece value='p'/></text>";
        const std::string field = "<field from='" + from + to + ">" + steps(target) + "</field>";
        if (!chance_.one_in(5)) return field;
        return "<choose><when test='" + (chance_.one_in(2) ? from : path(context, chance_.one_in(2), found)) + "'>" + field + "</when>" +
               (chance_.one_in(3) ? "" : "<otherwise><const value='" + constant(target) + to + "/></otherwise>") + "</choose>";
    }
    std::string branch(const Shape& context, const Shape& target, const std::string& prefix, std::size_t depth) {
        const Shape* found = nullptr;
        const std::string from = path(context, chance_.one_in(6), found), to = "to='" + prefix + target.name + "'";
        switch (depth > 3 ? 3 : chance_.below(4)) {
            case 0: return "<each from='" + from + "' " + to + ">" + rules(*found, target, "", depth + 1) + "</each>";
            case 1: return "<within from='" + from + "' " + to + ">" + rules(*found, target, "", depth + 1) + "</within>";
            case 2: return "<within " + to + ">" + rules(context, target, "", depth + 1) + "</within>";
            default: return rules(context, target, prefix + target.name + "/", depth + 1);
        }
    }

    Chance& chance_;
    const Shape& root_;
};

/// Compiles, drops what the compiler says is left over, and compiles again.
bool compiles(Bench& made, const std::string& rules) {
    made.compile(rules);
    std::string drops;
    for (const auto& each : made.problems) {
        if (each.code != "TG-M016") return false;
        drops += each.cure.substr(each.cure.find('<'));
    }
    if (drops.empty()) return true;
    made.problems.clear();
    made.compile(rules + drops);
    return made.problems.empty();
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_valid_input_makes_a_mapping_that_compiles_yield_an_invalid_output) {
    std::size_t compiled = 0, mapped = 0, rejected = 0;
    for (std::uint64_t seed = 0; seed < generated_max; ++seed) {
        Chance chance(seed);
        Shape source = shape(chance, "r", 0), target = source;
        while (source.leaf()) source = shape(chance, "r", 3);
        while (target.leaf()) target = shape(chance, "t", 2);
        Bench made(notation(source), notation(target));
        made.table("c", "<code from='x' to='one'/><code from='M' to='F'/>");
        const std::string rules = Author(chance, source).rules(source, target, "", 0);
        if (!compiles(made, rules)) continue;
        ++compiled;
        for (int i = 0; i < 20; ++i) {
            std::string record;
            content(chance, source, record);
            BOOST_TEST_CONTEXT("seed " << seed << ": " << notation(source) << " -> " << notation(target) << " by " << rules << " on " << record) {
                made.run(record);
            }
            ++(made.rejections.empty() ? mapped : rejected);
        }
    }
    BOOST_TEST_MESSAGE(compiled << " mappings compiled, " << mapped << " records mapped, " << rejected << " rejected");
    BOOST_TEST(compiled > generated_max / 50);
    BOOST_TEST(mapped > compiled * 5);
}
