// See crew.hpp.
#include "hub/routes/crew.hpp"

namespace hub::routes {

void Crew::start(std::string name, std::function<void(std::stop_token)> task) {
    std::size_t number = 0;
    {
        const std::lock_guard lock(ends_->mutex);
        number = ends_->ended.size();
        ends_->ended.push_back(false);
    }
    auto thread = scheduler_.start(name, [ends = ends_, number, task = std::move(task)](std::stop_token stop) mutable {
        task(stop);
        task = nullptr;  // what the task holds goes before the end is told
        std::stop_source changed{std::nostopstate};
        {
            const std::lock_guard lock(ends->mutex);
            ends->ended[number] = true;
            changed = ends->changed;
        }
        changed.request_stop();
    });
    const std::lock_guard lock(mutex_);
    names_.push_back(std::move(name));
    threads_.push_back(std::move(thread));
}

void Crew::request_stop() {
    const std::lock_guard lock(mutex_);
    for (std::jthread& thread : threads_) thread.request_stop();
}

void Crew::join() {
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(mutex_);
        threads.swap(threads_);
        names_.clear();
    }
    for (std::jthread& thread : threads) {
        if (thread.joinable()) thread.join();
    }
}

std::vector<std::string> Crew::running(std::stop_token& changed) {
    const std::lock_guard lock(mutex_);
    const std::lock_guard ends(ends_->mutex);
    ends_->changed = std::stop_source{};
    changed = ends_->changed.get_token();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (!ends_->ended[i]) names.push_back(names_[i]);
    }
    return names;
}

std::vector<std::string> Crew::join_until(std::chrono::nanoseconds deadline) {
    for (;;) {
        std::stop_token changed;
        std::vector<std::string> names = running(changed);
        const auto now = clock_.steady();
        if (names.empty() || now >= deadline) return names;
        scheduler_.wait(deadline - now, changed);
    }
}

void Crew::let_go() {
    const std::lock_guard lock(mutex_);
    const std::lock_guard ends(ends_->mutex);
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        if (!ends_->ended[i] && threads_[i].joinable()) threads_[i].detach();
    }
}

}  // namespace hub::routes
