// See clock_notices.hpp.
#include "hub/core/clock_notices.hpp"

#include <algorithm>

namespace hub::core {
namespace {

using namespace deadlines;

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::size_t matter_length_max = 255, citation_length_max = 255;

const Version* version_of(const Rule& rule, const std::string& name) {
    const auto found = std::find_if(rule.versions.begin(), rule.versions.end(), [&](const Version& version) { return version.name == name; });
    return found == rule.versions.end() ? nullptr : &*found;
}

std::string party_of(const RuleBook& book, const std::string& role) {
    const auto found = std::find_if(book.roles.begin(), book.roles.end(), [&](const Role& each) { return each.name == role; });
    return found == book.roles.end() ? std::string() : found->party;
}

/// Cut between characters.
std::string cut_to(const std::string& text, std::size_t bytes_max) {
    std::size_t size = std::min(text.size(), bytes_max);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    return text.substr(0, size);
}

class Teller {
public:
    Teller(const RuleBook& book, const PersonId& person, const Rule& rule, const Version& version, const std::optional<Point>& told_due, Instant now)
        : book_(book), person_(person), rule_(rule), version_(version), told_due_(told_due), now_(now) {}

    void tell(const char* event, const std::string& role, const ClockRow& row) {
        const std::string party = party_of(book_, role);
        if (party.empty()) return;
        Notice notice{person_, std::string(notice_type), {}};
        const auto add = [&](const char* path, const std::string& value) {
            if (!value.empty()) notice.values.emplace_back(path, value);
        };
        add("rule", rule_.name);
        add("version", row.version);
        add("event", event);
        add("happened_at", to_text(now_));
        add("party", party);
        add("role", role);
        add("matter_kind", row.matter_kind);
        add("matter", cut_to(row.matter, matter_length_max));
        add("period_from", row.occurrence);
        if (row.due) {
            add("due_on", to_text(row.due->day));
            if (row.due->exact) add("due_at", to_text(row.due->instant));
        }
        if (told_due_ && told_due_ != row.due) add("was_due_on", to_text(told_due_->day));
        add("reason", row.discharge.empty() ? row.reason : row.discharge);
        add("responsibility", row.responsibility);
        add("citation", cut_to(version_.citation.text, citation_length_max));
        add("standing", version_.citation.standing);
        told_.push_back({std::move(notice), now_, false});
    }
    /// Waits for the rule's settle time: a deadline that moves to and fro is told once, or not at all.
    void tell_move(const ClockRow& row) {
        const std::size_t told = told_.size();
        tell("moved", row.owner, row);
        if (told_.size() == told) return;
        told_.back().settles = true;
        told_.back().not_before = {now_.microseconds + rule_.settle_minutes * minute_us};
    }

    std::vector<TimedNotice> take() { return std::move(told_); }

private:
    const RuleBook& book_;
    const PersonId& person_;
    const Rule& rule_;
    const Version& version_;
    const std::optional<Point> told_due_;
    const Instant now_;
    std::vector<TimedNotice> told_{};
};

/// Nobody has done it, and it has not fallen away.
bool may_be_owed(const ClockRow& row) {
    return row.state == ClockState::running || row.state == ClockState::paused || row.state == ClockState::breached || row.state == ClockState::told_late;
}

void tell_ladder(const Version& version, const ClockRow& row, const ClockRow* before, Teller& teller) {
    const std::size_t warned = before ? before->warnings : 0, escalated = before ? before->escalations : 0;
    if (row.state == ClockState::running)
        for (std::size_t i = warned; i < row.warnings && i < version.warnings.size(); ++i)
            teller.tell("warned", version.warnings[i].to.empty() ? row.owner : version.warnings[i].to, row);
    for (std::size_t i = escalated; i < row.escalations && i < version.escalations.size(); ++i) teller.tell("escalated", version.escalations[i].to, row);
}

/// Whoever has been told of a clock hears when its deadline moves or falls away.
void tell_change(const Version& version, const ClockRow* before, const ClockRow& row, const std::optional<Point>& told_due, Teller& teller) {
    const bool entered = !before || before->state != row.state;
    if (entered && row.state == ClockState::breached) teller.tell("breached", row.owner, row);
    if (entered && row.state == ClockState::told_late) teller.tell("told_late", row.owner, row);
    tell_ladder(version, row, before, teller);
    if (!before || !told_due) return;
    if (may_be_owed(*before) && !may_be_owed(row)) teller.tell("ended", row.owner, row);
    else if (told_due != row.due && row.state == ClockState::running) teller.tell_move(row);
}

}  // namespace

std::vector<TimedNotice> notices_of(const RuleBook& book, const Plan& plan, const PersonId& person, const ClockRow* before, const ClockRow* after,
                                    const std::optional<Point>& told_due, Instant now) {
    const ClockRow& row = after ? *after : *before;
    const Rule* rule = book.find(row.rule);
    const Version* version = rule ? version_of(*rule, row.version) : nullptr;
    if (!version || plan.record_types.count(std::string(notice_type)) == 0) return {};
    Teller teller(book, person, *rule, *version, told_due, now);
    if (after) tell_change(*version, before, *after, told_due, teller);
    else if (may_be_owed(*before) && told_due) teller.tell("ended", row.owner, row);
    return teller.take();
}

}  // namespace hub::core
