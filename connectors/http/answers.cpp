// See answers.hpp.
#include "connectors/http/answers.hpp"

#include "hub/net/tls.hpp"

namespace connectors::http {
namespace {

using hub::net::HttpResponse;
using hub::net::json_quoted;

struct Fate {
    int status;
    const char* kind;
    const char* title;
};

bool has_code(const hub::Settlement& settlement, std::string_view code) {
    for (const hub::Problem& each : settlement.problems)
        if (each.code == code) return true;
    return false;
}

/// The codes are those of hub/routes' intake: what is refused before anything is journalled.
Fate fate_of(const hub::Settlement& settlement) {
    switch (settlement.outcome) {
        case hub::Outcome::accepted: return {202, "accepted", "Accepted"};
        case hub::Outcome::duplicate: return {200, "duplicate", "Accepted before"};
        case hub::Outcome::busy: return {503, "busy", "Send it again later"};
        case hub::Outcome::parked:
            if (has_code(settlement, "conflict")) return {409, "conflict", "This key was used for another message"};
            return {422, "invalid", "The message is kept, but a person must look at it"};
        case hub::Outcome::refused: break;
    }
    if (has_code(settlement, "TG-R002")) return {404, "unknown_exchange", "This exchange is not carried here"};
    if (has_code(settlement, "TG-R003")) return {413, "too_long", "The message is longer than it may be"};
    if (has_code(settlement, "TG-R004")) return {400, "key_too_long", "The Idempotency-Key is longer than it may be"};
    return {403, "refused", "The message was refused"};
}

std::string error_as_json(const hub::Problem& problem) {
    std::string text = "{\"code\":" + json_quoted(problem.code);
    if (problem.line > 0) text += ",\"line\":" + std::to_string(problem.line);
    if (problem.column > 0) text += ",\"column\":" + std::to_string(problem.column);
    text += ",\"detail\":" + json_quoted(problem.what);
    if (!problem.cure.empty()) text += ",\"cure\":" + json_quoted(problem.cure);
    return text + "}";
}

HttpResponse receipt_answer(const hub::Settlement& settlement, const Fate& fate) {
    return {fate.status,
            {{"Content-Type", "application/json"}, {"Receipt", settlement.receipt}},
            "{\"receipt\":" + json_quoted(settlement.receipt) + ",\"accepted_at\":" + json_quoted(to_text(settlement.accepted_at)) +
                ",\"outcome\":" + json_quoted(fate.kind) + "}\n"};
}

HttpResponse problem_answer(const hub::Settlement& settlement, const Fate& fate) {
    std::string body = "{\"type\":" + json_quoted(std::string("urn:throughgate:problem:") + fate.kind) + ",\"title\":" +
                       json_quoted(fate.title) + ",\"status\":" + std::to_string(fate.status);
    if (!settlement.problems.empty()) body += ",\"detail\":" + json_quoted(settlement.problems.front().what);
    if (!settlement.receipt.empty()) body += ",\"receipt\":" + json_quoted(settlement.receipt);
    body += ",\"errors\":[";
    for (std::size_t i = 0; i < settlement.problems.size() && i < errors_max; ++i)
        body += (i == 0 ? "" : ",") + error_as_json(settlement.problems[i]);
    body += "]";
    if (settlement.problems.size() > errors_max) body += ",\"further_errors\":" + std::to_string(settlement.problems.size() - errors_max);
    return {fate.status, {{"Content-Type", "application/problem+json"}}, body + "}\n"};
}

/// A value of the partner's that is fit for a log line: visible, one line, not endless.
std::string visible(std::string_view value, std::size_t bytes_max) {
    std::string text(value.substr(0, bytes_max));
    for (char& c : text)
        if (c < ' ' || c > '~') c = '?';
    return text;
}

std::string described(const HttpResponse& answer) {
    std::string text = "the partner answers " + std::to_string(answer.status) + " " + std::string(hub::net::reason_phrase(answer.status));
    const std::string_view wait = header_value(answer.headers, "Retry-After");
    if (!wait.empty()) text += " and asks to wait (Retry-After: " + visible(wait, 40) + ")";
    return text;
}

hub::Error not_taken(const HttpResponse& answer, hub::Remedy remedy, const std::string& cure) {
    return {remedy, described(answer), "", cure, "http_" + std::to_string(answer.status)};
}

hub::Handed evidence_of(const HttpResponse& answer, const Understanding& how) {
    const std::string_view receipt = header_value(answer.headers, how.receipt_header);
    if (!receipt.empty()) return {visible(receipt, receipt_bytes_max)};
    return {"http " + std::to_string(answer.status) + " sha256:" + hub::net::sha256_hex(answer.body)};
}

}  // namespace

HttpResponse answer_to(const hub::Settlement& settlement, int retry_after_s) {
    const Fate fate = fate_of(settlement);
    if (fate.status < 300) return receipt_answer(settlement, fate);
    HttpResponse answer = problem_answer(settlement, fate);
    if (settlement.outcome == hub::Outcome::busy) answer.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
    return answer;
}

hub::Result<hub::Handed> understood(const HttpResponse& answer, const Understanding& how) {
    const int status = answer.status;
    if (status >= 200 && status < 300) return evidence_of(answer, how);
    if (status == 409 && how.conflict_is_delivered) return evidence_of(answer, how);
    if (status == 408 || status == 425 || status == 429) return not_taken(answer, hub::Remedy::retry, "");
    if (status >= 500) {
        hub::Error error = not_taken(answer, hub::Remedy::retry, "");
        // A gateway that lost its server, or a server that failed half-way, does not know what was done.
        error.outcome_unknown = status == 500 || status == 502 || status == 504;
        return error;
    }
    if (status == 401) return not_taken(answer, hub::Remedy::stop, "give the sink credentials that the partner accepts");
    if (status < 400) return not_taken(answer, hub::Remedy::stop, "set url to the place itself: redirections are not followed");
    return not_taken(answer, hub::Remedy::reject, "");
}

}  // namespace connectors::http
