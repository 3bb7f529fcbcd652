// What the parts of the performance suite share: messages, measuring, and the rows that they fill.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "hub/cli/commands.hpp"

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
    std::vector<Row> rows{};
    /// What the targets are computed from.
    double fsync_s = 0, ack_one_s = 0, rate_2k = 0, rate_10k = 0, field_ns = 0, store_rows_64 = 0, bare_rows_64 = 0, replay_rate = 0, live_rate = 0;
};

void bare(Context& context);
void rooms(Context& context, const Messages& small, const Messages& large);
void end_to_end(Context& context, const Messages& small, const Messages& large);

}  // namespace hub::cli::measure
