// See clock_notices.hpp.
#include "hub/core/clock_notices.hpp"

#include <algorithm>

namespace hub::core {
namespace {

using namespace deadlines;

const std::string notice_type = "clock_notice";
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
    Teller(const RuleBook& book, const PersonId& person, const Rule& rule, const Version& version, Instant now)
        : book_(book), person_(person), rule_(rule), version_(version), now_(now) {}

    void tell(const char* event, const std::string& role, const ClockRow& row, const ClockRow* before, std::int64_t wait_us = 0) {
        const std::string party = party_of(book_, role);
        if (party.empty()) return;
        Notice notice{person_, notice_type, {}};
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
        if (before && before->due && before->due != row.due) add("was_due_on", to_text(before->due->day));
        add("reason", row.discharge.empty() ? row.reason : row.discharge);
        add("responsibility", row.responsibility);
        add("citation", cut_to(version_.citation.text, citation_length_max));
        add("standing", version_.citation.standing);
        told_.push_back({std::move(notice), {now_.microseconds + wait_us}});
    }

    std::vector<TimedNotice> take() { return std::move(told_); }

private:
    const RuleBook& book_;
    const PersonId& person_;
    const Rule& rule_;
    const Version& version_;
    const Instant now_;
    std::vector<TimedNotice> told_{};
};

bool is_open(const ClockRow& row) {
    return row.state == ClockState::running || row.state == ClockState::paused || row.state == ClockState::breached || row.state == ClockState::told_late;
}

/// Somebody has been told of this clock already: a change concerns them.
bool was_told(const ClockRow& row) { return row.warnings > 0 || row.state == ClockState::breached || row.state == ClockState::told_late; }

void tell_ladder(const Version& version, const ClockRow& row, const ClockRow* before, Teller& teller) {
    const std::size_t warned = before ? before->warnings : 0, escalated = before ? before->escalations : 0;
    if (row.state == ClockState::running)
        for (std::size_t i = warned; i < row.warnings && i < version.warnings.size(); ++i)
            teller.tell("warned", version.warnings[i].to.empty() ? row.owner : version.warnings[i].to, row, before);
    for (std::size_t i = escalated; i < row.escalations && i < version.escalations.size(); ++i) teller.tell("escalated", version.escalations[i].to, row, before);
}

void tell_change(const Rule& rule, const Version& version, const ClockRow* before, const ClockRow& row, Teller& teller) {
    const bool entered = !before || before->state != row.state;
    if (entered && row.state == ClockState::breached) teller.tell("breached", row.owner, row, before);
    if (entered && row.state == ClockState::told_late) teller.tell("told_late", row.owner, row, before);
    tell_ladder(version, row, before, teller);
    if (!before || !was_told(*before)) return;
    if (is_open(*before) && !is_open(row)) teller.tell("ended", row.owner, row, before);
    else if (before->due != row.due && row.state == ClockState::running) teller.tell("moved", row.owner, row, before, rule.settle_minutes * minute_us);
}

}  // namespace

std::vector<TimedNotice> notices_of(const RuleBook& book, const Plan& plan, const PersonId& person, const ClockRow* before, const ClockRow* after, Instant now) {
    const ClockRow& row = after ? *after : *before;
    const Rule* rule = book.find(row.rule);
    const Version* version = rule ? version_of(*rule, row.version) : nullptr;
    if (!version || plan.record_types.count(notice_type) == 0) return {};
    Teller teller(book, person, *rule, *version, now);
    if (after) tell_change(*rule, *version, before, *after, teller);
    else if (is_open(*before) && was_told(*before)) teller.tell("ended", row.owner, row, before);
    return teller.take();
}

}  // namespace hub::core
