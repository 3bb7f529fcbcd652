// The outline to instructions: each element's writers in the target schema's order, inside the loops that they stand in.
#include <algorithm>

#include "hub/mapping/compilation.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using Op = Instruction::Op;
using Kind = Writer::Kind;
using Writers = std::vector<const Writer*>;

class Emitter {
public:
    explicit Emitter(Compilation& all) : all_(all) {}

    void run() {
        prologue(0);
        element(all_.outline.elements.front());
    }

private:
    std::uint32_t emit(Op op, std::uint32_t block, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
        all_.plan.code.push_back({op, block, a, b, c, 0, 0});
        const auto index = static_cast<std::uint32_t>(all_.plan.code.size() - 1);
        all_.plan.code[index].end = index + 1;
        return index;
    }
    void prologue(std::uint32_t loop) {
        for (Instruction each : all_.outline.loops[loop].prologue) {
            each.end = static_cast<std::uint32_t>(all_.plan.code.size() + 1);
            all_.plan.code.push_back(each);
        }
    }

    /// Rejections and making first, then the element's own text, then its children in schema order.
    std::size_t rank(const Element& element, const Writer& writer) const {
        if (writer.kind == Kind::reject) return 0;
        if (writer.kind == Kind::make) return 1;
        if (writer.kind == Kind::own_text) return 2;
        const auto& children = all_.target[element.decl].children;
        return 3 + static_cast<std::size_t>(std::find(children.begin(), children.end(), writer.decl) - children.begin());
    }

    void element(const Element& element) {
        emit(Op::open, 0, element.slot);
        if (element.own && element.eager) emit(Op::make, element.block, element.slot);
        Writers sorted;
        for (const Writer& each : element.writers) sorted.push_back(&each);
        std::stable_sort(sorted.begin(), sorted.end(), [&](const Writer* a, const Writer* b) { return rank(element, *a) < rank(element, *b); });
        writers(element, sorted, element.loop);
        if (element.checked) emit(Op::check, 0, element.slot, element.check);
    }

    /// The loop directly inside `home` that leads to `loop`.
    std::uint32_t next_loop(std::uint32_t loop, std::uint32_t home) const {
        while (all_.outline.loops[loop].parent != home) loop = all_.outline.loops[loop].parent;
        return loop;
    }

    /// Neighbours of one kind in one loop share it, so that their values stand in document order.
    void writers(const Element& element, const Writers& list, std::uint32_t home) {
        for (std::size_t i = 0; i < list.size();) {
            if (list[i]->loop == home) {
                writer(element, *list[i++]);
                continue;
            }
            const std::uint32_t loop = next_loop(list[i]->loop, home);
            Writers inside;
            for (const std::size_t first = rank(element, *list[i]); i < list.size() && rank(element, *list[i]) == first &&
                 list[i]->loop != home && next_loop(list[i]->loop, home) == loop; ++i)
                inside.push_back(list[i]);
            const Loop& info = all_.outline.loops[loop];
            const auto start = emit(Op::loop, info.outside, info.frame, info.path, info.inside);
            prologue(loop);
            writers(element, inside, loop);
            all_.plan.code[start].end = static_cast<std::uint32_t>(all_.plan.code.size());
        }
    }

    void writer(const Element& element, const Writer& writer) {
        switch (writer.kind) {
            case Kind::reject: emit(Op::reject, writer.block, writer.index); return;
            case Kind::make: emit(Op::make, writer.block, element.slot); return;
            case Kind::element: this->element(*writer.element); return;
            case Kind::own_text: emit(Op::own_text, writer.block, element.slot, writer.index); break;
            case Kind::leaf: emit(Op::write, writer.block, element.slot, writer.index, writer.decl); break;
        }
        all_.origins.push_back({writer.index, writer.decl, writer.at});
        all_.explanation += short_path(all_.target, writer.decl) + " <- " + writer.from + " (line " + std::to_string(writer.at.line) + ")\n";
    }

    Compilation& all_;
};

}  // namespace

void emit_plan(Compilation& compilation) { Emitter(compilation).run(); }

}  // namespace hub::mapping
