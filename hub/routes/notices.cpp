// See notices.hpp.
#include "hub/routes/notices.hpp"

#include "hub/core/items.hpp"

namespace hub::routes {
namespace {

constexpr auto look_every = std::chrono::milliseconds(200);

}  // namespace

core::SourceEnd notice_end(const core::Plan& plan) {
    core::SourceEnd end;
    end.name = core::notice_source;
    end.senders[std::string(core::notice_source)] = plan.own_party;
    for (const auto& [name, type] : plan.record_types) end.exchanges.push_back(std::string(core::canonical_exchange) + name);
    return end;
}

Result<std::vector<Incoming>> NoticeSource::next(std::stop_token stop) {
    for (;;) {
        auto found = due();
        if (!found || !found->empty() || stop.stop_requested()) return found;
        parts_.scheduler.wait(look_every, stop);
        if (stop.stop_requested()) return std::vector<Incoming>{};
    }
}

Result<std::vector<Incoming>> NoticeSource::due() {
    const Instant now = parts_.clock.now();
    std::vector<std::pair<std::string, core::Notice>> notices;
    const Status read = parts_.store.scan(core::Table::notice, "", "", [&](std::string_view key, std::string_view value) {
        if (core::time_of_notice(key) > now || notices.size() == batch_max) return false;
        if (under_way_.contains(std::string(key))) return true;
        if (auto notice = core::decode_notice(value)) notices.emplace_back(std::string(key), std::move(*notice));
        return true;
    });
    if (!read) return read.error();
    std::vector<Incoming> batch;
    for (const auto& [key, notice] : notices) batch.push_back(make(key, notice));
    return batch;
}

/// What cannot be made goes in as it is: it is journalled, found invalid and parked, where a person sees it.
Incoming NoticeSource::make(const std::string& key, const core::Notice& notice) {
    const auto row = parts_.store.get(core::Table::person, notice.person.bytes());
    const auto person = row ? core::decode_person(*row) : Result<core::Person>(Error{});
    const auto type = parts_.plan->record_types.find(notice.record_type);
    Incoming incoming;
    incoming.sender = core::notice_source;
    incoming.message_id = core::notice_message_id(key);
    incoming.token = incoming.message_id;
    incoming.exchange = std::string(core::canonical_exchange) + notice.record_type;
    if (person && type != parts_.plan->record_types.end()) {
        auto made = core::make_record(type->second, *person, notice);
        if (made) incoming.body = std::move(*made);
        else parts_.events.say(Level::warning, "A record that a rule asks for cannot be made; it is parked.", {{"why", to_text(made.error())}});
    }
    under_way_.insert(key);
    return incoming;
}

Status NoticeSource::settle(const std::vector<Settlement>& settlements) {
    for (const Settlement& each : settlements)
        if (const auto key = core::notice_key_from(each.token)) under_way_.erase(*key);
    return Done{};
}

}  // namespace hub::routes
