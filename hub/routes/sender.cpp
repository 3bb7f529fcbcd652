// See sender.hpp.
#include "hub/routes/sender.hpp"

namespace hub::routes {

Sender::Sender(std::shared_ptr<Handover> route, std::unique_ptr<Sink> sink, const Parts& parts)
    : route_(std::move(route)), sink_(std::move(sink)), store_(parts.store), plan_(parts.plan), digester_(parts.digester) {}

void Sender::run() {
    for (;;) {
        Work work;
        switch (route_->next(opened_, work)) {
            case Handover::Turn::leave: return;
            case Handover::Turn::open: open(); break;
            case Handover::Turn::work:
                if (!work.posted) {
                    fetch(std::move(work));
                } else {
                    opened_ = route_->report(work, attempt(work));
                }
                break;
        }
    }
}

void Sender::open() {
    const Status status = sink_->open();
    opened_ = static_cast<bool>(status);
    route_->opened(status, sink_->repeats());
}

void Sender::fetch(Work work) {
    if (!bench_) bench_ = std::make_unique<core::Workbench>();
    auto posted = fetch_letter(store_, plan_, work.head.item, *bench_, digester_);
    if (posted) {
        work.posted = std::move(*posted);
        return route_->fetched(std::move(work));
    }
    Verdict verdict;
    if (posted.error().remedy == Remedy::reject) {
        verdict.came = core::Attempt::Came::unrenderable;
        verdict.code = posted.error().code.empty() ? "unrenderable" : posted.error().code;
        verdict.detail = posted.error().what.substr(0, detail_bytes_max);
    } else {
        verdict.again = true;  // the store could not be read: the record is not at fault
        verdict.unsure = work.head.unsure;
    }
    opened_ = route_->report(work, verdict);
}

Outgoing Sender::outgoing(const Work& work) const {
    const core::Route& route = route_->route();
    Outgoing outgoing;
    outgoing.key = core::delivery_key(work.posted->record, route.name, route.recipient, digester_);
    outgoing.route = route.name;
    outgoing.recipient = route.recipient;
    outgoing.record_type = route.record_type;
    outgoing.media_type = work.posted->letter.media_type;
    outgoing.body = work.posted->letter.body;
    outgoing.attempt = static_cast<int>(work.head.attempts + 1);
    return outgoing;
}

Verdict Sender::attempt(const Work& work) {
    const Outgoing letter = outgoing(work);
    const Repeats repeats = sink_->repeats();
    const std::uint32_t number = work.head.attempts + 1;
    const std::uint32_t attempts_max = route_->route().attempts_max;
    if (work.head.unsure && repeats == Repeats::none) return unknowable();
    if ((work.head.unsure || work.head.known) && repeats == Repeats::query) {
        const auto asked = sink_->ask(letter.key);
        if (!asked) return judge_unanswered(asked.error(), number, attempts_max);
        if (*asked) return judge(Result<Handed>(**asked), repeats, number, attempts_max);
    }
    return judge(sink_->send(letter), repeats, number, attempts_max);
}

}  // namespace hub::routes
