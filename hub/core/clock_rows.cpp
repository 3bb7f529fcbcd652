// How clocks and what they ask for are written down. See clocks.hpp.
#include "hub/core/clocks.hpp"

#include <algorithm>

#include "hub/core/bytes.hpp"

namespace hub::core {
namespace {

using deadlines::ClockState;
using deadlines::Point;

constexpr std::size_t text_bytes_least = 4, row_bytes_least = 12 * text_bytes_least, notice_key_bytes = 20;

void write(Writer& out, const std::optional<Point>& point) {
    out.flag(point.has_value());
    if (point) out.u32(static_cast<std::uint32_t>(point->day.number)).instant(point->instant).flag(point->exact);
}

std::optional<Point> read_point(Cursor& in) {
    if (!in.flag()) return std::nullopt;
    Point point;
    point.day.number = static_cast<std::int32_t>(in.u32());
    point.instant = in.instant();
    point.exact = in.flag();
    return point;
}

/// All texts of a row, in the order in which they are written.
template <class Row>
auto texts_of(Row& row) {
    return std::vector{&row.rule, &row.version, &row.matter_kind, &row.matter, &row.occurrence, &row.owner, &row.responsibility, &row.reason, &row.counts,
                       &row.discharge, &row.trouble, &row.settling};
}

void write(Writer& out, const ClockRow& row) {
    for (const std::string* text : texts_of(row)) out.text(*text);
    out.u8(static_cast<std::uint8_t>(row.state));
    for (const auto* point : {&row.start, &row.due, &row.discharged_at, &row.told_due}) write(out, *point);
    out.flag(row.late_known).flag(row.told_at.has_value());
    if (row.told_at) out.instant(*row.told_at);
    out.u8(row.warnings).u8(row.escalations).u32(row.made).u64(row.since).instant(row.since_instant);
}

ClockRow read_row(Cursor& in) {
    ClockRow row;
    for (std::string* text : texts_of(row)) *text = in.text();
    row.state = in.enumeration(ClockState::running, ClockState::undetermined);
    for (auto* point : {&row.start, &row.due, &row.discharged_at, &row.told_due}) *point = read_point(in);
    row.late_known = in.flag();
    if (in.flag()) row.told_at = in.instant();
    row.warnings = in.u8();
    row.escalations = in.u8();
    row.made = in.u32();
    row.since = in.u64();
    row.since_instant = in.instant();
    return row;
}

}  // namespace

std::optional<Instant> ClockSheet::next() const {
    std::optional<Instant> earliest;
    for (const auto& [rule, at] : pending)
        if (!earliest || at < *earliest) earliest = at;
    return earliest;
}

std::string encode(const ClockSheet& sheet) {
    Writer out;
    out.u8(format_byte).id(sheet.plan).u32(static_cast<std::uint32_t>(sheet.clocks.size()));
    for (const ClockRow& row : sheet.clocks) write(out, row);
    out.u32(static_cast<std::uint32_t>(sheet.pending.size()));
    for (const auto& [rule, at] : sheet.pending) out.text(rule).instant(at);
    return out.take();
}

hub::Result<ClockSheet> decode_sheet(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    ClockSheet sheet;
    sheet.plan = in.id<PlanDigest>();
    sheet.clocks.resize(in.count(row_bytes_least));
    for (ClockRow& row : sheet.clocks) row = read_row(in);
    sheet.pending.resize(in.count(text_bytes_least + 8));
    for (auto& [rule, at] : sheet.pending) {
        rule = in.text();
        at = in.instant();
    }
    return decoded(known, in, std::move(sheet), "sheet of clocks");
}

std::string encode(const Belief& belief) {
    Writer out;
    out.u8(format_byte);
    write(out, belief.clock);
    return out.instant(belief.until).u64(belief.cause).take();
}

hub::Result<Belief> decode_belief(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Belief belief{read_row(in), {}, 0};
    belief.until = in.instant();
    belief.cause = in.u64();
    return decoded(known, in, std::move(belief), "superseded clock");
}

std::string encode(const Notice& notice) {
    Writer out;
    out.u8(format_byte).id(notice.person).text(notice.record_type).u32(static_cast<std::uint32_t>(notice.values.size()));
    for (const auto& [path, value] : notice.values) out.text(path).text(value);
    return out.take();
}

hub::Result<Notice> decode_notice(std::string_view bytes) {
    Cursor in(bytes);
    const bool known = format_is_known(in);
    Notice notice;
    notice.person = in.id<PersonId>();
    notice.record_type = in.text();
    notice.values.resize(in.count(2 * text_bytes_least));
    for (auto& [path, value] : notice.values) {
        path = in.text();
        value = in.text();
    }
    return decoded(known, in, std::move(notice), "notice");
}

std::string timer_key(Instant at, const PersonId& person) { return Writer().instant(at).id(person).take(); }

hub::Result<TimerKey> decode_timer_key(std::string_view bytes) {
    Cursor in(bytes);
    TimerKey key;
    key.at = in.instant();
    key.person = in.id<PersonId>();
    return decoded(true, in, std::move(key), "timer");
}

std::string belief_key(const PersonId& person, std::uint64_t seq, std::uint32_t index) { return Writer().id(person).u64(seq).u32(index).take(); }

std::string notice_key(Instant not_before, std::uint64_t seq, std::uint32_t index) { return Writer().instant(not_before).u64(seq).u32(index).take(); }

Instant time_of_notice(std::string_view key) { return Cursor(key).instant(); }

std::string notice_message_id(std::string_view key) { return to_hex(key); }

std::optional<std::string> notice_key_from(std::string_view message_id) {
    if (message_id.size() != 2 * notice_key_bytes) return std::nullopt;
    std::string key;
    for (std::size_t i = 0; i < message_id.size(); i += 2) {
        unsigned value = 0;
        for (const char digit : message_id.substr(i, 2)) {
            const bool number = digit >= '0' && digit <= '9', letter = digit >= 'a' && digit <= 'f';
            if (!number && !letter) return std::nullopt;
            value = value * 16 + static_cast<unsigned>(number ? digit - '0' : digit - 'a' + 10);
        }
        key += static_cast<char>(value);
    }
    return key;
}

}  // namespace hub::core
