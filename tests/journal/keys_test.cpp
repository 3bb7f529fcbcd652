// Digests, the site key file, and sealing.
#include "tests/journal/journal_fixture.hpp"

#include <sys/stat.h>

using namespace hub;
using namespace hub::journal;

namespace {

/// HMAC by its definition, over our own SHA-256.
Digest hmac(const Digester& digester, const std::array<std::uint8_t, 32>& key, std::string_view bytes) {
    std::string inner(64, '\x36'), outer(64, '\x5c');
    for (std::size_t i = 0; i < key.size(); ++i) {
        inner[i] = static_cast<char>(inner[i] ^ static_cast<char>(key[i]));
        outer[i] = static_cast<char>(outer[i] ^ static_cast<char>(key[i]));
    }
    const Digest first = digester.sha256(inner.append(bytes));
    return digester.sha256(outer.append(as_bytes(first)));
}

const std::string context = "row 7";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keys, test::JournalFixture)

BOOST_AUTO_TEST_CASE(sha256_is_the_standard_one) {
    BOOST_TEST(to_hex(digester.sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(to_hex(digester.sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

BOOST_AUTO_TEST_CASE(parts_are_hashed_with_their_lengths) {
    const std::string framed = std::string("\0\0\0\0\0\0\0\2", 8) + "ab" + std::string("\0\0\0\0\0\0\0\1", 8) + "c";
    BOOST_TEST(to_hex(digester.digest({"ab", "c"})) == to_hex(digester.sha256(framed)));
    BOOST_TEST(to_hex(digester.digest({"ab", "c"})) != to_hex(digester.digest({"a", "bc"})));
}

BOOST_AUTO_TEST_CASE(the_keyed_digest_is_hmac_sha256_under_the_index_key) {
    BOOST_TEST(to_hex(keys.keyed_digest("NOMS:A1234BC")) == to_hex(hmac(digester, test::site_key_of(1).index, "NOMS:A1234BC")));
    FileKeyStore other(test::site_key_of(9), random);
    BOOST_TEST(to_hex(keys.keyed_digest("x")) != to_hex(other.keyed_digest("x")));
}

BOOST_AUTO_TEST_CASE(what_is_sealed_opens_again) {
    for (const std::string& plain : {std::string(), std::string("a"), std::string(100'000, 'z')}) {
        const Sealed sealed = keys.seal(plain, context);
        BOOST_TEST(sealed.wrapped_key.size() == FileKeyStore::wrapped_bytes);
        BOOST_TEST(sealed.ciphertext.size() == plain.size() + 28);
        const Result<std::string> opened = keys.open(sealed, context);
        BOOST_REQUIRE(opened);
        BOOST_TEST(*opened == plain);
    }
}

BOOST_AUTO_TEST_CASE(the_same_value_is_never_sealed_to_the_same_bytes) {
    const Sealed one = keys.seal("value", context), two = keys.seal("value", context);
    BOOST_TEST(one.ciphertext != two.ciphertext);
    BOOST_TEST(one.wrapped_key != two.wrapped_key);
}

BOOST_AUTO_TEST_CASE(a_sealed_value_opens_in_its_own_place_only) {
    const Sealed sealed = keys.seal("value", context);
    const Result<std::string> elsewhere = keys.open(sealed, "row 8");
    BOOST_REQUIRE(!elsewhere);
    BOOST_TEST(elsewhere.error().code == "wrong_site_key");
}

BOOST_AUTO_TEST_CASE(an_altered_or_cut_value_does_not_open) {
    const Sealed sealed = keys.seal("value", context);
    for (std::size_t i = 0; i < sealed.ciphertext.size(); ++i) {
        Sealed altered = sealed;
        altered.ciphertext[i] = static_cast<char>(altered.ciphertext[i] ^ 1);
        const Result<std::string> opened = keys.open(altered, context);
        BOOST_REQUIRE(!opened);
        BOOST_TEST(opened.error().code == "sealed_altered");
    }
    BOOST_TEST(!keys.open({sealed.wrapped_key, sealed.ciphertext.substr(0, 27)}, context));
    BOOST_TEST(!keys.open({sealed.wrapped_key, ""}, context));
}

BOOST_AUTO_TEST_CASE(a_destroyed_and_a_foreign_key_are_told_apart) {
    const Sealed sealed = keys.seal("value", context);
    const Result<std::string> destroyed = keys.open({"", sealed.ciphertext}, context);
    BOOST_REQUIRE(!destroyed);
    BOOST_TEST(destroyed.error().code == "key_destroyed");
    FileKeyStore other(test::site_key_of(9), random);
    const Result<std::string> foreign = other.open(sealed, context);
    BOOST_REQUIRE(!foreign);
    BOOST_TEST(foreign.error().code == "wrong_site_key");
    BOOST_TEST(!foreign.error().cure.empty());
}

BOOST_AUTO_TEST_CASE(a_new_key_file_is_private_and_is_never_replaced) {
    const std::string file = folder / "site.key";
    BOOST_REQUIRE(make_site_key(file, disk, random));
    struct stat found{};
    BOOST_REQUIRE(::stat(file.c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777) == 0600U);
    const Result<SiteKey> key = read_site_key(file, disk);
    BOOST_REQUIRE(key);
    BOOST_TEST((key->wrapping != key->index));
    const Status again = make_site_key(file, disk, random);
    BOOST_REQUIRE(!again);
    BOOST_TEST(again.error().code == "site_key");
    const Result<SiteKey> same = read_site_key(file, disk);
    BOOST_REQUIRE(same);
    BOOST_TEST((same->wrapping == key->wrapping));
}

BOOST_AUTO_TEST_CASE(a_key_file_that_others_may_read_is_refused) {
    const std::string file = folder / "site.key";
    BOOST_REQUIRE(make_site_key(file, disk, random));
    BOOST_REQUIRE(::chmod(file.c_str(), 0640) == 0);
    const Result<SiteKey> key = read_site_key(file, disk);
    BOOST_REQUIRE(!key);
    BOOST_TEST(key.error().code == "key_exposed");
    BOOST_TEST(key.error().cure.find("chmod 600") == 0U);
}

BOOST_AUTO_TEST_CASE(a_key_file_holds_64_bytes_or_their_digits_and_nothing_else) {
    std::string bytes;
    for (int i = 0; i < 64; ++i) bytes += static_cast<char>(i * 3);
    BOOST_REQUIRE(disk.write(folder / "binary", bytes));
    BOOST_REQUIRE(disk.write(folder / "hex", to_hex(bytes) + "\n"));
    const Result<SiteKey> binary = read_site_key(folder / "binary", disk), hex = read_site_key(folder / "hex", disk);
    BOOST_REQUIRE(binary);
    BOOST_REQUIRE(hex);
    BOOST_TEST((binary->wrapping == hex->wrapping && binary->index == hex->index));
    for (const std::string& wrong : {bytes.substr(1), to_hex(bytes).substr(2), to_hex(bytes).replace(5, 1, "g"), std::string()}) {
        BOOST_REQUIRE(disk.write(folder / "wrong", wrong));
        const Result<SiteKey> refused = read_site_key(folder / "wrong", disk);
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().code == "site_key");
    }
}

BOOST_AUTO_TEST_SUITE_END()
