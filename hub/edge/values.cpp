#include "hub/edge/values.hpp"

#include <utility>

namespace hub::edge {
namespace {

wire::Remedy::type to_wire(Remedy remedy) {
    switch (remedy) {
        case Remedy::retry: return wire::Remedy::try_again;
        case Remedy::reconnect: return wire::Remedy::reconnect;
        case Remedy::reject: return wire::Remedy::reject;
        case Remedy::stop: break;
    }
    return wire::Remedy::stop;
}

Remedy from_wire(wire::Remedy::type remedy) {
    switch (remedy) {
        case wire::Remedy::try_again: return Remedy::retry;
        case wire::Remedy::reconnect: return Remedy::reconnect;
        case wire::Remedy::reject: return Remedy::reject;
        case wire::Remedy::stop: break;
    }
    return Remedy::stop;
}

wire::Outcome::type to_wire(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted: return wire::Outcome::accepted;
        case Outcome::duplicate: return wire::Outcome::duplicate;
        case Outcome::parked: return wire::Outcome::parked;
        case Outcome::refused: return wire::Outcome::refused;
        case Outcome::busy: break;
    }
    return wire::Outcome::busy;
}

Outcome from_wire(wire::Outcome::type outcome) {
    switch (outcome) {
        case wire::Outcome::accepted: return Outcome::accepted;
        case wire::Outcome::duplicate: return Outcome::duplicate;
        case wire::Outcome::parked: return Outcome::parked;
        case wire::Outcome::refused: return Outcome::refused;
        case wire::Outcome::busy: break;
    }
    return Outcome::busy;
}

wire::Problem to_wire(const Problem& problem) {
    wire::Problem to;
    to.file = problem.file;
    to.line = problem.line;
    to.column = problem.column;
    to.code = problem.code;
    to.what = problem.what;
    to.cure = problem.cure;
    return to;
}

Problem from_wire(wire::Problem&& from) {
    return {std::move(from.file), from.line, from.column, std::move(from.code), std::move(from.what), std::move(from.cure)};
}

Result<DeliveryKey> key_from(const std::string& text) {
    const auto digest = digest_from_hex(text);
    if (!digest) return digest.error();
    return DeliveryKey{*digest};
}

}  // namespace

wire::Repeats::type to_wire(Repeats repeats) {
    switch (repeats) {
        case Repeats::key: return wire::Repeats::key;
        case Repeats::query: return wire::Repeats::query;
        case Repeats::none: break;
    }
    return wire::Repeats::none;
}

Repeats from_wire(wire::Repeats::type repeats) {
    switch (repeats) {
        case wire::Repeats::key: return Repeats::key;
        case wire::Repeats::query: return Repeats::query;
        case wire::Repeats::none: break;
    }
    return Repeats::none;
}

wire::Fault to_wire(const Error& error) {
    wire::Fault to;
    to.remedy = to_wire(error.remedy);
    to.what = error.what;
    to.where = error.where;
    to.cure = error.cure;
    to.code = error.code;
    to.outcome_unknown = error.outcome_unknown;
    return to;
}

Error from_wire(const wire::Fault& from) {
    return {from_wire(from.remedy), from.what, from.where, from.cure, from.code, from.outcome_unknown};
}

wire::Incoming to_wire(Incoming&& from) {
    wire::Incoming to;
    to.token = std::move(from.token);
    to.sender = std::move(from.sender);
    to.message_id = std::move(from.message_id);
    to.exchange = std::move(from.exchange);
    to.body = std::move(from.body);
    return to;
}

Incoming from_wire(wire::Incoming&& from) {
    return {std::move(from.token), std::move(from.sender), std::move(from.message_id), std::move(from.exchange), std::move(from.body)};
}

wire::Settlement to_wire(const Settlement& from) {
    wire::Settlement to;
    to.token = from.token;
    to.outcome = to_wire(from.outcome);
    to.receipt = from.receipt;
    to.accepted_at = from.accepted_at.microseconds;
    for (const Problem& each : from.problems) to.problems.push_back(to_wire(each));
    return to;
}

Settlement from_wire(wire::Settlement&& from) {
    Settlement to{std::move(from.token), from_wire(from.outcome), std::move(from.receipt), Instant{from.accepted_at}, {}};
    for (wire::Problem& each : from.problems) to.problems.push_back(from_wire(std::move(each)));
    return to;
}

wire::Task to_wire(const Task& from) {
    wire::Task to;
    to.id = from.id;
    to.kind = from.send ? wire::TaskKind::send : wire::TaskKind::ask;
    to.key = to_text(from.key);
    if (!from.send) return to;
    to.outgoing.key = to_text(from.send->key);
    to.outgoing.route = from.send->route;
    to.outgoing.recipient = from.send->recipient;
    to.outgoing.record_type = from.send->record_type;
    to.outgoing.media_type = from.send->media_type;
    to.outgoing.body = from.send->body;
    to.outgoing.attempt = from.send->attempt;
    return to;
}

Result<Task> from_wire(wire::Task&& from) {
    const bool is_send = from.kind == wire::TaskKind::send;
    const auto key = key_from(is_send ? from.outgoing.key : from.key);
    if (!key) return key.error();
    Task to{from.id, std::nullopt, *key};
    if (is_send) {
        to.send = Outgoing{*key, std::move(from.outgoing.route), std::move(from.outgoing.recipient), std::move(from.outgoing.record_type),
                           std::move(from.outgoing.media_type), std::move(from.outgoing.body), from.outgoing.attempt};
    }
    return to;
}

wire::Setting to_wire(const SettingText& from) {
    wire::Setting to;
    to.name = from.name;
    to.value = from.value;
    to.file = from.file;
    to.line = from.line;
    return to;
}

SettingText from_wire(const wire::Setting& from) { return {from.name, from.value, from.file, from.line}; }

wire::TaskResult to_wire(std::int64_t task, const Answer& answer) {
    wire::TaskResult to;
    to.task = task;
    to.ok = static_cast<bool>(answer);
    if (!answer) to.fault = to_wire(answer.error());
    if (answer && *answer) {
        to.found = true;
        to.evidence = (*answer)->evidence;
    }
    return to;
}

Answer answer_from_wire(const wire::TaskResult& from) {
    if (!from.ok) return from_wire(from.fault);
    if (!from.found && from.evidence.empty()) return std::optional<Handed>{};
    return std::optional<Handed>(Handed{from.evidence});
}

}  // namespace hub::edge
