// What clocks cost: a store full of open clocks, time passing over it, one fact that changes, and rules evaluated on their own.
//
// The people and their rule book are made up: ten rules with one clock each. Records are prepared here by hand, so that nothing is
// decoded; from there on they go the way of every record: step, append, rows.
#include <malloc.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "hub/cli/bench_parts.hpp"
#include "hub/core/clocks.hpp"
#include "hub/core/step.hpp"
#include "hub/routes/engine.hpp"

namespace hub::cli::measure {
namespace {

using namespace deadlines;

constexpr std::size_t clocks_each = 10;    ///< open clocks of a person: one for each rule
constexpr std::size_t group_size = 64;     ///< entries in one commit
constexpr std::size_t due_at_once = 100'000;
constexpr std::int64_t day_us = 86'400'000'000;
constexpr int week_days = 7, together_after = 3, first_due_after = 30, spread_days = 300;

double now_mebibytes(const char* field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field)) return std::stod(line.substr(line.find(':') + 1)) / 1024.0;
    return 0;
}
double resident() {
    ::malloc_trim(0);
    return now_mebibytes("VmRSS");
}

double bytes_below(const std::string& folder) {
    double bytes = 0;
    std::error_code failed;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder, failed))
        if (file.is_regular_file()) bytes += static_cast<double>(file.file_size());
    return bytes;
}

/// Half of the rules read one fact, half the other.
std::shared_ptr<const RuleBook> made_up_rules(const Context& context, const std::string& mappings, Problems& problems) {
    RuleSources sources;
    const std::string facts = R"(<facts><fact kind="bench.begun" type="date" matter="person" about="A."/><fact kind="bench.moved" type="date" matter="person" about="A."/>
        <fact kind="bench.done" type="date" matter="person" about="A."/></facts>)";
    std::string rules = R"(<rules xmlns="urn:throughgate:rules:1"><about>A.</about>)";
    for (std::size_t i = 0; i < clocks_each; ++i) {
        const std::string name = "bench.rule" + std::to_string(i), fact = i < clocks_each / 2 ? "bench.begun" : "bench.moved";
        rules += "<rule name=\"" + name + "\" matter=\"person\"><about>A.</about><owner role=\"bench\"/><version name=\"only\" from=\"2000-01-01\">"
                 "<citation text=\"Made up\" standing=\"local\"/><case start=\"" + fact + "\" due=\"" + fact + " + 30 days\" reason=\"made_up\"/>"
                 "<met at=\"first(bench.done from " + fact + ")\" reason=\"done\"/></version></rule>";
    }
    std::string days = R"(<calendar name="england_and_wales" source="Made up" first-year="2000" last-year="2100"><about>A.</about>)";
    for (int year = 2000; year <= 2100; ++year) {
        const Day may = day_from({year, 5, 1});
        days += "<holiday date=\"" + to_text(add_days(may, (8 - weekday(may)) % 7)) + "\" name=\"First Monday of May\"/>";
    }
    const auto calendar = formats::read_config("calendar", days + "</calendar>", nullptr, problems);
    const auto kinds = formats::read_config("facts", facts, nullptr, problems);
    const auto book = formats::read_config("rules", rules + "</rules>", nullptr, problems);
    const std::string zone_file = mappings + "/codes/london-time.xml";
    const Result<std::string> zone_text = context.world.disk.read(zone_file, site::file_bytes_max);
    const auto zone = zone_text ? formats::read_config(zone_file, *zone_text, nullptr, problems) : nullptr;
    if (!calendar || !kinds || !book || !zone) return nullptr;
    sources.kinds = FactKinds::read(*kinds, "facts", problems);
    sources.almanac.zone = Zone::read(*zone, zone_file, problems);
    if (auto read = Calendar::read(*calendar, "calendar", problems)) sources.almanac.calendars.emplace(read->name(), read);
    sources.files.emplace_back("rules", book);
    sources.roles = {{"bench", "Nobody", "nobody"}};
    sources.has_path = [](const std::string&, const std::string&) { return true; };
    return sources.kinds && sources.almanac.zone ? compile_rules(sources, problems) : nullptr;
}

core::PlanPtr made_up_plan(const core::PlanPtr& plan, std::shared_ptr<const RuleBook> rules) {
    auto copy = std::make_shared<core::Plan>(*plan);
    copy->sources.clear();
    copy->sinks.clear();
    copy->routes.clear();
    copy->rules = std::move(rules);
    return copy;
}

/// A hub's store without its threads, and what goes into it.
class Filled {
public:
    Filled(Context& context, core::PlanPtr plan, std::string path) : context_(context), plan_(std::move(plan)), path_(std::move(path)) {}

    bool open(bool fresh) {
        close();
        return open_journal(context_, path_, fresh, journal_);
    }
    void close() {
        journal_.store.reset();  // it uses the keys to the end
        journal_.keys.reset();
    }
    core::Store& store() { return *journal_.store; }
    Journal& journal() { return journal_; }

    /// A record that says of the person number `who` that `kind` is this day.
    void say(std::uint64_t who, const std::vector<std::pair<std::string, Day>>& facts, Instant at) {
        core::Entry entry;
        entry.payload = "made up " + std::to_string(who);
        entry.header = {.instant = at, .plan = plan_->digest, .source = "bench", .sender = "courts", .message_id = std::to_string(++nonce_), .exchange = "bench",
                        .raw_digest = context_.world.digester.sha256(entry.payload), .nonce = nonce_};
        auto prepared = std::make_shared<core::Prepared>();
        prepared->plan = plan_;
        core::Child& child = prepared->children.emplace_back();
        child.type = &plan_->record_types.begin()->second;
        child.identifiers = {{people::IdentifierType::crn, "B" + std::to_string(1'000'000 + who), people::Strength::person, ""}};
        for (const auto& [kind, day] : facts) child.facts.push_back({"person", "", kind, to_text(day), to_text(civil_day(at))});
        add(std::move(entry), std::move(prepared));
    }

    void tick(const core::Tick& tick, Instant at) {
        core::Entry entry;
        entry.payload = core::encode(tick);
        entry.header = {.kind = core::EntryKind::tick, .instant = at, .plan = plan_->digest, .raw_digest = context_.world.digester.sha256(entry.payload), .nonce = ++nonce_};
        add(std::move(entry), nullptr);
    }

    /// Steps and appends what was said since. False when the store refuses.
    bool flush() {
        if (waiting_.empty()) return true;
        const core::StepContext step_context{context_.world.digester, *journal_.keys};
        core::Overlay overlay(store());
        std::vector<core::Commit> group;
        std::uint64_t seq = store().next_seq();
        const auto began = context_.world.clock.steady();
        for (auto& [entry, prepared] : waiting_) {
            entry.seq = seq++;
            const core::Subject subject{entry.seq, entry.header, prepared.get()};
            core::Stepped stepped = core::step(overlay, entry, prepared ? &subject : nullptr, plan_, step_context);
            overlay.apply(stepped.delta);
            group.push_back({std::move(entry), std::move(stepped.delta)});
        }
        waiting_.clear();
        stepping_ += context_.world.clock.steady() - began;
        return static_cast<bool>(store().append(group));
    }
    double step_seconds() const { return std::chrono::duration<double>(stepping_).count(); }

    /// Everything due by then, as the hub's own ticks take it: a thousand people in each, and each in a commit of its own. The number of people.
    std::size_t pass_until(Instant at) {
        std::size_t people = 0;
        while (true) {
            core::Tick due;
            const Status read = store().scan(core::Table::timer, "", "", [&](std::string_view key, std::string_view) {
                const auto timer = core::decode_timer_key(key);
                if (!timer || timer->at > at || due.woken.size() == core::Tick::woken_max) return false;
                due.woken.push_back(timer->person);
                return true;
            });
            if (!read || due.woken.empty()) return people;
            people += due.woken.size();
            tick(due, at);
            if (!flush()) return 0;
        }
    }

    static Day civil_day(Instant at) { return {static_cast<std::int32_t>(at.microseconds / day_us)}; }

private:
    void add(core::Entry entry, std::shared_ptr<const core::Prepared> prepared) { waiting_.emplace_back(std::move(entry), std::move(prepared)); }

    Context& context_;
    const core::PlanPtr plan_;
    const std::string path_;
    Journal journal_{};
    std::uint64_t nonce_ = 0;
    std::chrono::nanoseconds stepping_{};
    std::vector<std::pair<core::Entry, std::shared_ptr<const core::Prepared>>> waiting_{};
};

struct Numbers {
    Instant beginning{};                  ///< now: a hub that starts over the store finds nothing due
    std::size_t people = 0, at_once = 0;  ///< at_once: people whose clocks are all due in one second
    Instant later(int days) const { return {beginning.microseconds + days * day_us}; }
    double clocks() const { return static_cast<double>(people * clocks_each); }
};

/// The first come due together after three days; the others day by day from thirty days on.
bool fill(Context& context, Filled& filled, const Numbers& of) {
    const auto began = context.world.clock.steady();
    const Day today = Filled::civil_day(of.beginning);
    for (std::uint64_t who = 0; who < of.people; ++who) {
        const int ahead = who < of.at_once ? together_after : first_due_after + static_cast<int>(who % spread_days);
        const Day begun = add_days(today, ahead - 30);
        filled.say(who, {{"bench.begun", begun}, {"bench.moved", begun}}, of.beginning);
        if ((who + 1) % group_size == 0 && !filled.flush()) return false;
    }
    if (!filled.flush()) return false;
    const double seconds = std::chrono::duration<double>(context.world.clock.steady() - began).count();
    context.rows.push_back({"clocks: opened through step and append", "10 a person", number(of.clocks() / seconds), "clocks/s",
                            "of it the step " + number(filled.step_seconds() / seconds * 100) + " %"});
    return true;
}

void look(Context& context, Filled& filled, const Numbers& of) {
    bool due = false;
    const double each = seconds_each(context.seconds, context.world.clock, [&] {
        const Status read = filled.store().scan(core::Table::timer, "", "", [&](std::string_view key, std::string_view) {
            const auto timer = core::decode_timer_key(key);
            due = timer && timer->at <= of.beginning;
            return false;
        });
        due = due || !read;
    });
    if (due) return;
    context.idle_tick_s = each;
    context.rows.push_back({"clocks: a look that fires nothing", "", number(each * 1e6), "us", "the seek among the timers of " + number(of.clocks()) + " open clocks"});
}

void change(Context& context, Filled& filled, const Numbers& of) {
    std::vector<double> stepped, whole;
    const Day other = add_days(Filled::civil_day(of.beginning), 45);
    const std::size_t most = std::min<std::size_t>(of.people - of.at_once, 500);
    for (std::size_t i = 0; i < most; ++i) {
        filled.say(of.at_once + i, {{"bench.moved", add_days(other, static_cast<std::int64_t>(i % 100))}}, {of.beginning.microseconds + 1});
        const double before = filled.step_seconds();
        const auto began = context.world.clock.steady();
        if (!filled.flush()) return;
        whole.push_back(std::chrono::duration<double>(context.world.clock.steady() - began).count());
        stepped.push_back(filled.step_seconds() - before);
    }
    context.rows.push_back({"clocks: one changed fact, the step", "5 of 10 rules", number(percentile(stepped, 0.5) * 1e6), "us", "median of " + std::to_string(most) + " people"});
    context.rows.push_back({"clocks: one changed fact, with its own commit and sync", "5 of 10 rules", number(percentile(whole, 0.5) * 1e6), "us",
                            "median; a bare append + fdatasync takes " + number(context.fsync_s * 1e6) + " us on average"});
}

std::size_t rows_of(const core::Store& store, core::Table table) {
    std::size_t rows = 0;
    const Status read = store.scan(table, "", "", [&](std::string_view, std::string_view) { return ++rows, true; });
    return read ? rows : 0;
}

void pass(Context& context, Filled& filled, const Numbers& of) {
    const auto timed = [&](int days, std::size_t& people) {
        const auto began = context.world.clock.steady();
        people = filled.pass_until(of.later(days));
        return std::chrono::duration<double>(context.world.clock.steady() - began).count();
    };
    std::size_t people = 0;
    const double at_once = timed(first_due_after - 1, people);
    context.due_clocks = people * clocks_each;
    context.due_s = at_once;
    context.rows.push_back({"clocks: due in one second, journalled", std::to_string(context.due_clocks) + " clocks", number(at_once), "s",
                            std::to_string(rows_of(filled.store(), core::Table::belief)) + " superseded beliefs and " +
                                std::to_string(rows_of(filled.store(), core::Table::notice)) + " notices kept; making records of the notices is not in it"});
    const int stopped = first_due_after + spread_days / 2;
    timed(stopped, people);
    const double week = timed(stopped + week_days, people);
    context.rows.push_back({"clocks: catching up after a week's stop", std::to_string(people * clocks_each) + " due of " + number(of.clocks()), number(week), "s",
                            number(static_cast<double>(people * clocks_each) / std::max(week, 1e-9)) + " clocks/s"});
}

/// The hub itself over the filled store, with all its threads and no ends.
void hold(Context& context, Filled& filled, const core::PlanPtr& plan, const Numbers& of, double before) {
    Quiet quiet;
    World& world = context.world;
    const auto began = world.clock.steady();
    if (!filled.open(false)) return;
    routes::Engine engine({.store = filled.store(), .plan = plan, .clock = world.clock, .random = world.random, .scheduler = world.scheduler,
                           .digester = world.digester, .keys = *filled.journal().keys, .make_source = {}, .make_sink = {}, .events = quiet});
    const Status started = engine.start();
    const double seconds = std::chrono::duration<double>(world.clock.steady() - began).count();
    if (!started) {
        context.rows.push_back({"clocks: a hub over the filled store", "", "", "", "not measured: " + started.error().what});
        return;
    }
    world.scheduler.wait(std::chrono::seconds(1), {});
    const double after = now_mebibytes("VmRSS");
    context.open_clocks = static_cast<std::size_t>(of.clocks());
    context.clock_bytes = std::max(after - before, 0.0) * 1024 * 1024 / of.clocks();
    context.clocks_mib = after;
    context.rows.push_back({"clocks: resident memory an open clock, hub running", number(of.clocks()) + " open", number(context.clock_bytes), "bytes",
                            number(after) + " MiB the whole process, " + number(before) + " MiB before; clocks stand in the store, memory holds recent rows"});
    context.rows.push_back({"clocks: a hub starts over them", number(of.clocks()) + " open", number(seconds), "s", "reads each person once"});
    engine.stop(std::chrono::seconds(10));
}

/// When rules are asked on their own; fixed, so that every run asks the same.
constexpr Instant beginning{1'788'220'800'000'000};  // 2026-09-01T00:00:00Z

/// Rules on their own: one person with a fact of every kind.
void evaluation(Context& context, const RuleBook& book, const std::string& name) {
    const Day today = Filled::civil_day(beginning);
    std::vector<GivenFact> facts;
    for (KindId kind = 0; kind < book.kinds->size(); ++kind) {
        const FactKind& each = (*book.kinds)[kind];
        GivenFact fact{.kind = each.name, .matter_kind = each.matter, .matter = each.matter == "person" ? "" : "1", .valid_from = to_text(add_days(today, -30)), .recorded_at = beginning};
        fact.value = each.type == FactType::date ? to_text(add_days(today, kind % 200)) : each.type == FactType::instant ? "2026-08-25T09:00:00Z"
                   : each.type == FactType::number ? "12" : each.type == FactType::yes_no ? "yes" : each.values.empty() ? "made_up" : each.values.front();
        facts.push_back(std::move(fact));
    }
    Problems problems;
    const History history(*book.kinds, *book.almanac.zone, facts, beginning, problems);
    std::size_t clocks = 0, asked = 0;
    for (const Rule& rule : book.rules)
        for (const Matter& matter : history.matters()) asked += matter.kind == rule.matter ? 1 : 0;
    const double each = seconds_each(context.seconds, context.world.clock, [&] { clocks = evaluate(book, history, {beginning, {}}).size(); });
    const std::string beside = std::to_string(clocks) + " clocks of " + std::to_string(facts.size()) + " facts";
    if (asked > 0) context.rows.push_back({"clocks: evaluation alone, " + name, std::to_string(asked) + " rules and matters", number(each * 1e9 / static_cast<double>(asked)), "ns a rule and matter", beside});
}

}  // namespace

void clocks(Context& context, const std::string& mappings, std::size_t open_clocks, const RuleBook* rules) {
    Problems problems;
    const auto book = made_up_rules(context, mappings, problems);
    if (!book) {
        context.rows.push_back({"clocks", "", "", "", "not measured: " + (problems.empty() ? mappings + "/codes/london-time.xml cannot be read" : to_text(problems.front()))});
        return;
    }
    evaluation(context, *book, "made-up rules");
    if (rules) evaluation(context, *rules, "the rules of --rules");
    const std::string path = context.folder + "/clocks";
    std::filesystem::remove_all(path);
    const core::PlanPtr plan = made_up_plan(context.plan, book);
    Numbers of{.beginning = context.world.clock.now(), .people = std::max<std::size_t>(open_clocks / clocks_each, 100)};
    of.at_once = std::min(due_at_once / clocks_each, of.people / 2);
    const double before = resident();
    Filled filled(context, plan, path);
    if (filled.open(true) && fill(context, filled, of)) {
        filled.close();
        context.rows.push_back({"clocks: bytes on disk an open clock", "10 a person", number(bytes_below(path) / of.clocks()), "bytes", "with its share of the person's row, facts and entry"});
        hold(context, filled, plan, of, before);
        if (filled.open(false)) {
            look(context, filled, of);
            change(context, filled, of);
            pass(context, filled, of);
        }
    }
    filled.close();
    std::filesystem::remove_all(path);
}

}  // namespace hub::cli::measure
