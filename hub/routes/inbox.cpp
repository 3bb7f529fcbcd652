// See inbox.hpp.
#include "hub/routes/inbox.hpp"

namespace hub::routes {

void Inbox::put(Taken taken) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        Stream& stream = streams_[taken.source];
        if (taken.order != stream.next) {
            const std::uint64_t order = taken.order;
            stream.early.emplace(order, std::move(taken));
            return;
        }
        records_.push_back(std::move(taken));
        ++stream.next;
        for (auto first = stream.early.begin(); first != stream.early.end() && first->first == stream.next; ++stream.next) {
            records_.push_back(std::move(first->second));
            first = stream.early.erase(first);
        }
    }
    arrived_.notify_one();
}

void Inbox::put(OutcomeWord word) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        waiting_.outcomes.push_back(std::move(word));
    }
    arrived_.notify_one();
}

void Inbox::put(std::vector<LeaseWish> wishes) {
    if (wishes.empty()) return;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        for (LeaseWish& wish : wishes) waiting_.leases.push_back(std::move(wish));
    }
    arrived_.notify_one();
}

bool Inbox::put(ActWish wish) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        waiting_.acts.push_back(std::move(wish));
    }
    arrived_.notify_one();
    return true;
}

bool Inbox::put_tick(std::string payload) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || !waiting_.ticks.empty()) return false;
        waiting_.ticks.push_back(std::move(payload));
    }
    arrived_.notify_one();
    return true;
}

void Inbox::poke() {
    {
        const std::lock_guard lock(mutex_);
        poked_ = true;
    }
    arrived_.notify_one();
}

bool Inbox::anything() const { return poked_ || closed_ || !records_.empty() || !waiting_.empty(); }

Batch Inbox::take(std::size_t records_max, std::size_t bytes_max, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, stop, [this] { return anything(); });
    poked_ = false;
    Batch batch = std::move(waiting_);
    waiting_ = Batch{};
    std::size_t bytes = 0;
    while (!records_.empty() && batch.records.size() < records_max &&
           (batch.records.empty() || bytes + records_.front().bytes <= bytes_max)) {
        bytes += records_.front().bytes;
        batch.records.push_back(std::move(records_.front()));
        records_.pop_front();
    }
    return batch;
}

std::vector<ActWish> Inbox::close() {
    std::vector<ActWish> unanswered;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        unanswered = std::move(waiting_.acts);
        waiting_ = Batch{};
        records_.clear();
    }
    arrived_.notify_all();
    return unanswered;
}

}  // namespace hub::routes
