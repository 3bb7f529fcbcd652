// See verdict.hpp.
#include "hub/routes/verdict.hpp"

namespace hub::routes {
namespace {

using Came = core::Attempt::Came;

std::string code_or(const Error& error, std::string_view otherwise) {
    return error.code.empty() ? std::string(otherwise) : error.code;
}

Verdict failed(Came came, const Error& error, std::string code) {
    Verdict verdict;
    verdict.came = came;
    verdict.code = std::move(code);
    verdict.detail = error.what.substr(0, detail_bytes_max);
    return verdict;
}

/// The receiver may have the record although no answer came.
Verdict maybe_taken(const Error& error, Repeats repeats, bool last) {
    if (repeats == Repeats::none || last) return failed(Came::exhausted, error, std::string(code_outcome_unknown));
    Verdict verdict = failed(Came::unknown, error, code_or(error, code_outcome_unknown));
    verdict.again = true;
    verdict.unsure = true;
    return verdict;
}

/// The receiver was reached and did not take it, this time.
Verdict not_taken(const Error& error, bool last) {
    if (last) return failed(Came::exhausted, error, std::string(code_attempts_max));
    Verdict verdict = failed(Came::failed, error, code_or(error, "retry"));
    verdict.again = true;
    return verdict;
}

}  // namespace

Verdict judge(const Result<Handed>& sent, Repeats repeats, std::uint32_t number, std::uint32_t attempts_max) {
    Verdict verdict;
    if (sent) {
        verdict.came = Came::delivered;
        verdict.detail = sent->evidence.substr(0, detail_bytes_max);
        return verdict;
    }
    const Error& error = sent.error();
    const bool last = number >= attempts_max;
    if (error.remedy == Remedy::reject && !error.outcome_unknown) {
        return failed(Came::refused, error, code_or(error, "refused"));
    }
    if (error.outcome_unknown) {
        verdict = maybe_taken(error, repeats, last);
    } else if (error.remedy == Remedy::retry) {
        verdict = not_taken(error, last);
    } else {
        verdict.detail = error.what.substr(0, detail_bytes_max);
        verdict.again = true;  // the connection is gone, or nothing can succeed: this record was not at fault
    }
    verdict.pause_partner = error.remedy == Remedy::reconnect;
    verdict.stop_route = error.remedy == Remedy::stop;
    return verdict;
}

Verdict judge_unanswered(const Error& error, std::uint32_t number, std::uint32_t attempts_max) {
    Error still_unknown = error;
    still_unknown.outcome_unknown = error.remedy == Remedy::retry || error.remedy == Remedy::reject;
    const bool last = error.remedy == Remedy::reject || number >= attempts_max;
    Verdict verdict = judge(still_unknown, Repeats::query, last ? attempts_max : number, attempts_max);
    verdict.unsure = verdict.again;
    return verdict;
}

Verdict unknowable() {
    Verdict verdict;
    verdict.came = Came::exhausted;
    verdict.code = std::string(code_outcome_unknown);
    verdict.detail = "an attempt began before the hub stopped, and the receiver can neither recognise a repeat nor be asked";
    return verdict;
}

}  // namespace hub::routes
