// Forms: XML Schema regular expressions of our own for what a value may be, where no type of a schema says it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hub::mapping {

inline constexpr const char* any_form = "[\\s\\S]+";

/// These texts and no others.
std::string form_of(const std::vector<std::string>& texts);
/// Dates of the picture, which has been checked: those that are on the calendar.
std::string date_form(std::string_view picture);
/// Dates and times with an offset.
std::string instant_form();
/// What the hub gives by this name.
std::string form_of_given(std::string_view name);

struct PieceForm {
    std::string form{};
    bool optional = false;
};
/// Pieces one behind the other, the separator between those that are there.
std::string form_of_pieces(const std::vector<PieceForm>& pieces, std::string_view separator);
/// Up to so many texts of one form with the separator between.
std::string form_of_join(const std::string& item, std::string_view separator, std::uint32_t count_max);

/// A text as messages quote it: in one line, and not too long.
std::string shown_text(std::string_view text);

}  // namespace hub::mapping
