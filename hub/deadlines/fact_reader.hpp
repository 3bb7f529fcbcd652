// A fact as it came, read by its kind. Private to this room.
#pragma once

#include <optional>
#include <string>

#include "hub/deadlines/facts.hpp"

namespace hub::deadlines {

inline constexpr std::string_view person_matter = "person";

/// Why a text that parse_point() does not take is no day or time, as the end of a sentence; and what to write instead.
std::string why_no_point(std::string_view text);
std::string how_to_write_point(std::string_view text);

class FactReader {
public:
    FactReader(const FactKinds& kinds, const Zone& zone, Problems& problems) : kinds_(kinds), zone_(zone), problems_(problems) {}
    /// Everything but the matter's index; the views look at `given`. Nothing with a problem.
    std::optional<KnownFact> read(const GivenFact& given);

private:
    bool take_kind(const GivenFact& given, KnownFact& into);
    bool take_value(const GivenFact& given, KnownFact& into);
    bool take_valid_from(const GivenFact& given, KnownFact& into);
    void complain(const GivenFact& given, const char* code, std::string what, std::string cure);

    const FactKinds& kinds_;
    const Zone& zone_;
    Problems& problems_;
    std::size_t complaints_ = 0;
};

}  // namespace hub::deadlines
