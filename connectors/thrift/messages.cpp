// See messages.hpp.
#include "connectors/thrift/messages.hpp"

#include <algorithm>

namespace connectors::thrift {
namespace {

namespace wire = hub::wire;

wire::Outcome::type to_wire(hub::Outcome outcome) {
    switch (outcome) {
        case hub::Outcome::accepted: return wire::Outcome::accepted;
        case hub::Outcome::duplicate: return wire::Outcome::duplicate;
        case hub::Outcome::parked: return wire::Outcome::parked;
        case hub::Outcome::refused: return wire::Outcome::refused;
        case hub::Outcome::busy: break;
    }
    return wire::Outcome::busy;
}

/// A partner's text as it may stand in a message of ours: short, and on one line.
std::string tame(const std::string& text) {
    std::string kept = text.substr(0, told_bytes_max);
    for (char& c : kept)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    return kept;
}

hub::Error rejected(const wire::Receipt& receipt, const std::string& word) {
    hub::Error error{hub::Remedy::reject, "the partner " + word + " the record", "", "", "partner_" + word};
    if (receipt.problems.empty()) return error;
    const wire::Problem& first = receipt.problems.front();
    error.what += ": " + tame(first.what);
    error.cure = tame(first.cure);
    if (!first.code.empty()) error.code = tame(first.code);
    return error;
}

bool is_visible(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_exchange_name(const std::string& name) {
    return name.size() <= exchange_bytes_max && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
           });
}

}  // namespace

wire::Receipt to_wire(const hub::Settlement& from) {
    wire::Receipt to;
    to.outcome = to_wire(from.outcome);
    to.receipt = from.receipt;
    to.accepted_at = from.accepted_at.microseconds;
    for (const hub::Problem& each : from.problems) {
        if (to.problems.size() == problems_max) break;
        wire::Problem problem;
        problem.file = each.file;
        problem.line = each.line;
        problem.column = each.column;
        problem.code = each.code;
        problem.what = each.what;
        problem.cure = each.cure;
        to.problems.push_back(std::move(problem));
    }
    return to;
}

wire::Refusal refusal(wire::Remedy::type remedy, const std::string& reason, const std::string& code) {
    wire::Refusal made;
    made.remedy = remedy;
    made.reason = reason;
    made.code = code;
    return made;
}

std::string fault_of(const wire::Submission& submission, std::size_t body_bytes_max) {
    if (submission.message_id.size() > message_id_bytes_max || !is_visible(submission.message_id))
        return "message_id must be at most " + std::to_string(message_id_bytes_max) + " visible ASCII characters";
    if (!is_exchange_name(submission.exchange))
        return "exchange must be at most " + std::to_string(exchange_bytes_max) + " small letters, digits, '_' and '-'";
    if (submission.body.empty()) return "body is empty";
    if (submission.body.size() > body_bytes_max) return "body is longer than " + std::to_string(body_bytes_max) + " bytes";
    return {};
}

hub::Result<hub::Handed> understood(const wire::Receipt& receipt) {
    switch (receipt.outcome) {
        case wire::Outcome::accepted:
        case wire::Outcome::duplicate: return hub::Handed{tame(receipt.receipt)};
        case wire::Outcome::parked: return rejected(receipt, "parked");
        case wire::Outcome::refused: return rejected(receipt, "refused");
        case wire::Outcome::busy: return hub::Error{hub::Remedy::retry, "the partner is busy", "", "", "partner_busy"};
    }
    return hub::Error{hub::Remedy::retry, "the partner's answer has an outcome that is not known here", "",
                      "compare the partner's hub.thrift with ours", "TG-T020", true};
}

hub::Error error_from(const wire::Refusal& from) {
    hub::Error error{hub::Remedy::stop, "the partner did not carry out the call: " + tame(from.reason), "", "", tame(from.code)};
    if (from.remedy == wire::Remedy::try_again) error.remedy = hub::Remedy::retry;
    if (from.remedy == wire::Remedy::reconnect) error.remedy = hub::Remedy::reconnect;
    if (from.remedy == wire::Remedy::reject) error.remedy = hub::Remedy::reject;
    if (error.code.empty()) error.code = "partner_refusal";
    return error;
}

}  // namespace connectors::thrift
