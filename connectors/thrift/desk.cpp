// See desk.hpp.
#include "connectors/thrift/desk.hpp"

#include <algorithm>
#include <utility>

namespace connectors::thrift {

void Desk::open() {
    const std::lock_guard held(lock_);
    ++generation_;
    untaken_.clear();
    under_way_.clear();
    open_ = true;
}

void Desk::close() {
    {
        const std::lock_guard held(lock_);
        open_ = false;
    }
    came_.notify_all();
    settled_.notify_all();
}

bool Desk::is_open() const {
    const std::lock_guard held(lock_);
    return open_;
}

hub::Settlement Desk::submit(hub::Incoming incoming, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::unique_lock held(lock_);
    if (!open_ || under_way_.size() >= in_flight_max_) return {};
    const std::string token = std::to_string(generation_) + "-" + std::to_string(++last_number_);
    Waiting& mine = under_way_[token];  // a map's elements stay where they are
    mine.sender = incoming.sender;
    mine.message_id = incoming.message_id;
    incoming.token = token;
    untaken_.push_back(std::move(incoming));
    came_.notify_one();
    settled_.wait_until(held, until, [&] { return mine.settlement || !open_; });
    hub::Settlement settlement = mine.settlement.value_or(hub::Settlement{});
    if (mine.settlement || withdraw(token)) under_way_.erase(token);
    else mine.abandoned = true;
    return settlement;
}

/// False when the hub has taken it already.
bool Desk::withdraw(const std::string& token) {
    return std::erase_if(untaken_, [&](const hub::Incoming& each) { return each.token == token; }) > 0;
}

std::vector<hub::Incoming> Desk::take(std::stop_token stop, std::size_t count_max) {
    std::unique_lock held(lock_);
    came_.wait(held, std::move(stop), [this] { return !untaken_.empty() || !open_; });
    std::vector<hub::Incoming> taken;
    while (!untaken_.empty() && taken.size() < count_max) {
        taken.push_back(std::move(untaken_.front()));
        untaken_.pop_front();
    }
    return taken;
}

void Desk::settle(const std::vector<hub::Settlement>& settlements) {
    {
        const std::lock_guard held(lock_);
        for (const hub::Settlement& each : settlements) {
            const auto found = under_way_.find(each.token);
            if (found == under_way_.end()) continue;  // of before the last open(): its sender sends again
            remember(found->second, each);
            if (found->second.abandoned) under_way_.erase(found);
            else found->second.settlement = each;
        }
    }
    settled_.notify_all();
}

void Desk::remember(const Waiting& of, const hub::Settlement& settlement) {
    if (settlement.receipt.empty()) return;  // refused and busy promise nothing
    told_.push_back({of.sender, of.message_id, settlement});
    if (told_.size() > remembered_max) told_.pop_front();
}

std::optional<hub::Settlement> Desk::remembered(const std::string& sender, const std::string& receipt, const std::string& message_id) const {
    const std::lock_guard held(lock_);
    const auto found = std::find_if(told_.rbegin(), told_.rend(), [&](const Told& each) {
        if (each.sender != sender) return false;
        return receipt.empty() ? !message_id.empty() && each.message_id == message_id : each.settlement.receipt == receipt;
    });
    if (found == told_.rend()) return std::nullopt;
    return found->settlement;
}

}  // namespace connectors::thrift
