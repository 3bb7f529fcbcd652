// See replay.hpp.
#include "hub/routes/replay.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "hub/core/prepare.hpp"
#include "hub/core/step.hpp"
#include "hub/routes/letters.hpp"
#include "hub/routes/other_plan.hpp"

namespace hub::routes {
namespace {

constexpr std::uint64_t progress_every = 1'000;

/// One entry on its way through: read, perhaps prepared, stepped.
struct Job {
    core::StoredEntry stored{};
    core::PlanPtr plan{};
    std::shared_ptr<const core::Prepared> prepared{};
    bool ready = false;  ///< guarded by the bench's mutex until seen true
};

/// The threads "replay:<n>".
class Benches {
public:
    Benches(Scheduler& scheduler, std::size_t workers) {
        for (std::size_t i = 0; i < workers; ++i) {
            threads_.push_back(scheduler.start("replay:" + std::to_string(i), [this](std::stop_token stop) { run(stop); }));
        }
    }
    Benches(const Benches&) = delete;
    Benches& operator=(const Benches&) = delete;
    ~Benches() {
        for (std::jthread& thread : threads_) thread.request_stop();
    }

    void prepare(std::shared_ptr<Job> job) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push_back(std::move(job));
        }
        arrived_.notify_one();
    }
    void await(const Job& job) {
        std::unique_lock lock(mutex_);
        done_.wait(lock, [&] { return job.ready; });
    }

private:
    void run(std::stop_token stop) {
        core::Workbench bench;
        for (;;) {
            std::shared_ptr<Job> job;
            {
                std::unique_lock lock(mutex_);
                if (!arrived_.wait(lock, stop, [this] { return !jobs_.empty(); })) return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            auto prepared = core::prepare(job->stored.entry.header, job->stored.entry.payload, job->plan, bench);
            {
                const std::lock_guard lock(mutex_);
                job->prepared = std::move(prepared);
                job->ready = true;
            }
            done_.notify_one();
        }
    }

    // Guarded by mutex_.
    std::mutex mutex_{};
    std::condition_variable_any arrived_{}, done_{};
    std::deque<std::shared_ptr<Job>> jobs_{};
    std::vector<std::jthread> threads_{};  // last: their threads end before the rest goes
};

class Replay {
public:
    Replay(const ReplayParts& parts, Rebuilt& into) : parts_(parts), into_(into), context_{parts.digester, parts.keys} {}

    Result<ReplayReport> run() {
        const auto began = parts_.clock.steady();
        Benches benches(parts_.scheduler, std::max<std::size_t>(1, parts_.workers));
        const Status read = parts_.journal.entries(1, [&](const core::StoredEntry& stored) {
            if (parts_.until && *parts_.until < stored.entry.header.instant) return false;
            take_in(stored, benches);
            while (window_.size() >= replay_window_max && !broken_) step_first(benches);
            return !broken_;
        });
        while (!window_.empty() && !broken_) step_first(benches);
        if (broken_) return *broken_;
        if (!read) return read.error();
        report_.took = parts_.clock.steady() - began;
        return report_;
    }

private:
    void take_in(const core::StoredEntry& stored, Benches& benches) {
        auto job = std::make_shared<Job>();  // shared by the window and the worker that prepares it
        job->stored = stored;
        if (!stored.entry.erased && !find_plan(stored.entry, job->plan)) return;
        window_.push_back(job);
        if (stored.entry.header.kind == core::EntryKind::record && !stored.entry.erased) {
            benches.prepare(std::move(job));
        } else {
            job->ready = true;
        }
    }

    bool find_plan(const core::Entry& entry, core::PlanPtr& plan) {
        if (parts_.instead) {
            plan = parts_.instead->plan;
            return true;
        }
        const PlanDigest& wanted = entry.header.plan;
        if (entry.header.kind == core::EntryKind::plan && !plans_.contains(wanted)) {
            auto compiled = parts_.compile_plan(wanted, entry.payload);
            if (!compiled) return fail(compiled.error());
            if ((*compiled)->digest != wanted) {
                return fail({Remedy::stop, "the plan of entry " + std::to_string(entry.seq) + " compiles to another digest than it had", "",
                             "replay with the version of throughgate that wrote it", "TG-R030"});
            }
            plans_[wanted] = std::move(*compiled);
        }
        const auto found = plans_.find(wanted);
        if (found == plans_.end()) {
            return fail({Remedy::stop, "entry " + std::to_string(entry.seq) + " names a plan that the journal does not have", "",
                         "run throughgate verify", "TG-R031"});
        }
        plan = found->second;
        return true;
    }

    bool fail(Error error) {
        broken_ = std::move(error);
        return false;
    }

    void step_first(Benches& benches) {
        const std::shared_ptr<Job> job = std::move(window_.front());
        window_.pop_front();
        benches.await(*job);
        const core::Entry& entry = job->stored.entry;
        ++report_.entries;
        report_.last_seq = entry.seq;
        if (job->plan) report_.last_plan = job->plan;
        count(entry);
        if (!entry.erased && parts_.instead) step_instead(*job);
        else if (!entry.erased) step(*job);
        if (parts_.progress && report_.entries % progress_every == 0) parts_.progress(report_.entries);
    }

    void count(const core::Entry& entry) {
        if (entry.erased) ++report_.erased;
        if (entry.header.kind == core::EntryKind::record) ++report_.records;
        if (entry.header.kind == core::EntryKind::act) ++report_.acts;
        if (entry.header.kind == core::EntryKind::plan) ++report_.plans;
    }

    core::Stepped stepped_by(const core::Entry& entry, const Job& job) {
        core::Subject subject{entry.seq, entry.header, job.prepared.get()};
        std::shared_ptr<const core::Prepared> earlier;
        if (const std::uint64_t about = core::subject_of(entry); about != 0) earlier = prepare_subject(about, job.plan, subject);
        if (broken_) return {};
        return core::step(into_, entry, subject.prepared ? &subject : nullptr, job.plan, context_);
    }

    void step_instead(const Job& job) {
        core::Entry entry = job.stored.entry;
        if (!find_its_items(entry, parts_.instead->was, into_)) {
            ++report_.left_out;
            return;
        }
        const core::Stepped stepped = stepped_by(entry, job);
        if (broken_) return;
        if (stepped.journal) into_.apply(stepped.delta);
        else ++report_.left_out;
    }

    void step(const Job& job) {
        const core::Entry& entry = job.stored.entry;
        const core::Stepped stepped = stepped_by(entry, job);
        if (broken_) return;
        if (!stepped.journal) return differs(entry.seq, "is in the journal, but its step would not have been journalled");
        if (stepped.delta.residue != job.stored.residue) differs(entry.seq, "leaves another residue than the journal has");
        into_.apply(stepped.delta);
    }

    /// An act on an item looks again at the record that opened it, under the act's plan.
    std::shared_ptr<const core::Prepared> prepare_subject(std::uint64_t seq, const core::PlanPtr& plan, core::Subject& subject) {
        auto stored = read_entry(parts_.journal, seq);
        if (!stored) {
            fail(stored.error());
            return nullptr;
        }
        if (stored->entry.erased || stored->entry.header.kind != core::EntryKind::record) return nullptr;
        auto prepared = core::prepare(stored->entry.header, stored->entry.payload, plan, bench_);
        subject = {seq, stored->entry.header, prepared.get()};
        return prepared;
    }

    void differs(std::uint64_t seq, const std::string& how) {
        if (report_.differences++ != 0) return;
        report_.first_seq = seq;
        report_.first_difference = "entry " + std::to_string(seq) + " " + how;
    }

    const ReplayParts& parts_;
    Rebuilt& into_;
    const core::StepContext context_;
    core::Workbench bench_{};
    std::map<PlanDigest, core::PlanPtr> plans_{};
    std::deque<std::shared_ptr<Job>> window_{};
    ReplayReport report_{};
    std::optional<Error> broken_{};
};

}  // namespace

Result<ReplayReport> replay(const ReplayParts& parts, Rebuilt& into) { return Replay(parts, into).run(); }

}  // namespace hub::routes
