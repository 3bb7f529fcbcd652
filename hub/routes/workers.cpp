// See workers.hpp.
#include "hub/routes/workers.hpp"

#include <algorithm>

namespace hub::routes {

Workers::Workers(const Parts& parts, Inbox& inbox)
    : plan_(parts.plan), digester_(parts.digester), inbox_(inbox),
      check_every_(std::max<std::size_t>(1, parts.tuning.check_every)) {}

void Workers::put(Taken message) {
    {
        const std::lock_guard lock(mutex_);
        messages_.push_back(std::move(message));
    }
    arrived_.notify_one();
}

void Workers::run(std::stop_token stop) {
    core::Workbench bench;
    for (;;) {
        Taken message;
        {
            std::unique_lock lock(mutex_);
            if (!arrived_.wait(lock, stop, [this] { return !messages_.empty(); })) return;
            message = std::move(messages_.front());
            messages_.pop_front();
        }
        prepare_here(std::move(message), bench);
    }
}

void Workers::prepare_here(Taken message, core::Workbench& bench) {
    message.header.raw_digest = digester_.sha256(message.body);
    message.prepared = core::prepare(message.header, message.body, plan_, bench);
    render_all(message);
    inbox_.put(std::move(message));
}

/// A letter that cannot be rendered now is left out: the handover tries again and journals why not.
void Workers::render_all(Taken& message) {
    const EntryId entry = core::id_of(message.header, digester_);
    const auto& children = message.prepared->children;
    for (std::uint32_t child = 0; child < children.size(); ++child) {
        const RecordId record = core::record_id(entry, child, digester_);
        for (const core::Child::Match& match : children[child].matches) {
            if (!match.lacks.empty()) continue;
            const bool check = rendered_++ % check_every_ == 0;
            auto letter = core::render(children[child], *match.route, record, message.header, digester_, check);
            if (letter) message.letters.push_back({child, match.route->name, std::move(*letter)});
        }
    }
}

}  // namespace hub::routes
