// What went wrong and what to do about it.
//
// Exceptions are for broken programs; everything that input, a peer or a disk can cause is a Result.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hub {

/// What the caller should do next. Errors are sorted by remedy, not by origin.
enum class Remedy {
    retry,      ///< the same call may succeed later: a busy peer, a full disk
    reconnect,  ///< the connection is gone: call open() again, then retry
    reject,     ///< this record can never succeed: park it and tell a person
    stop,       ///< nothing can succeed: bad configuration, revoked credentials
};

struct Error {
    Remedy remedy = Remedy::reject;
    std::string what{};   ///< one sentence an operator can act on; never a secret, never a body
    std::string where{};  ///< the file:line, field or address that it concerns; may be empty
    std::string cure{};   ///< what would make it right; may be empty
    std::string code{};   ///< stable, for programs: "TG-M014", "no_consent"; may be empty
    /// True when the peer may have acted on the call although no answer came (a time-out after the
    /// bytes left). The hub then follows the sink's stand on repeats and never guesses (law 13).
    bool outcome_unknown = false;
};

/// A value or an Error. Test with `if (!result)` before using `*result`.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    const T& operator*() const { return std::get<0>(state_); }
    T& operator*() { return std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    T* operator->() { return &std::get<0>(state_); }
    const Error& error() const { return std::get<1>(state_); }
    Error& error() { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;

/// Another place that a problem is about: where a schema declares what a rule reads, the other of two rows.
struct Related {
    std::string label{};  ///< what the place is: "source schema", "target schema", "also here"
    std::string file{};
    int line = 0, column = 0;  ///< as in Problem
};

/// One finding about a document or a configuration file. All findings are reported at once.
struct Problem {
    std::string file{};
    int line = 0;    ///< 1-based; 0 when no line is known
    int column = 0;  ///< 1-based; 0 when no column is known
    std::string code{};
    std::string what{};
    std::string cure{};
    std::vector<Related> related{};
    /// An input for which it goes wrong, invented by whoever checks: a value, or a small document. Never out of a record.
    std::string witness{};
};
using Problems = std::vector<Problem>;

/// "site.xml:12:5: TG-S003: no party is named 'polce'; did you mean 'police'?"
/// One line; related places and the witness are left to whoever prints a report.
std::string to_text(const Problem& problem);
/// "canonical/court_result.xsd:41"
std::string to_text(const Related& related);
std::string to_text(const Error& error);

}  // namespace hub
