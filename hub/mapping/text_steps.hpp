// The steps that know something about texts: dates by picture, and letter case without a locale.
#pragma once

#include <string>
#include <string_view>

namespace hub::mapping {

struct DateParts {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    bool valid = false;
};

/// `picture` has been checked: yyyy MM dd HH mm ss, everything else as it stands.
DateParts read_date(std::string_view text, std::string_view picture);
void write_date(const DateParts& parts, std::string_view picture, std::string& into);

/// Letters of the Latin blocks up to U+017F (Welsh and the rest of western and central Europe); others stay.
void append_in_case(std::string_view text, bool upper, std::string& into);

}  // namespace hub::mapping
