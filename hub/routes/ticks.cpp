// See ticks.hpp.
#include "hub/routes/ticks.hpp"

#include <algorithm>

#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"

namespace hub::routes {
namespace {

constexpr auto more_waits = std::chrono::milliseconds(5);  ///< until the committer has taken a full tick

}  // namespace

void Ticks::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        const bool more = look();
        parts_.scheduler.wait(more ? more_waits : std::chrono::milliseconds(parts_.tuning.tick_ms), stop);
    }
}

/// True when there is more than one tick may name.
bool Ticks::look() {
    const Instant now = parts_.clock.now();
    core::Tick tick{held_.due(now, std::min(parts_.tuning.tick_items_max, core::Tick::expired_max)), {}};
    const std::size_t from_stale = std::min(stale_.size(), core::Tick::woken_max);
    tick.woken.assign(stale_.end() - static_cast<std::ptrdiff_t>(from_stale), stale_.end());
    add_timers(tick, now);
    if (tick.expired.empty() && tick.woken.empty()) return false;
    const bool more = tick.woken.size() == core::Tick::woken_max || stale_.size() > from_stale;
    if (!inbox_.put_tick(core::encode(tick))) return true;
    stale_.resize(stale_.size() - from_stale);
    return more;
}

void Ticks::add_timers(core::Tick& tick, Instant now) const {
    if (!parts_.plan->rules) return;
    const Status read = parts_.store.scan(core::Table::timer, "", "", [&](std::string_view key, std::string_view) {
        const auto timer = core::decode_timer_key(key);
        if (!timer || timer->at > now || tick.woken.size() == core::Tick::woken_max) return false;
        if (std::find(tick.woken.begin(), tick.woken.end(), timer->person) == tick.woken.end()) tick.woken.push_back(timer->person);
        return true;
    });
    if (!read) parts_.events.say(Level::warning, "The timers cannot be read; they are tried again.", {{"why", to_text(read.error())}});
}

Status Ticks::load() {
    if (!parts_.plan->rules) return Done{};
    return parts_.store.scan(core::Table::person, "", "", [&](std::string_view key, std::string_view value) {
        const auto person = core::decode_person(value);
        const auto row = person && !person->facts.empty() ? parts_.store.get(core::Table::clock, key) : std::nullopt;
        const auto sheet = row ? core::decode_sheet(*row) : Result<core::ClockSheet>(core::ClockSheet{});
        if (person && !person->facts.empty() && sheet && sheet->plan != parts_.plan->digest) stale_.push_back(person->id);
        return true;
    });
}

}  // namespace hub::routes
