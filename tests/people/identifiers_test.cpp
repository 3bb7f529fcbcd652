// Identifiers: shapes, normal forms, check characters, strengths. All numbers are invented.
#include <boost/test/unit_test.hpp>

#include "hub/people/check_characters.hpp"
#include "hub/people/identifiers.hpp"

using namespace hub::people;

namespace {

constexpr int pivot = 2026;
Identifier read(std::string_view type, std::string_view text) { return normalise(*identifier_type(type), text, pivot); }
bool finds(const Identifier& id) { return id.strength == Strength::person && id.flaw.empty(); }
bool flagged(const Identifier& id, std::string_view about) {
    return id.strength == Strength::none && id.flaw.find(about) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_type_is_known_by_its_name_and_by_partners_spellings) {
    for (const char* name : {"NOMS", "CRN", "PNC", "CRO", "ASN", "NHS", "URN"})
        BOOST_TEST(name_of(*identifier_type(name)) == name);
    for (const char* name : {"nomsNumber", "prisonerNumber", "prisonerId", "noms"})
        BOOST_TEST(name_of(*identifier_type(name)) == "NOMS");
    BOOST_TEST(name_of(*identifier_type("PTIURN")) == "URN");
    const auto unknown = identifier_type("PASSPORT");
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(unknown.error().code == "TG-P001");
}

BOOST_AUTO_TEST_CASE(a_noms_number_is_a_letter_four_digits_two_letters) {
    BOOST_TEST(finds(read("NOMS", " a1234bc ")));
    BOOST_TEST(read("NOMS", " a1234bc ").value == "A1234BC");
    for (const char* bad : {"", "A123BC", "A12345C", "11234BC", "A1234B1", "A1234BCD"}) BOOST_TEST(flagged(read("NOMS", bad), "NOMS"));
}

BOOST_AUTO_TEST_CASE(a_crn_has_one_or_two_letters_and_six_digits) {
    BOOST_TEST(finds(read("CRN", "x123456")));
    BOOST_TEST(read("CRN", "xy 123456").value == "XY123456");
    for (const char* bad : {"123456", "X12345", "XYZ12345", "XYZ123456", "X1234567"}) BOOST_TEST(flagged(read("CRN", bad), "CRN"));
}

BOOST_AUTO_TEST_CASE(all_spellings_of_a_pnc_id_have_one_normal_form) {
    for (const char* text : {"1987/0123456P", "19870123456P", "87/123456P", "87123456p", "87/0123456P", " 1987 / 123456 P"}) {
        const Identifier id = read("PNC", text);
        BOOST_TEST(finds(id), text);
        BOOST_TEST(id.value == "1987/0123456P", text);
    }
    BOOST_TEST(read("PNC", "14/42H").value == "2014/0000042H");
}

BOOST_AUTO_TEST_CASE(the_pivot_decides_the_century_of_a_two_digit_year) {
    BOOST_TEST(normalise(IdentifierType::pnc, "26/7654321J", 2026).value == "2026/7654321J");
    BOOST_TEST(normalise(IdentifierType::pnc, "27/1L", 2026).value == "1927/0000001L");
    BOOST_TEST(normalise(IdentifierType::pnc, "27/1L", 2027).value == "2027/0000001L");
    BOOST_TEST(finds(normalise(IdentifierType::pnc, "27/1L", 2027)));
}

BOOST_AUTO_TEST_CASE(a_pnc_id_with_a_wrong_letter_is_normalised_and_flagged) {
    const Identifier id = read("PNC", "87/123456Q");
    BOOST_TEST(id.value == "1987/0123456Q");
    BOOST_TEST(flagged(id, "check letter"));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_pnc_id_is_flagged) {
    for (const char* bad : {"", "P", "87/P", "/123456P", "1987/01234567P", "1987/0123456", "198/0123456P", "87/12A456P", "1987012345P9"})
        BOOST_TEST(flagged(read("PNC", bad), "PNC"), bad);
}

BOOST_AUTO_TEST_CASE(a_standard_cro_number_is_padded_and_a_file_number_never) {
    BOOST_TEST(finds(read("CRO", "4512/91x")));
    BOOST_TEST(read("CRO", "4512/91X").value == "004512/91X");
    BOOST_TEST(finds(read("CRO", "SF77/5123Z")));
    BOOST_TEST(read("CRO", "sf77/5123z").value == "SF77/5123Z");
    BOOST_TEST(flagged(read("CRO", "SF77/005123Z"), "check letter"));
    BOOST_TEST(flagged(read("CRO", "004512/91A"), "check letter"));
    for (const char* bad : {"", "00451291X", "1234567/91X", "4512/1991X", "SF77/X", "SF/5123Z", "/91X"})
        BOOST_TEST(flagged(read("CRO", bad), "CRO"), bad);
}

BOOST_AUTO_TEST_CASE(an_asn_has_20_characters_or_21_with_a_top_level_letter) {
    BOOST_TEST(finds(read("ASN", "1905QX0100000012345Q")));
    BOOST_TEST(finds(read("ASN", "19C05QX0100000012345Q")));
    BOOST_TEST(read("ASN", "19/C/05QX/01/00000012345q").value == "19C05QX0100000012345Q");
    BOOST_TEST(read("ASN", "19/05QX/01/12345Q").value == "1905QX0100000012345Q");
    BOOST_TEST(flagged(read("ASN", "1905QX0100000012345R"), "check letter"));
    for (const char* bad : {"", "1905QX01Q", "1905QX01000000123456Q", "XX05QX0100000012345Q", "1905QX010000001234QQ", "19105QX0100000012345Q"})
        BOOST_TEST(flagged(read("ASN", bad), "ASN"), bad);
}

BOOST_AUTO_TEST_CASE(force_and_system_count_towards_the_asn_letter_only_as_digits) {
    BOOST_TEST(finds(read("ASN", "19A5QX0100000012345N")));
    BOOST_TEST(finds(read("ASN", "1905QXC100000012345D")));
}

BOOST_AUTO_TEST_CASE(dummy_asns_never_find_anyone_although_their_letters_are_right) {
    for (const char* dummy : {"0800NP0100000000777B", "0800PP0100000000777B", "1234NRPR00000000777K", "1912LN0000000000777N",
                              "1900NP0000000000777Y", "1963000000000000777Q", "1906SS0100000000777X", "1900XX0100000000777P",
                              "1950OF0100000000777L", "1950SJ0100000000777L", "1950420100000000777L", "1905QX0100000000000X",
                              "19C00NP0000000000777Y"})
        BOOST_TEST(flagged(read("ASN", dummy), "dummy"), dummy);
}

BOOST_AUTO_TEST_CASE(an_nhs_number_is_checked_modulus_11) {
    BOOST_TEST(finds(read("NHS", "999 000 1235")));
    BOOST_TEST(read("NHS", "999-000-1235").value == "9990001235");
    BOOST_TEST(flagged(read("NHS", "9990001236"), "check digit"));
    BOOST_TEST(flagged(read("NHS", "9990000000"), "check digit"));  // no digit fits these nine
    BOOST_TEST(flagged(read("NHS", "9912003890"), "check digit"));  // published sample with a wrong digit
    BOOST_TEST(flagged(read("NHS", "3478526985"), "check digit"));  // another
    BOOST_TEST(flagged(read("NHS", "999000123"), "ten digits"));
    BOOST_TEST(nhs_check_digit("000000000").value() == '0');
}

BOOST_AUTO_TEST_CASE(a_urn_belongs_to_a_matter_not_to_a_person) {
    const Identifier id = read("PTIURN", "01zd 0303208");
    BOOST_TEST(id.value == "01ZD0303208");
    BOOST_TEST((id.strength == Strength::matter));
    for (const char* bad : {"", "01ZD", "01ZD1234", "01ZDX303208", "01ZD0123456789"}) BOOST_TEST(flagged(read("URN", bad), "URN"), bad);
}

BOOST_AUTO_TEST_CASE(a_text_longer_than_identifier_bytes_max_is_cut_and_flagged) {
    const std::string most(identifier_bytes_max, '1');
    BOOST_TEST(flagged(read("NHS", most), "ten digits"));
    const Identifier id = read("NHS", most + '1');
    BOOST_TEST(flagged(id, "identifier_bytes_max"));
    BOOST_TEST(id.value == most);
}

BOOST_AUTO_TEST_CASE(a_flaw_never_quotes_the_text) {
    for (const char* type : {"NOMS", "CRN", "PNC", "CRO", "ASN", "NHS", "URN"})
        BOOST_TEST(read(type, "QQ9/77ZZ").flaw.find("QQ9") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_index_text_keeps_types_apart) {
    BOOST_TEST(index_text(read("PNC", "87/123456P")) == "PNC:1987/0123456P");
    BOOST_TEST(index_text(read("URN", "01ZD0303208")) == "URN:01ZD0303208");
}

BOOST_AUTO_TEST_CASE(a_referral_reference_finds_a_person_only_as_a_matter_does) {
    const Identifier id = read("REFERRAL", " r-2026-0103 ");
    BOOST_TEST(id.value == "R-2026-0103");
    BOOST_TEST((id.strength == hub::people::Strength::matter));
    BOOST_TEST(!read("REFERRAL", "").flaw.empty());
}
