// A message came in: accepted, duplicate, conflicting or invalid.
#include <stdexcept>

#include "hub/core/clock_notices.hpp"
#include "hub/core/step_items.hpp"
#include "hub/core/step_parts.hpp"

namespace hub::core {
namespace {

/// Distinct paths that one record may add to the `unknown` projection; the rest is counted under this name.
constexpr std::size_t unknown_paths_max = 64;
constexpr std::string_view other_paths = "*";

Stepped duplicate(Work& work, const Accepted& first) {
    work.out.journal = false;
    work.out.outcome = Outcome::duplicate;
    work.out.receipt = to_text(first.entry);
    work.out.accepted_at = first.accepted_at;
    return std::move(work.out);
}

/// Journalled, and an item that waits for a person; the accept key stays as it is (law 14).
Stepped park(Work& work, std::string reason, Problems problems) {
    const Header& header = work.entry.header;
    work.message_id = header.message_id;
    Item& item = work.open(work.entry.seq, 0, false);
    item.record = record_id(work.id, 0, work.context.digester);
    item.route = intake_route;
    item.source = header.source;
    item.sender = header.sender;
    std::string evidence;
    for (const Problem& problem : problems) evidence.append(evidence.empty() ? "" : "; ").append(to_text(problem));
    item.evidence = cut(evidence);
    work.move(item, ItemState::parked, std::move(reason));
    work.out.outcome = Outcome::parked;
    work.out.problems = std::move(problems);
    return work.finish();
}

void count_unknown(Work& work, const Prepared& prepared) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [path, count] : prepared.unknown_paths)
        counts[counts.size() < unknown_paths_max ? path : std::string(other_paths)] += count;
    for (const auto& [path, count] : counts) {
        std::string key = unknown_key(work.entry.header.exchange, path);
        std::uint64_t before = 0;
        if (const auto row = work.reader.get(Table::unknown, key))
            if (const auto number = decode_number(*row)) before = *number;
        work.put(Table::unknown, std::move(key), encode_number(before + count));
    }
}

/// A record that the hub made is in the journal now: nobody has to make it again. False when its notice is gone: it is in the journal
/// already, or was taken back while it was under way.
bool spend_notice(Work& work, const std::string& message_id) {
    std::optional<std::string> key = notice_key_from(message_id);
    if (!key || !work.reader.get(Table::notice, *key)) return false;
    work.put(Table::notice, std::move(*key), std::nullopt);
    return true;
}

Stepped gone(Work& work) {
    work.out.journal = false;
    work.out.outcome = Outcome::duplicate;
    return std::move(work.out);
}

}  // namespace

Stepped step_record(Work& work, const Prepared& prepared) {
    const Header& header = work.entry.header;
    if (header.source == notice_source && !spend_notice(work, header.message_id) && header.exchange.ends_with(notice_type)) return gone(work);
    std::string key = accept_key(header);
    std::optional<Accepted> first;
    if (const auto row = work.reader.get(Table::accepted, key)) {
        const auto accepted = decode_accepted(*row);
        if (!accepted) throw std::runtime_error(accepted.error().what);
        first = *accepted;
    }
    if (first && first->raw_digest == header.raw_digest) return duplicate(work, *first);
    work.out.receipt = to_text(work.id);
    work.out.accepted_at = header.instant;
    count_unknown(work, prepared);
    if (first)
        return park(work, "conflict",
                    {{{}, 0, 0, "TG-K030", "the message id was used before for other content: entry " + std::to_string(first->seq),
                      "send other content under a message id of its own"}});
    if (!prepared.problems.empty()) return park(work, "invalid", prepared.problems);
    accept_children(work, {header, work.id, work.entry.seq, false}, prepared);
    work.put(Table::accepted, std::move(key), encode(Accepted{work.id, work.entry.seq, header.raw_digest, header.instant}));
    return work.finish();
}

}  // namespace hub::core
