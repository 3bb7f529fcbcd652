// What the parts of the performance suite share: messages, measuring, and the rows that they fill.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "hub/cli/commands.hpp"
#include "hub/routes/events.hpp"

namespace hub::cli::measure {

struct Row {
    std::string what{}, size{}, value{}, unit{}, beside{};  ///< beside: the bare limit of the same run, as a ratio
};

/// A court result of about 2 KB or 10 KB about one of a thousand invented people; `number` makes it unique.
class Messages {
public:
    Messages(const std::string& sample, std::size_t bytes_wanted);
    std::string make(std::uint64_t number) const;
    static std::uint64_t number_in(std::string_view text);  ///< of a message or of what became of it
    std::size_t bytes() const { return make(1).size(); }

private:
    std::string text_{};
};

/// Seconds for one call, the median of several slices of calls.
double seconds_each(double seconds, const Clock& clock, const std::function<void()>& call);

/// The p-th part (0 to 1) of the values, in their order.
double percentile(std::vector<double> values, double p);

std::string number(double value);
std::string times(double value);  ///< "2.4 x"

/// CPU seconds of this process, and its largest resident size in MiB so far.
double cpu_seconds();
double peak_mebibytes();

struct Context {
    World& world;
    const core::PlanPtr plan;
    const std::string folder;
    const double seconds;
    const std::string site;
    const std::size_t pending;
    std::vector<Row> rows{};
    /// What the targets are computed from.
    double fsync_s = 0, ack_one_s = 0, rate_2k = 0, rate_10k = 0, field_ns = 0, store_rows_64 = 0, bare_rows_64 = 0, replay_rate = 0, live_rate = 0, start_s = 0, restart_s = 0;
    std::size_t open_clocks = 0, due_clocks = 0;
    double clock_bytes = 0, clocks_mib = 0, idle_tick_s = 0, due_s = 0;
};

/// A hub's own journal of one measurement.
struct Journal {
    std::unique_ptr<journal::FileKeyStore> keys{};
    std::unique_ptr<journal::SqliteStore> store{};
};

/// `fresh`: with a new key; otherwise the journal that stands there. False when that fails.
bool open_journal(Context& context, const std::string& path, bool fresh, Journal& into);

/// The plan with one source and one route to the police, both of connector http with these settings.
core::PlanPtr shortened(const core::PlanPtr& plan, SettingTexts in, SettingTexts out);

/// A hub under measurement says nothing.
class Quiet final : public routes::Events {
public:
    void say(routes::Level, std::string_view, std::initializer_list<routes::Field>) override {}
};

void bare(Context& context);
void rooms(Context& context, const Messages& small, const Messages& large);
void end_to_end(Context& context, const Messages& small, const Messages& large);
/// From nothing to the first record, and from a journal with `pending` items to the first delivery.
void starts(Context& context, const Messages& messages);
/// Open clocks in a store: memory, disk, time passing, a changed fact. `rules` (may be null) are evaluated on their own too.
void clocks(Context& context, const std::string& mappings, std::size_t open_clocks, const deadlines::RuleBook* rules);

}  // namespace hub::cli::measure
