// Value spaces of XML Schema's built-in types, and JSON Schema's formats: does this text stand for a value at all?
#include <libxml/uri.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>

#include "hub/formats/decimal.hpp"
#include "hub/formats/facets.hpp"
#include "hub/formats/moment.hpp"

namespace hub::formats {

namespace {

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool all_hex(std::string_view text) {
    for (const char each : text)
        if (!is_hex_digit(each)) return false;
    return true;
}

bool is_floating(std::string_view text) {
    if (text == "INF" || text == "-INF" || text == "NaN") return true;
    const std::size_t exponent = text.find_first_of("eE");
    if (exponent != std::string_view::npos && !is_integer(text.substr(exponent + 1))) return false;
    return parse_decimal(text.substr(0, exponent)).has_value();
}


/// Characters outside ASCII and those that an IRI may carry unescaped are stood in for, as libxml2 does.
bool is_uri(std::string_view text) {
    std::string plain(text);
    for (char& each : plain)
        if (static_cast<unsigned char>(each) <= 32 || static_cast<unsigned char>(each) >= 127 || std::strchr("<>\"{}|\\^`", each))
            each = '_';
    const std::unique_ptr<xmlURI, void (*)(xmlURIPtr)> uri(xmlParseURI(plain.c_str()), xmlFreeURI);
    return plain.empty() || uri != nullptr;
}

bool is_base64(std::string_view text) {
    std::size_t symbols = 0, padding = 0;
    char last = 'A';
    for (const char each : text) {
        if (each == ' ') continue;
        if (each == '=') {
            ++padding;
        } else if (padding > 0 || !(is_letter(each) || (each >= '0' && each <= '9') || each == '+' || each == '/')) {
            return false;
        } else {
            last = each;
        }
        ++symbols;
    }
    if (symbols % 4 != 0 || padding > 2) return false;
    if (padding == 1) return std::strchr("AEIMQUYcgkosw048", last) != nullptr;
    return padding == 0 || std::strchr("AQgw", last) != nullptr;
}

const char* why_not_moment(const SimpleType& type, std::string_view text) {
    const auto moment = parse_moment(type.base, text);
    if (moment && (type.optional_zone || !moment->zoned)) return nullptr;
    switch (type.base) {
        case Lexical::date: return "is not a date (YYYY-MM-DD)";
        case Lexical::time: return "is not a time (hh:mm:ss)";
        case Lexical::g_year: return "is not a year (YYYY)";
        case Lexical::g_year_month: return "is not a year and month (YYYY-MM)";
        default: return "is not a date and time (YYYY-MM-DDThh:mm:ss)";
    }
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        if (dash ? text[at] != '-' : !is_hex_digit(text[at])) return false;
    }
    return true;
}

bool is_absolute_uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(text[0])) return false;
    for (const char each : text)
        if (static_cast<unsigned char>(each) <= 32 || static_cast<unsigned char>(each) >= 127) return false;
    return is_uri(text) && text.find_first_of("<>\"{}|\\^`") == std::string_view::npos;
}

bool is_email(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
    for (const char each : text.substr(0, at))
        if (static_cast<unsigned char>(each) <= 32 || std::strchr("()<>[]:;@\\,\"", each)) return false;
    const std::string_view domain = text.substr(at + 1);
    for (const char each : domain)
        if (!is_letter(each) && !(each >= '0' && each <= '9') && each != '-' && each != '.') return false;
    return domain.front() != '.' && domain.back() != '.' && domain.front() != '-' && domain.find("..") == std::string_view::npos;
}

/// RFC 3339: a zone is required; the letters may be small; no end of day at 24:00.
bool is_rfc3339(Lexical lexical, std::string_view text) {
    std::string upper(text);
    for (char& each : upper)
        if (each == 't' || each == 'z') each = static_cast<char>(each - 'a' + 'A');
    const std::size_t hour = lexical == Lexical::time ? 0 : upper.find('T') + 1;
    const auto moment = parse_moment(lexical, upper);
    return moment && moment->zoned && upper.compare(hour, 2, "24") != 0 && (lexical == Lexical::time || hour == 11);
}

}  // namespace

double to_double(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc::result_out_of_range) return value;
    if (text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos) return 0;
    return text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
}

const char* why_not_lexical(const SimpleType& type, std::string_view text) {
    switch (type.base) {
        case Lexical::string: return nullptr;
        case Lexical::boolean:
            return text == "true" || text == "false" || text == "1" || text == "0" ? nullptr : "is not true or false";
        case Lexical::decimal: return parse_decimal(text) ? nullptr : "is not a decimal number";
        case Lexical::integer: return is_integer(text) ? nullptr : "is not a whole number";
        case Lexical::floating: return is_floating(text) ? nullptr : "is not a number";
        case Lexical::duration: return is_duration(text) ? nullptr : "is not a duration (P1Y2M3DT4H5M6S)";
        case Lexical::any_uri: return is_uri(text) ? nullptr : "is not a URI";
        case Lexical::base64: return is_base64(text) ? nullptr : "is not base64";
        case Lexical::hex: return text.size() % 2 == 0 && all_hex(text) ? nullptr : "is not an even number of hexadecimal digits";
        default: return why_not_moment(type, text);
    }
}

bool same_value(const SimpleType& type, std::string_view a, std::string_view b) {
    if (a == b) return true;
    switch (type.base) {
        case Lexical::decimal:
        case Lexical::integer: {
            const auto first = parse_decimal(a), second = parse_decimal(b);
            return first && second && compare(*first, *second) == 0;
        }
        case Lexical::boolean: return (a == "true" || a == "1") == (b == "true" || b == "1");
        case Lexical::floating: return is_floating(a) && is_floating(b) && to_double(a) == to_double(b);
        case Lexical::date:
        case Lexical::time:
        case Lexical::date_time:
        case Lexical::g_year:
        case Lexical::g_year_month: {
            const auto first = parse_moment(type.base, a), second = parse_moment(type.base, b);
            return first && second && first->zoned == second->zoned && compare(*first, *second) == 0;
        }
        default: return false;
    }
}

namespace {

std::string canonical_items(const SimpleType& item, std::string_view text) {
    std::string all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        all += canonical(item, text.substr(0, end)) + " ";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

std::string canonical_number(std::string_view text) {
    const auto number = parse_decimal(text);
    if (!number) return std::string(text);
    return (number->negative ? "-" : "") + std::string(number->whole) + "." + std::string(number->fraction);
}

std::string canonical_float(std::string_view text) {
    const double number = to_double(text);
    char shown[40];
    std::snprintf(shown, sizeof shown, "%.17g", number == 0 ? 0.0 : number);
    return shown;
}

std::string canonical_moment(Lexical lexical, std::string_view text) {
    const auto moment = parse_moment(lexical, text);
    if (!moment) return std::string(text);
    return std::to_string(moment->seconds) + "." + std::string(moment->fraction) + (moment->zoned ? "Z" : "");
}

std::string canonical_octets(std::string_view text) {
    std::string kept;
    for (const char each : text)
        if (each != ' ') kept += each;
    return kept;
}

}  // namespace

std::string canonical(const SimpleType& type, std::string_view text) {
    for (const SimpleType* each : type.members)
        if (!why_invalid(*each, text)) return canonical(*each, text);
    if (type.list_item != nullptr) return "list " + canonical_items(*type.list_item, text);
    const std::string space = std::to_string(static_cast<int>(type.base == Lexical::integer ? Lexical::decimal : type.base)) + " ";
    switch (type.base) {
        case Lexical::decimal:
        case Lexical::integer: return space + canonical_number(text);
        case Lexical::boolean: return space + (text == "true" || text == "1" ? "true" : "false");
        case Lexical::floating: return space + canonical_float(text);
        case Lexical::date:
        case Lexical::time:
        case Lexical::date_time:
        case Lexical::g_year:
        case Lexical::g_year_month: return space + canonical_moment(type.base, text);
        case Lexical::base64: return space + canonical_octets(text);
        case Lexical::hex: {
            std::string octets(text);
            for (char& each : octets)
                if (each >= 'a') each = static_cast<char>(each - ('a' - 'A'));
            return space + octets;
        }
        default: return space + std::string(text);
    }
}

const char* why_not_format(std::string_view format, std::string_view text) {
    if (format == "date") {
        const auto moment = parse_moment(Lexical::date, text);
        return moment && !moment->zoned && text.size() == 10 ? nullptr : "is not a date (YYYY-MM-DD)";
    }
    if (format == "date-time") return is_rfc3339(Lexical::date_time, text) ? nullptr : "is not a date and time with a zone";
    if (format == "time") return is_rfc3339(Lexical::time, text) ? nullptr : "is not a time with a zone";
    if (format == "uuid") return is_uuid(text) ? nullptr : "is not a UUID";
    if (format == "uri") return is_absolute_uri(text) ? nullptr : "is not an absolute URI";
    if (format == "email") return is_email(text) ? nullptr : "is not an e-mail address";
    return nullptr;
}

}  // namespace hub::formats
