// The instructions, and the tests that steer them.
#include "hub/mapping/run.hpp"

#include "hub/mapping/report.hpp"

namespace hub::mapping {

using formats::DeclId;
using formats::Document;
using formats::no_node;
using formats::NodeId;
using Op = Instruction::Op;

bool Reading::compares(const PlanTest& test, NodeId node) const {
    const std::string_view value = source.text(node);
    if (value.empty()) return false;
    if (test.kind == PlanTest::Kind::in_codes) return plan.tables[test.table]->find(value, day) != nullptr;
    for (std::uint32_t i = test.values.begin; i < test.values.end; ++i)
        if (plan.texts[plan.value_texts[i]] == value) return test.kind != PlanTest::Kind::differs;
    return test.kind == PlanTest::Kind::differs;
}

bool Reading::compares(const PlanTest& test) {
    const NodeId first_node = first(test.path);
    if (first_node == no_node || plan.paths[test.path].single) return first_node != no_node && compares(test, first_node);
    Matches found = matches(test.path);
    for (NodeId node = found.next(); node != no_node; node = found.next())
        if (compares(test, node)) return true;
    return false;
}

bool Reading::holds(std::uint32_t term) {
    const PlanTest& test = plan.tests[term];
    switch (test.kind) {
        case PlanTest::Kind::all:
        case PlanTest::Kind::any: {
            const bool any = test.kind == PlanTest::Kind::any;
            for (std::uint32_t part = term + 1; part < test.end; part = plan.tests[part].end)
                if (holds(part) == any) return any;
            return !any;
        }
        case PlanTest::Kind::negation: return !holds(term + 1);
        case PlanTest::Kind::present: return first(test.path) != no_node;
        default: return compares(test);
    }
}

Run::Run(const Plan& plan, const formats::Schema& target, const Document& source, const Given& given, std::vector<Rejection>& rejections)
    : plan_(plan), target_(target), reading_(plan, source, day_of(given.received_at)),
      rejections_(rejections), values_(reading_, given, rejections), active_(plan.parents.size(), 0), slots_(plan.slots.size(), no_node) {
    active_[0] = 1;
}

void Run::all(std::vector<Document>& out) {
    const auto next = [&](std::size_t used) -> Document& {
        if (used == out.size()) out.emplace_back();
        return out[used];
    };
    std::size_t used = 0;
    if (plan_.split == none) {
        one(next(used++));
    } else {
        Matches matches = reading_.matches(plan_.split);
        for (NodeId node = matches.next(); node != no_node; node = matches.next()) {
            if (used == outputs_max) {
                rejections_.push_back({"too_many_outputs", "outputs_max = " + std::to_string(outputs_max) + " is exceeded", static_cast<int>(reading_.source[node].line)});
                break;
            }
            reading_.frames[1] = node;
            one(next(used++));
        }
        if (used == 0) rejections_.push_back({"nothing_to_map", "the record has no " + reading_.source.schema().path_of(plan_.paths[plan_.split].decl), 0});
    }
    out.resize(rejections_.empty() ? used : 0);
}

void Run::one(Document& out) {
    out.clear(&target_);
    if (out_ != nullptr) ++number_;
    out_ = &out;
    bytes_ = 0;
    if (!stopped_) execute(0, static_cast<std::uint32_t>(plan_.code.size()));
}

void Run::execute(std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t at = from; at < to && !stopped_; at = plan_.code[at].end) {
        const Instruction& instruction = plan_.code[at];
        switch (instruction.op) {
            case Op::context: context(instruction); continue;
            case Op::choose: choose(instruction); continue;
            case Op::open: slots_[instruction.a] = no_node; continue;
            case Op::check: check(instruction); continue;
            default: break;
        }
        if (active_[instruction.block] == 0) continue;
        if (instruction.op == Op::loop) loop(at);
        else if (instruction.op == Op::make) ensure(instruction.a);
        else if (instruction.op == Op::reject) reject(instruction.a);
        else write(instruction);
    }
}

/// Runs also where its block does not apply: what depends on it must then not apply either.
void Run::context(const Instruction& instruction) {
    NodeId& frame = reading_.frames[instruction.a];
    frame = active_[instruction.block] != 0 ? reading_.first(instruction.b) : no_node;
    active_[instruction.c] = frame != no_node;
}

void Run::choose(const Instruction& instruction) {
    for (std::uint32_t i = 0; i < instruction.c + instruction.d; ++i) active_[instruction.b + i] = 0;
    if (active_[instruction.block] == 0) return;
    std::uint32_t branch = 0;
    while (branch < instruction.c && !reading_.holds(plan_.branch_tests[instruction.a + branch])) ++branch;
    if (branch < instruction.c + instruction.d) active_[instruction.b + branch] = 1;
}

void Run::loop(std::uint32_t at) {
    const Instruction& instruction = plan_.code[at];
    Matches matches = reading_.matches(instruction.b);
    active_[instruction.c] = 1;
    for (NodeId node = matches.next(); node != no_node && !stopped_; node = matches.next()) {
        reading_.frames[instruction.a] = node;
        execute(at + 1, instruction.end);
    }
    active_[instruction.c] = 0;
}

void Run::write(const Instruction& instruction) {
    const PlanValue& value = plan_.values[instruction.b];
    if (value.reduce == PlanValue::Reduce::every) {
        bool any = false;
        const auto put = [&](NodeId node) {
            const std::string_view text = values_.of_node(value, node);
            any = any || !text.empty();
            if (text.empty()) return;
            add(ensure(instruction.a), instruction.c, text);
            tell(instruction, text);
        };
        Matches matches = reading_.matches(value.path);
        for (NodeId node = matches.next(); node != no_node && !stopped_; node = matches.next()) put(node);
        if (!any) put(no_node);
        if (!any) values_.absent(value);
        return;
    }
    const std::string_view text = values_.one(value);
    if (text.empty()) return;
    tell(instruction, text);
    if (instruction.op == Op::write) {
        add(ensure(instruction.a), instruction.c, text);
        return;
    }
    const NodeId element = ensure(instruction.a);
    if (room_for(text.size())) out_->set_text(element, text);
}

void Run::tell(const Instruction& instruction, std::string_view text) {
    if (reading_.told == nullptr) return;
    reading_.told->values.push_back({number_, instruction.b, values_.source_line(), std::string(text), std::move(reading_.told->rows)});
    reading_.told->rows.clear();
}

void Run::check(const Instruction& instruction) {
    const NodeId element = slots_[instruction.a];
    if (element == no_node || stopped_) return;
    const DeclId wrong = formats::wrong_content(*out_, element);
    if (wrong == formats::no_decl || rejections_.size() >= rejections_max) return;
    const auto most = target_[wrong].occurs_max;
    rejections_.push_back({plan_.texts[instruction.b], describe(target_, wrong) + " would be missing, excluded by another, out of its order, break a key of the schema, or occur more than " +
                           (most == formats::unbounded ? "allowed" : std::to_string(most) + " time(s)"), 0});
}

NodeId Run::ensure(std::uint32_t slot) {
    if (slots_[slot] == no_node) {
        const PlanSlot& wanted = plan_.slots[slot];
        const NodeId parent = wanted.parent == none ? no_node : ensure(wanted.parent);
        slots_[slot] = add(parent, wanted.decl, {});
    }
    return slots_[slot];
}

bool Run::room_for(std::size_t bytes) {
    bytes_ += bytes;
    const bool nodes = out_->size() >= output_nodes_max;
    if (stopped_ || (!nodes && bytes_ <= output_bytes_max)) return !stopped_;
    stopped_ = true;
    rejections_.push_back({"output_too_large", nodes ? "output_nodes_max = " + std::to_string(output_nodes_max) + " is exceeded"
                                                     : "output_bytes_max = " + std::to_string(output_bytes_max) + " is exceeded", 0});
    return false;
}

/// Past a limit nothing is added: the caller gets the parent and soon stops.
NodeId Run::add(NodeId parent, DeclId decl, std::string_view text) {
    return room_for(text.size()) || parent == no_node ? out_->add(parent, decl, text) : parent;
}

void Run::reject(std::uint32_t index) {
    const PlanRejection& rejection = plan_.rejections[index];
    if (rejections_.size() >= rejections_max) return;
    const NodeId node = reading_.frames[rejection.frame];
    const auto line = node == no_node ? 0U : static_cast<std::uint32_t>(reading_.source[node].line);
    const std::string about = node == no_node ? "the record" : reading_.source.schema().path_of(reading_.source[node].decl);
    rejections_.push_back({plan_.texts[rejection.code], about + ": " + plan_.texts[rejection.reason] + " (" + plan_.file + ":" + std::to_string(rejection.line) + ")",
                           static_cast<int>(line)});
}

}  // namespace hub::mapping
