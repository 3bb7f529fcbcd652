// Sets of texts as deterministic machines that read one character at a time, and the question whether one set holds
// another. A machine's state is a few numbers in the caller's hands, so that machines are put together by laying their
// states side by side. Making a machine may be slow, running one allocates nothing of note. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/formats/library_reading.hpp"
#include "hub/formats/schema.hpp"

namespace hub::formats {

/// Whether the text read so far belongs to the set; never and always: whatever follows. In this order min is "and", max "or".
enum class Verdict : std::uint8_t { never, no, unknown, yes, always };

class Machine {
public:
    using State = std::uint32_t;

    virtual ~Machine() = default;
    virtual void start(State* at) const = 0;
    virtual void step(State* at, char32_t character) const = 0;
    virtual Verdict ends(const State* at) const = 0;
    /// The sets of characters that it tells apart.
    virtual void tell(Alphabet& alphabet) const = 0;
    std::size_t width() const { return width_; }

protected:
    explicit Machine(std::size_t width) : width_(width) {}

private:
    const std::size_t width_;
};
using Machines = std::unique_ptr<const Machine>;

/// How a text gets to a type: as a source's value, that the decoder has brought into the type's whitespace already, the same
/// where it was a number in JSON, or as a target's, that is still to be.
enum class Side : std::uint8_t { source, json_number, target };

/// What machines of one question share; it outlives them.
class MachineMaker {
public:
    explicit MachineMaker(LibraryReading& library);
    ~MachineMaker();
    MachineMaker(const MachineMaker&) = delete;
    MachineMaker& operator=(const MachineMaker&) = delete;

    /// The type's values. Where a facet is beyond a machine (a URI, a bound on dates), its verdicts are `unknown` at most.
    /// A `given` type's texts alone are asked about: facets that both share are left out.
    Machines of(const SimpleType& type, Side side, const SimpleType* given = nullptr);
    /// What an XML Schema regular expression of our own says.
    Machines of(const std::string& pattern);
    /// An expression for at least the type's values that are not empty.
    std::string form_of(const SimpleType& type);
    /// A limit was passed on the way: what machines say is not to be trusted.
    bool full() const;

private:
    std::unique_ptr<Expressions> expressions_;
};

/// What a search came to.
struct Search {
    enum class Answer : std::uint8_t { none, found, undecided } answer = Answer::undecided;
    std::string text{};  ///< in UTF-8, when found
};

inline constexpr std::size_t search_states_max = 20'000;    ///< pairs of states looked at
inline constexpr std::size_t search_classes_max = 200;      ///< classes of characters
inline constexpr std::size_t search_tries_max = 200;        ///< texts put to `confirm`

/// Looks for the shortest text that `from` takes and `to` does not. `confirm` has the last word on a text that is found.
/// `steps_left` is used up by one for each character read; at 0 the search is undecided.
Search search(const Machine& from, const Machine& to, const std::function<bool(const std::string&)>& confirm, std::size_t& steps_left);

}  // namespace hub::formats
