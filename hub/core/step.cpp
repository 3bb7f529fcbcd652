// Chooses the step of an entry's kind. See step.hpp.
#include "hub/core/step.hpp"

#include <stdexcept>

#include "hub/core/step_parts.hpp"

namespace hub::core {

std::uint64_t subject_of(const Entry& entry) {
    if (entry.header.kind != EntryKind::act) return 0;
    const auto act = decode_act(entry.payload);
    if (!act) return 0;
    const bool looks_again = act->verb == Act::Verb::release || act->verb == Act::Verb::retry || act->verb == Act::Verb::reroute ||
                             act->verb == Act::Verb::resolve;
    return looks_again ? act->item.seq : 0;
}

Stepped step(const Reader& reader, const Entry& entry, const Subject* subject, const PlanPtr& plan, const StepContext& context) {
    Work work(reader, entry, plan, context);
    switch (entry.header.kind) {
        case EntryKind::record:
            if (!subject || !subject->prepared) throw std::logic_error("a record's step needs the record prepared");
            return step_record(work, *subject->prepared);
        case EntryKind::lease: return step_lease(work);
        case EntryKind::outcome: return step_outcome(work);
        case EntryKind::tick: return step_tick(work);
        case EntryKind::act: return step_act(work, subject);
        case EntryKind::plan: break;
    }
    return work.finish();
}

}  // namespace hub::core
