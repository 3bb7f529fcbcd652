// Everything that waits for the committer. Any thread puts, the committer alone takes.
//
// Messages of one source come out in the order in which the source yielded them, whichever worker was done first. Its length
// is bounded by those who fill it: intakes by what they may have in flight, handovers likewise, ticks and acts one at a time.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/core/prepare.hpp"
#include "hub/core/step.hpp"
#include "hub/routes/letters.hpp"

namespace hub::routes {

class Handover;
class Intake;

/// A record's document for one of its routes, rendered before it is known whether it will be wanted.
struct Rendered {
    std::uint32_t child = 0;
    std::string route{};
    core::Letter letter{};
};

/// A message on its way from a source to the journal.
struct Taken {
    Intake* from = nullptr;   ///< outlives the message
    std::size_t source = 0;   ///< the intake's number
    std::uint64_t order = 0;  ///< within the source, without gaps
    std::string token{};
    core::Header header{};
    std::string body{};
    std::size_t bytes = 0;    ///< of the body, also after it has moved on
    std::shared_ptr<const core::Prepared> prepared{};  ///< shared with replayed subjects only; read by the committer
    std::vector<Rendered> letters{};
};

struct LeaseWish {
    Handover* route = nullptr;
    PostedPtr posted{};
};

struct OutcomeWord {
    Handover* route = nullptr;
    core::Attempt attempt{};
};

struct ActWish {
    core::Act act{};
    std::shared_ptr<std::promise<core::Stepped>> answer{};  ///< shared by the caller who waits and the committer
};

struct Batch {
    std::vector<OutcomeWord> outcomes{};
    std::vector<LeaseWish> leases{};
    std::vector<ActWish> acts{};
    std::vector<std::string> ticks{};
    std::vector<Taken> records{};
    bool empty() const {
        return outcomes.empty() && leases.empty() && acts.empty() && ticks.empty() && records.empty();
    }
};

class Inbox {
public:
    explicit Inbox(std::size_t sources) : streams_(sources) {}

    void put(Taken taken);
    void put(OutcomeWord word);
    void put(std::vector<LeaseWish> wishes);
    /// False once closed: nobody will answer.
    bool put(ActWish wish);
    /// False while another tick waits: one is enough.
    bool put_tick(std::string payload);
    /// Makes take() return although nothing came.
    void poke();

    /// Waits until something is there, or stop is requested; then everything that is, up to the limits on records.
    Batch take(std::size_t records_max, std::size_t bytes_max, std::stop_token stop);
    /// Takes nothing in any more, and gives back the acts that nobody will answer.
    std::vector<ActWish> close();

private:
    struct Stream {
        std::uint64_t next = 0;
        std::map<std::uint64_t, Taken> early{};  ///< prepared before an older one was
    };
    bool anything() const;

    // Guarded by mutex_.
    std::mutex mutex_{};
    std::condition_variable_any arrived_{};
    std::vector<Stream> streams_;
    std::deque<Taken> records_{};
    Batch waiting_{};  ///< all but the records
    bool poked_ = false, closed_ = false;
};

}  // namespace hub::routes
