// See step_clocks.hpp: a person's sheet of clocks.
#include "hub/core/step_clocks.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "hub/core/clock_notices.hpp"
#include "hub/deadlines/made.hpp"
#include "hub/formats/schema.hpp"

namespace hub::core {
namespace {

using namespace deadlines;

constexpr std::size_t matter_bytes_max = 200, made_max = 32;
const std::string reference = "reference";

auto place_of(const ClockRow& row) { return std::tie(row.rule, row.matter_kind, row.matter, row.occurrence); }

ClockRow row_of(const RuleBook& book, const History& history, const deadlines::Clock& clock) {
    const Rule& rule = book.rules[clock.rule];
    const Matter& matter = history.matters()[clock.matter];
    ClockRow row;
    row.rule = rule.name;
    row.version = rule.versions[clock.version].name;
    row.matter_kind = matter.kind;
    row.matter = matter.id.substr(0, matter_bytes_max);
    row.occurrence = clock.occurrence;
    row.state = clock.state;
    row.start = clock.start;
    row.due = clock.due;
    row.discharged_at = clock.discharged_at;
    row.owner = clock.owner;
    row.responsibility = clock.responsibility;
    row.reason = clock.reason;
    row.counts = clock.counts;
    row.discharge = clock.discharge_reason;
    row.trouble = clock.trouble;
    row.late_known = clock.late_known;
    row.told_at = clock.told_at;
    row.warnings = clock.warnings;
    row.escalations = clock.escalations;
    return row;
}

ClockSheet read_sheet(Work& work, const PersonId& person) {
    const auto row = work.reader.get(Table::clock, person.bytes());
    if (!row) return {};
    auto sheet = decode_sheet(*row);
    if (!sheet) throw std::runtime_error(sheet.error().what);
    return std::move(*sheet);
}

/// Rules whose facts changed, whose time has come, or (under another plan) all.
std::set<std::uint16_t> rules_to_ask(const Work& work, const ClockSheet& sheet, const std::set<std::string>& changed, Instant now) {
    const RuleBook& book = *work.plan->rules;
    std::set<std::uint16_t> rules;
    if (sheet.plan != work.plan->digest) {
        for (std::size_t i = 0; i < book.rules.size(); ++i) rules.insert(static_cast<std::uint16_t>(i));
        return rules;
    }
    for (const std::string& name : changed)
        if (const KindId kind = book.kinds->find(name); kind != no_kind) rules.insert(book.readers[kind].begin(), book.readers[kind].end());
    for (const auto& [name, at] : sheet.pending)
        if (const Rule* rule = at <= now ? book.find(name) : nullptr) rules.insert(static_cast<std::uint16_t>(rule - book.rules.data()));
    return rules;
}

/// What is new stands since this entry; what says the same stands since it first did.
void keep_age(const ClockRow* before, const Work& work, Instant now, ClockRow& row) {
    row.since = work.entry.seq;
    row.since_instant = now;
    if (!before) return;
    ClockRow same = *before;
    same.since = row.since;
    same.since_instant = row.since_instant;
    same.made = row.made;
    if (same == row) {
        row.since = before->since;
        row.since_instant = before->since_instant;
    }
}

/// Whatever was made for it.
bool says_the_same(ClockRow before, const ClockRow& after) {
    before.made = after.made;
    return before == after;
}

/// One person's clocks in one step.
class Refresh {
public:
    Refresh(Work& work, const PersonId& id, const std::set<std::string>& changed)
        : work_(work), id_(id), now_(work.instant_for(id)), book_(*work.plan->rules), before_(read_sheet(work, id)),
          rules_(rules_to_ask(work, before_, changed, now_)) {}

    void run() {
        if (rules_.empty()) return;
        Problems not_of_this_plan;  // facts of kinds that the plan no longer has
        const History history(*book_.kinds, *book_.almanac.zone, given_facts(*work_.person(id_)), now_, not_of_this_plan);
        after_.plan = work_.plan->digest;
        keep_what_is_not_asked();
        for (const std::uint16_t rule : rules_) ask(history, rule);
        std::stable_sort(after_.clocks.begin(), after_.clocks.end(), [](const ClockRow& a, const ClockRow& b) { return place_of(a) < place_of(b); });
        std::sort(after_.pending.begin(), after_.pending.end());
        if (after_.clocks.size() > ClockSheet::clocks_max) after_.clocks.resize(ClockSheet::clocks_max);
        compare();
        write();
    }

private:
    bool is_asked(const std::string& name) const {
        const Rule* rule = book_.find(name);
        return !rule || rules_.count(static_cast<std::uint16_t>(rule - book_.rules.data())) != 0;
    }
    void keep_what_is_not_asked() {
        for (const ClockRow& row : before_.clocks)
            if (!is_asked(row.rule)) after_.clocks.push_back(row);
        for (const auto& entry : before_.pending)
            if (!is_asked(entry.first)) after_.pending.push_back(entry);
    }

    void ask(const History& history, std::uint16_t rule) {
        std::optional<Instant> next;
        for (const deadlines::Clock& clock : evaluate(book_, history, {now_, {&rule, 1}}, &next)) {
            ClockRow row = row_of(book_, history, clock);
            const ClockRow* before = find_before(row);
            if (before) std::tie(row.made, row.settling, row.told_due) = std::tie(before->made, before->settling, before->told_due);
            keep_age(before, work_, now_, row);
            make_records(history, clock, row);
            after_.clocks.push_back(std::move(row));
        }
        if (next) after_.pending.emplace_back(book_.rules[rule].name, *next);
    }

    /// Each record once for a clock, however often its deadline moves.
    void make_records(const History& history, const deadlines::Clock& clock, ClockRow& row) {
        for (Made& made : made_by(book_, history, {now_, {&clock.rule, 1}}, clock)) {
            if (made.index >= made_max || (row.made >> made.index & 1U) != 0) continue;
            row.made |= 1U << made.index;
            const std::uint32_t number = work_.next_notice();
            Notice notice{id_, std::move(made.record), std::move(made.values)};
            name(notice, number);
            work_.put(Table::notice, notice_key(now_, work_.entry.seq, number), encode(notice));
        }
    }
    /// A record that wants a reference and was given none gets the hub's own: entry and number.
    void name(Notice& notice, std::uint32_t number) const {
        const auto type = work_.plan->record_types.find(notice.record_type);
        if (type == work_.plan->record_types.end() || !type->second.schema) return;
        const formats::Schema& schema = *type->second.schema;
        const bool wants = schema.child_any_ns(schema.root(), formats::DeclKind::element, reference) != formats::no_decl;
        const bool given = std::any_of(notice.values.begin(), notice.values.end(), [](const auto& each) { return each.first == reference; });
        if (wants && !given) notice.values.emplace_back(reference, "TG-" + std::to_string(work_.entry.seq) + "-" + std::to_string(number));
    }

    const ClockRow* find_before(const ClockRow& row) const {
        const auto found = std::lower_bound(before_.clocks.begin(), before_.clocks.end(), row, [](const ClockRow& a, const ClockRow& b) { return place_of(a) < place_of(b); });
        return found != before_.clocks.end() && place_of(*found) == place_of(row) ? &*found : nullptr;
    }

    /// A clock that says something else now, or is gone, leaves what it said behind; who answers for it is told.
    void compare() {
        std::size_t at = 0;
        for (ClockRow& row : after_.clocks) {
            while (at < before_.clocks.size() && place_of(before_.clocks[at]) < place_of(row)) supersede(before_.clocks[at++], nullptr);
            const bool known = at < before_.clocks.size() && place_of(before_.clocks[at]) == place_of(row);
            const ClockRow* before = known ? &before_.clocks[at++] : nullptr;
            if (before && says_the_same(*before, row)) continue;
            if (before) supersede(*before, &row);
            tell(before, &row);
        }
        while (at < before_.clocks.size()) supersede(before_.clocks[at++], nullptr);
    }

    void supersede(const ClockRow& before, const ClockRow* after) {
        work_.put(Table::belief, belief_key(id_, work_.entry.seq, beliefs_++), encode(Belief{before, now_, work_.entry.seq}));
        if (!after) tell(&before, nullptr);
    }

    /// The deadline that was last told. Of a move that has not been told yet the notice is taken back.
    std::optional<Point> told_of(const ClockRow& before) {
        if (before.settling.empty()) return before.told_due;
        if (!work_.reader.get(Table::notice, before.settling)) return before.due;
        work_.put(Table::notice, before.settling, std::nullopt);
        return before.told_due;
    }

    void tell(const ClockRow* before, ClockRow* after) {
        const std::optional<Point> told_due = before ? told_of(*before) : std::nullopt;
        if (after) after->settling.clear(), after->told_due = told_due;
        for (TimedNotice& each : notices_of(book_, *work_.plan, id_, before, after, told_due, now_)) {
            std::string key = notice_key(each.not_before, work_.entry.seq, work_.next_notice());
            work_.put(Table::notice, key, encode(each.notice));
            if (!after) continue;
            if (each.settles) after->settling = std::move(key);
            else after->told_due = after->due;
        }
    }

    void write() {
        const auto was = before_.next(), is = after_.next();
        if (was && was != is) work_.put(Table::timer, timer_key(*was, id_), std::nullopt);
        if (is && was != is) work_.put(Table::timer, timer_key(*is, id_), std::string());
        work_.put(Table::clock, std::string(id_.bytes()), encode(after_));
    }

    Work& work_;
    const PersonId id_;
    const Instant now_;
    const RuleBook& book_;
    const ClockSheet before_;
    const std::set<std::uint16_t> rules_;
    ClockSheet after_{};
    std::uint32_t beliefs_ = 0;
};

}  // namespace

void refresh_clocks(Work& work, const PersonId& person, const std::set<std::string>& changed) {
    if (work.plan->rules && work.person(person)) Refresh(work, person, changed).run();
}

}  // namespace hub::core
