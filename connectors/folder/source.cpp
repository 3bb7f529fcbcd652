// See source.hpp. A file's way: the folder -> claimed/ -> (the hub) -> done/ or refused/. Each step is one rename, so a
// crash leaves a file in exactly one place; what lies in claimed/ when the source opens is offered again.
#include "connectors/folder/source.hpp"

#include <deque>
#include <map>
#include <set>

#include "connectors/folder/names.hpp"
#include "connectors/folder/reason.hpp"
#include "connectors/folder/shelf.hpp"
#include "connectors/folder/watch.hpp"

namespace connectors::folder {
namespace {

constexpr std::size_t scan_names_max = 10'000;   // looked at in one go; the rest comes with the next look
constexpr std::size_t claimed_names_max = 200'000;
constexpr int same_names_max = 1'000;            // files of one name and instant in done/ or refused/

class FolderSource : public hub::Source {
public:
    FolderSource(SourceSettings settings, hub::ConnectorContext context) : settings_(std::move(settings)), context_(std::move(context)) {}

    hub::Status open() override {
        auto root = Shelf::open(under(context_.site_folder, settings_.folder));
        if (!root) return root.error();
        root_ = std::move(*root);
        const std::pair<Shelf*, const char*> inner[] = {{&claimed_, "claimed"}, {&done_, "done"}, {&refused_, "refused"}};
        for (const auto& [shelf, name] : inner) {
            auto opened = root_.inner(name);
            if (!opened) return opened.error();
            *shelf = std::move(*opened);
        }
        watch_ = Watch(root_.path());
        ready_.clear();
        again_.clear();
        auto left = claimed_.list(claimed_names_max);
        if (!left) return left.error();
        for (Seen& each : *left)
            if (!offered_.contains(each.name)) again_.push_back(std::move(each));
        again_at_ = {};
        return hub::Done{};
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        if (!root_.is_open()) return hub::Error{hub::Remedy::reconnect, "the folder is not open", settings_.folder, "", "TG-D004"};
        std::vector<hub::Incoming> batch;
        for (;;) {
            offer_again(batch);
            if (const auto claimed = claim_new(batch); !claimed) return claimed.error();
            if (!batch.empty() || stop.stop_requested()) return batch;
            watch_.wait(pause(), stop);
        }
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        hub::Status first_failure = hub::Done{};
        for (const hub::Settlement& each : settlements) {
            if (offered_.erase(each.token) == 0) continue;
            hub::Status put = hub::Done{};
            if (each.outcome == hub::Outcome::busy)
                offer_later(each.token);
            else
                put = put_away(each);
            if (put) continue;
            offer_later(each.token);  // the hub will know it again and say the same
            if (first_failure) first_failure = put;
        }
        for (const Shelf* shelf : {&done_, &refused_, &claimed_})
            if (const auto synced = shelf->sync(); !synced && first_failure) first_failure = synced;
        return first_failure;
    }

private:
    bool full(const std::vector<hub::Incoming>& batch) const {
        return batch.size() >= batch_max || offered_.size() >= static_cast<std::size_t>(settings_.in_flight_max);
    }

    std::chrono::milliseconds pause() const {
        const bool soon = !unsettled_.empty();
        return std::chrono::milliseconds(soon ? std::min(std::max(settings_.settle_ms, 10), settings_.poll_interval_ms) : settings_.poll_interval_ms);
    }

    /// Files that are claimed already: after a crash, or because the hub was busy.
    void offer_again(std::vector<hub::Incoming>& batch) {
        if (again_.empty() || context_.clock.steady() < again_at_) return;
        std::deque<Seen> now;
        now.swap(again_);
        while (!now.empty() && !full(batch)) {
            const Seen each = std::move(now.front());
            now.pop_front();
            // The file may have been claimed while it was still written: what it is now counts.
            if (const auto seen = claimed_.look(each.name)) offer(*seen, batch);
        }
        again_.insert(again_.end(), std::make_move_iterator(now.begin()), std::make_move_iterator(now.end()));
    }

    hub::Status claim_new(std::vector<hub::Incoming>& batch) {
        if (full(batch)) return hub::Done{};
        if (ready_.empty())
            if (const auto scanned = scan(); !scanned) return scanned.error();
        while (!ready_.empty() && !full(batch)) {
            const Seen each = std::move(ready_.front());
            ready_.pop_front();
            if (!each.regular || !is_proper(each.name)) {
                const auto refused = refuse_at_door(root_, each.name, each.regular ? "its name is too long, or holds control characters" : "it is no regular file");
                if (!refused) return refused.error();
                continue;
            }
            const auto claimed = root_.move(each.name, claimed_, each.name);
            if (claimed) {
                offer(each, batch);
            } else if (claimed.error().code != code_exists && root_.look(each.name)) {
                return claimed.error();  // neither a namesake that waits for its settlement, nor taken away meanwhile
            }
        }
        return hub::Done{};
    }

    /// Fills ready_ with what may be claimed, oldest first.
    hub::Status scan() {
        auto found = root_.list(scan_names_max);
        if (!found) return found.error();
        const auto now = context_.clock.steady();
        std::map<std::string, Look> still_unsettled;
        for (Seen& each : *found) {
            if (is_temporary(each.name) || !matches(settings_.pattern, each.name)) continue;
            if (settings_.arrival == "stable" && each.regular) {
                const auto before = unsettled_.find(each.name);
                const bool same = before != unsettled_.end() && before->second.seen.same_file(each);
                const Look look{each, same ? before->second.since : now};
                if (now - look.since < std::chrono::milliseconds(settings_.settle_ms)) {
                    still_unsettled.emplace(each.name, look);
                    continue;
                }
            }
            ready_.push_back(std::move(each));
        }
        unsettled_ = std::move(still_unsettled);
        return hub::Done{};
    }

    /// Reads a claimed file into the batch, or refuses it, or leaves it for later.
    void offer(const Seen& seen, std::vector<hub::Incoming>& batch) {
        auto bytes = claimed_.read(seen, static_cast<std::size_t>(settings_.file_bytes_max));
        if (!bytes && bytes.error().remedy == hub::Remedy::reject && refuse_at_door(claimed_, seen.name, bytes.error().what)) return;
        if (!bytes) return offer_later(seen.name);
        hub::Incoming incoming;
        incoming.token = seen.name;
        incoming.sender = settings_.identity;
        incoming.message_id = settings_.message_id == "name" ? seen.name : "";
        incoming.exchange = settings_.exchange;
        incoming.body = std::move(*bytes);
        offered_.insert(seen.name);
        batch.push_back(std::move(incoming));
    }

    void offer_later(const std::string& name) {
        if (auto seen = claimed_.look(name)) again_.push_back(std::move(*seen));
        again_at_ = context_.clock.steady() + std::chrono::milliseconds(settings_.poll_interval_ms);
    }

    hub::Status refuse_at_door(const Shelf& from, const std::string& name, const std::string& what) {
        hub::Settlement settlement;
        settlement.outcome = hub::Outcome::refused;
        settlement.problems.push_back({name, 0, 0, "TG-D005", what, "drop a regular file with a plain name, written by the sender alone"});
        return put_into_refused(from, name, settlement);
    }

    hub::Status put_away(const hub::Settlement& settlement) {
        const std::string& name = settlement.token;
        if (!claimed_.look(name)) return hub::Done{};  // somebody took it away by hand
        const bool good = settlement.outcome == hub::Outcome::accepted || settlement.outcome == hub::Outcome::duplicate;
        if (!good) return put_into_refused(claimed_, name, settlement);
        return with_free_name(name, [&](const std::string& free) { return claimed_.move(name, done_, free); });
    }

    /// The reason is written first: when a crash comes in between, the file is offered and refused once more.
    hub::Status put_into_refused(const Shelf& from, const std::string& name, const hub::Settlement& settlement) {
        const std::string proper = is_proper(name) ? name : made_proper(name);
        const std::string text = reason_text(settlement, proper, context_.clock.now());
        return with_free_name(proper, [&](const std::string& free) -> hub::Status {
            const std::string reason = free + ".reason";
            if (refused_.look(free) || refused_.look(reason)) return hub::Error{hub::Remedy::retry, "", "", "", std::string(code_exists)};
            if (const auto written = refused_.write(reason, text, S_IRUSR | S_IWUSR | S_IRGRP); !written) return written;
            auto moved = from.move(name, refused_, free);
            if (!moved) refused_.remove(reason);
            return moved;
        });
    }

    /// Tries the name itself, then names with the present instant behind it, until one is not taken.
    template <class Put>
    hub::Status with_free_name(const std::string& name, const Put& put) const {
        hub::Status done = put(name);
        for (int i = 0; !done && done.error().code == code_exists && i < same_names_max; ++i)
            done = put(with_stamp(name, context_.clock.now(), i));
        return done;
    }

    struct Look {
        Seen seen{};
        std::chrono::nanoseconds since{};
    };

    // Constant after construction.
    const SourceSettings settings_;
    const hub::ConnectorContext context_;

    Shelf root_, claimed_, done_, refused_;
    Watch watch_;
    std::map<std::string, Look> unsettled_;  // seen, and perhaps still being written
    std::deque<Seen> ready_;                 // may be claimed
    std::deque<Seen> again_;                 // claimed, to be offered once more
    std::chrono::nanoseconds again_at_{};
    std::set<std::string> offered_;          // claimed and with the hub; survives open()
};

}  // namespace

std::string under(const std::string& site_folder, const std::string& path) {
    return path.empty() || path.front() == '/' || site_folder.empty() ? path : site_folder + "/" + path;
}

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& place) {
    SourceSettings settings;
    return hub::settings::read(texts, place, settings);
}

hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    SourceSettings settings;
    const hub::Problems problems = hub::settings::read(texts, {}, settings);
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, to_text(problems.front()), context.name, "", "TG-D006"};
    return std::unique_ptr<hub::Source>(std::make_unique<FolderSource>(std::move(settings), context));
}

}  // namespace connectors::folder
