// One reader for each identifier type. Shapes are those of the systems that issue them; nothing here looks anything up.
//
// Flaws never quote the text: it may be personal.
#include "hub/people/identifiers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "hub/people/check_characters.hpp"

namespace hub::people {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
bool digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool letters(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_letter); }
bool alnums(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_alnum); }

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}
std::string padded(std::string_view text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, '0').append(text);
}

/// Upper case, no white space, and none of `noise`.
std::string clean(std::string_view text, std::string_view noise) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || noise.find(c) != std::string_view::npos) continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

void flag(Identifier& id, std::string flaw) {
    id.strength = Strength::none;
    id.flaw = std::move(flaw);
}

/// Letter, four digits, two letters: A1234BC. No check character.
void read_noms(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "");
    const std::string_view v = id.value;
    if (v.size() != 7 || !is_letter(v[0]) || !digits(v.substr(1, 4)) || !letters(v.substr(5)))
        flag(id, "a NOMS number is a letter, four digits and two letters");
}

/// One letter and six digits, or two letters and six digits. No check character.
void read_crn(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "");
    const std::string_view v = id.value;
    const std::size_t head = v.size() == 8 ? 2 : 1;
    if (v.size() != head + 6 || !letters(v.substr(0, head)) || !digits(v.substr(head)))
        flag(id, "a CRN is one or two letters and six digits");
}

struct YearAndSerial {
    std::string_view year{}, serial{};
};

/// YYYY/N..L and YY/N..L; without the slash YYYYNNNNNNNL (serial in full) and YYN..L.
YearAndSerial split_pnc(std::string_view v) {
    if (v.size() < 4 || !is_letter(v.back())) return {};
    v.remove_suffix(1);
    const std::size_t slash = v.find('/');
    YearAndSerial parts;
    if (slash != std::string_view::npos) parts = {v.substr(0, slash), v.substr(slash + 1)};
    else if (v.size() == 11) parts = {v.substr(0, 4), v.substr(4)};
    else parts = {v.substr(0, 2), v.substr(2)};
    const bool good = digits(parts.year) && digits(parts.serial) && parts.serial.size() <= 7 &&
                      (parts.year.size() == 2 || parts.year.size() == 4);
    return good ? parts : YearAndSerial{};
}

std::string four_digit_year(std::string_view year, int pivot_year) {
    if (year.size() == 4) return std::string(year);
    const int century = pivot_year / 100;
    const bool earlier = static_cast<int>(number(year)) > pivot_year % 100;
    return std::to_string(earlier ? century - 1 : century).append(year);
}

/// Normal form YYYY/NNNNNNNL.
void read_pnc(Identifier& id, std::string_view text, int pivot_year) {
    id.value = clean(text, "");
    const auto [year, serial] = split_pnc(id.value);
    if (year.empty()) return flag(id, "a PNC id is a year, a slash, up to seven digits and a letter");
    const char letter = id.value.back();
    const std::string full = padded(serial, 7);
    const std::string long_year = four_digit_year(year, pivot_year);
    const bool matches = check_letter(number(long_year.substr(2) + full)) == letter;
    id.value = long_year + '/' + full + letter;
    if (!matches) flag(id, "the PNC id's check letter does not match");
}

/// Normal forms NNNNNN/YYL (padded) and SFYY/N..L (never padded). CRO numbers keep their two-digit year: it is the only
/// form they have, so no pivot can make two of one.
void read_cro(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "");
    const std::string_view v = id.value;
    const std::size_t slash = v.find('/');
    const bool file = v.substr(0, 2) == "SF";
    YearAndSerial parts;
    if (slash != std::string_view::npos && is_letter(v.back())) {
        const std::string_view head = v.substr(0, slash), tail = v.substr(slash + 1, v.size() - slash - 2);
        parts = file ? YearAndSerial{head.substr(2), tail} : YearAndSerial{tail, head};
    }
    if (parts.year.size() != 2 || !digits(parts.year) || !digits(parts.serial) || parts.serial.size() > 6)
        return flag(id, "a CRO number is up to six digits, a slash, a two-digit year and a letter, or SF, year, slash, digits and a letter");
    const char letter = v.back();
    const std::string serial = file ? std::string(parts.serial) : padded(parts.serial, 6);
    const std::string year(parts.year);
    const bool matches = check_letter(number(year + serial)) == letter;
    id.value = file ? "SF" + year + '/' + serial + letter : serial + '/' + year + letter;
    if (!matches) flag(id, "the CRO number's check letter does not match");
}

/// Beginnings of arrest/summons numbers that stand for "none was issued" or for a prosecutor who issues none: '#' is a
/// digit. They are shared by unrelated people and must never find one.
constexpr std::array dummy_asns = {
    std::string_view("0800NP01"),                                                      // placeholder of the courts' forms
    std::string_view("0800PP01"),                                                      // private prosecution placeholder
    std::string_view("####NRPR"),                                                      // non-recordable, prosecutor's reference
    std::string_view("##12LN00"),  std::string_view("##00NP00"), std::string_view("##6300"),
    std::string_view("##06SS"),    std::string_view("##00XX"),                         // non-police prosecutors
    std::string_view("##5011"),    std::string_view("##5012"),   std::string_view("##5021"),
    std::string_view("##5041"),    std::string_view("##5042"),   std::string_view("##5043"),
    std::string_view("##50OF"),    std::string_view("##50SJ"),                         // traffic and single-justice runs
};

bool begins_like(std::string_view value, std::string_view pattern) {
    if (value.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] == '#' ? !is_digit(value[i]) : value[i] != pattern[i]) return false;
    return true;
}

struct Asn {
    std::string_view year{}, top{}, force{}, unit{}, system{}, sequence{};
    char letter = 0;
};

/// 20 characters, or 21 with a top-level letter after the year. A sequence written without its leading zeros is
/// understood where no top-level letter makes it ambiguous.
Asn split_asn(std::string_view v) {
    constexpr std::size_t head = 8, sequence_digits = 11;
    const bool top = v.size() == head + sequence_digits + 2;
    if (v.size() < head + 2 || v.size() > head + sequence_digits + 2 || !is_letter(v.back())) return {};
    Asn asn{v.substr(0, 2), v.substr(2, top ? 1 : 0), {}, {}, {}, {}, v.back()};
    const std::string_view rest = v.substr(top ? 3 : 2);
    asn.force = rest.substr(0, 2);
    asn.unit = rest.substr(2, 2);
    asn.system = rest.substr(4, 2);
    asn.sequence = rest.substr(6, rest.size() - 7);
    const bool short_and_unclear = asn.sequence.size() < sequence_digits && !is_digit(v[2]);
    const bool good = digits(asn.year) && (!top || letters(asn.top)) && alnums(asn.force) && alnums(asn.unit) &&
                      alnums(asn.system) && digits(asn.sequence) && !short_and_unclear;
    return good ? asn : Asn{};
}

/// The number whose letter is checked: force and system where they are digits, the year, the sequence in full.
std::uint64_t asn_number(const Asn& asn, std::string_view sequence) {
    std::string joined;
    if (digits(asn.force)) joined += asn.force;
    if (digits(asn.system)) joined += asn.system;
    joined.append(asn.year).append(sequence);
    return number(joined);
}

void read_asn(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "/");
    const Asn asn = split_asn(id.value);
    if (asn.letter == 0) return flag(id, "an ASN is a year, force, unit and system, eleven digits and a letter");
    const std::string sequence = padded(asn.sequence, 11);
    const bool matches = check_letter(asn_number(asn, sequence)) == asn.letter;
    std::string value;
    value.append(asn.year).append(asn.top).append(asn.force).append(asn.unit).append(asn.system).append(sequence);
    value += asn.letter;
    std::string plain = value;  // dummies are known by their form without the top-level letter
    plain.erase(2, asn.top.size());
    id.value = std::move(value);
    if (!matches) return flag(id, "the ASN's check letter does not match");
    const bool dummy = std::any_of(dummy_asns.begin(), dummy_asns.end(),
                                   [&](std::string_view pattern) { return begins_like(plain, pattern); });
    if (dummy || sequence.find_first_not_of('0') == std::string::npos)
        flag(id, "the ASN is a dummy that many people share");
}

void read_nhs(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "-");
    if (id.value.size() != 10 || !digits(id.value)) return flag(id, "an NHS number is ten digits");
    if (nhs_check_digit(id.value) != id.value.back()) flag(id, "the NHS number's check digit does not match");
}

/// Force and unit, two characters each, then digits: 01ZD0303208. A case, not a person.
void read_urn(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "/-");
    id.strength = Strength::matter;
    const std::string_view v = id.value;
    if (v.size() < 9 || v.size() > 13 || !alnums(v.substr(0, 4)) || !digits(v.substr(4)))
        flag(id, "a URN is a force, a unit and five to nine digits");
}

/// A reference that the referrer chose. A matter, not a person: two referrers may choose the same one.
void read_referral(Identifier& id, std::string_view text, int) {
    id.value = clean(text, "");
    id.strength = Strength::matter;
    const auto printable = [](char c) { return c > ' ' && c < 0x7f; };
    if (id.value.empty() || !std::all_of(id.value.begin(), id.value.end(), printable))
        flag(id, "a referral reference is made of printable ASCII characters");
}

struct Type {
    IdentifierType type;
    std::string_view name;
    void (*read)(Identifier&, std::string_view, int);
};
constexpr std::array types = {
    Type{IdentifierType::noms, "NOMS", read_noms}, Type{IdentifierType::crn, "CRN", read_crn},
    Type{IdentifierType::pnc, "PNC", read_pnc},    Type{IdentifierType::cro, "CRO", read_cro},
    Type{IdentifierType::asn, "ASN", read_asn},    Type{IdentifierType::nhs, "NHS", read_nhs},
    Type{IdentifierType::urn, "URN", read_urn},    Type{IdentifierType::referral, "REFERRAL", read_referral},
};
const Type& entry_of(IdentifierType type) { return types[static_cast<std::size_t>(type)]; }

/// Other spellings in use between partners, in upper case.
constexpr std::array<std::pair<std::string_view, IdentifierType>, 4> spellings = {{
    {"NOMSNUMBER", IdentifierType::noms}, {"PRISONERNUMBER", IdentifierType::noms}, {"PRISONERID", IdentifierType::noms},
    {"PTIURN", IdentifierType::urn}}};

}  // namespace

Result<IdentifierType> identifier_type(std::string_view name) {
    const std::string wanted = clean(name, "-_");
    for (const Type& type : types)
        if (type.name == wanted) return type.type;
    for (const auto& [spelling, type] : spellings)
        if (spelling == wanted) return type;
    return Error{Remedy::reject, "no identifier type has this name", {}, "use one of NOMS, CRN, PNC, CRO, ASN, NHS, URN, REFERRAL", "TG-P001"};
}

std::string_view name_of(IdentifierType type) { return entry_of(type).name; }

Identifier normalise(IdentifierType type, std::string_view text, int pivot_year) {
    Identifier id;
    id.type = type;
    if (text.size() > identifier_bytes_max) {
        id.value = clean(text.substr(0, identifier_bytes_max), "");
        flag(id, "the identifier is longer than identifier_bytes_max");
        return id;
    }
    entry_of(type).read(id, text, pivot_year);
    return id;
}

std::string index_text(const Identifier& identifier) {
    std::string text(name_of(identifier.type));
    text += ':';
    text += identifier.value;
    return text;
}

}  // namespace hub::people
