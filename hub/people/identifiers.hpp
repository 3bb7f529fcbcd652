// Identifiers of people and cases: their real shapes, check characters and one normal form each.
//
// Pure. The two-digit-year pivot of PNC and CRO numbers is an input, because it would otherwise change every 1 January.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"

namespace hub::people {

/// A longer text is no identifier: it is cut to this and flagged.
inline constexpr std::size_t identifier_bytes_max = 64;

enum class IdentifierType : unsigned char { noms, crn, pnc, cro, asn, nhs, urn, referral };

/// How far an identifier goes in finding a person.
enum class Strength : unsigned char {
    person,  ///< belongs to one person: finds or creates
    matter,  ///< belongs to a case that may have several people (URN), or to a referral: finds only if one person alone has it
    none,    ///< well-formed but must not match: a dummy ASN, a number with a wrong check character
};

struct Identifier {
    IdentifierType type = IdentifierType::noms;
    std::string value{};  ///< normal form: no spaces or slashes beyond the canonical ones, upper case, four-digit year
    Strength strength = Strength::person;
    std::string flaw{};   ///< why strength is none; empty otherwise
    auto operator<=>(const Identifier&) const = default;
};

/// "NOMS", "CRN", "PNC", "CRO", "ASN", "NHS", "URN", "REFERRAL"; also the spellings nomsNumber, prisonerNumber, prisonerId, PTIURN.
Result<IdentifierType> identifier_type(std::string_view name);
std::string_view name_of(IdentifierType type);

/// Brings a text into its normal form. A text that cannot be of the type at all comes back with strength none and the
/// flaw: an identifier is flagged, never dropped (law 6). `pivot_year`: two-digit years above its last two digits mean 19xx.
Identifier normalise(IdentifierType type, std::string_view text, int pivot_year);

/// What goes into the keyed index: "PNC:2000/0410801G".
std::string index_text(const Identifier& identifier);

}  // namespace hub::people
