// The site key and sealing under it. Contexts are one for each thread; nonces and data keys come from Random, in one call
// for each value.
#include "hub/journal/keys.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include "hub/journal/openssl.hpp"

namespace hub::journal {
namespace {

constexpr std::size_t file_bytes_max = 256;

CipherContextPtr new_cipher_context() {
    CipherContextPtr context{EVP_CIPHER_CTX_new()};
    must(context != nullptr, "a cipher context");
    return context;
}

EVP_CIPHER_CTX* context_of_thread() {
    thread_local const CipherContextPtr context = new_cipher_context();
    return context.get();
}

/// Appends ciphertext and tag to `into`.
void encrypt(const EVP_CIPHER* cipher, const unsigned char* key, const unsigned char* nonce, std::string_view plain,
             std::string_view context, std::string& into) {
    EVP_CIPHER_CTX* work = context_of_thread();
    int written = 0, last = 0;
    const std::size_t at = into.size();
    into.resize(at + plain.size() + FileKeyStore::tag_bytes);
    unsigned char* out = octets(into) + at;
    must(EVP_EncryptInit_ex2(work, cipher, key, nonce, nullptr) == 1 &&
             EVP_EncryptUpdate(work, nullptr, &written, octets(context), static_cast<int>(context.size())) == 1 &&
             EVP_EncryptUpdate(work, out, &written, octets(plain), static_cast<int>(plain.size())) == 1 &&
             EVP_EncryptFinal_ex(work, out + written, &last) == 1 &&
             EVP_CIPHER_CTX_ctrl(work, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(FileKeyStore::tag_bytes), out + plain.size()) == 1,
         "AES-256-GCM");
}

/// `sealed` is nonce, ciphertext, tag. False when the tag does not fit; nothing is released then.
bool decrypt(const EVP_CIPHER* cipher, const unsigned char* key, std::string_view sealed, std::string_view context, std::string& plain) {
    constexpr std::size_t frame = FileKeyStore::nonce_bytes + FileKeyStore::tag_bytes;
    if (sealed.size() < frame) return false;
    EVP_CIPHER_CTX* work = context_of_thread();
    int written = 0, last = 0;
    plain.resize(sealed.size() - frame);
    const std::string_view body = sealed.substr(FileKeyStore::nonce_bytes, plain.size());
    std::string tag(sealed.substr(sealed.size() - FileKeyStore::tag_bytes));
    must(EVP_DecryptInit_ex2(work, cipher, key, octets(sealed), nullptr) == 1 &&
             EVP_DecryptUpdate(work, nullptr, &written, octets(context), static_cast<int>(context.size())) == 1 &&
             EVP_DecryptUpdate(work, octets(plain), &written, octets(body), static_cast<int>(body.size())) == 1 &&
             EVP_CIPHER_CTX_ctrl(work, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(FileKeyStore::tag_bytes), tag.data()) == 1,
         "AES-256-GCM");
    if (EVP_DecryptFinal_ex(work, octets(plain) + written, &last) == 1) return true;
    OPENSSL_cleanse(plain.data(), plain.size());
    plain.clear();
    return false;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// True when `text` is 64 bytes, or those in hexadecimal.
bool parse_key(std::string_view text, SiteKey& into) {
    constexpr std::size_t size = sizeof into.wrapping + sizeof into.index;
    const auto put = [&](std::size_t i, std::uint8_t value) { (i < 32 ? into.wrapping[i] : into.index[i - 32]) = value; };
    if (text.size() == size) {
        for (std::size_t i = 0; i < size; ++i) put(i, static_cast<std::uint8_t>(text[i]));
        return true;
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    if (text.size() != 2 * size) return false;
    for (std::size_t i = 0; i < size; ++i) {
        const int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        put(i, static_cast<std::uint8_t>(high << 4 | low));
    }
    return true;
}

Error unopened(std::string code, std::string what, std::string cure) {
    return {Remedy::reject, std::move(what), "", std::move(cure), std::move(code)};
}

}  // namespace

SiteKey::SiteKey(SiteKey&& other) noexcept : wrapping(other.wrapping), index(other.index) {
    OPENSSL_cleanse(other.wrapping.data(), other.wrapping.size());
    OPENSSL_cleanse(other.index.data(), other.index.size());
}

SiteKey::~SiteKey() {
    OPENSSL_cleanse(wrapping.data(), wrapping.size());
    OPENSSL_cleanse(index.data(), index.size());
}

Result<SiteKey> read_site_key(const std::string& path, const Disk& disk) {
    Result<std::string> text = disk.read_secret(path, file_bytes_max);
    if (!text) return text.error();
    SiteKey key;
    const bool good = parse_key(*text, key);
    OPENSSL_cleanse(text->data(), text->size());
    if (good) return key;
    return Error{Remedy::stop, "this is not a site key file: it must hold 64 bytes, or 128 hexadecimal digits", path,
                 "put back the key file that this site was made with", "site_key"};
}

Status make_site_key(const std::string& path, Disk& disk, Random& random) {
    const Result<std::string> there = disk.read(path, file_bytes_max);
    if (there || there.error().code != "no_file")
        return Error{Remedy::stop, "a site key file is already there, and what it sealed could not be opened with another", path,
                     "keep it, or move it away", "site_key"};
    std::array<std::uint8_t, 64> bytes{};
    random.fill(bytes);
    std::string text = to_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())) + "\n";
    Status written = disk.write(path, text);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    OPENSSL_cleanse(text.data(), text.size());
    return written;
}

struct FileKeyStore::Impl {
    Impl(SiteKey site_key, Random& chance) : key(std::move(site_key)), random(chance) {}
    SiteKey key;
    Random& random;
    CipherPtr cipher{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
    MacPtr mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    MacContextPtr keyed{};  ///< HMAC-SHA-256 under the index key, copied for each use
};

FileKeyStore::FileKeyStore(SiteKey key, Random& random) : impl_(std::make_unique<Impl>(std::move(key), random)) {
    must(impl_->cipher && impl_->mac, "AES-256-GCM or HMAC");
    impl_->keyed.reset(EVP_MAC_CTX_new(impl_->mac.get()));
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    must(impl_->keyed && EVP_MAC_init(impl_->keyed.get(), impl_->key.index.data(), impl_->key.index.size(), parameters) == 1, "HMAC-SHA-256");
}
FileKeyStore::~FileKeyStore() = default;

Digest FileKeyStore::keyed_digest(std::string_view bytes) const {
    const MacContextPtr work{EVP_MAC_CTX_dup(impl_->keyed.get())};
    Digest digest;
    std::size_t size = 0;
    must(work && EVP_MAC_update(work.get(), octets(bytes), bytes.size()) == 1 &&
             EVP_MAC_final(work.get(), digest.data(), &size, digest.size()) == 1 && size == digest.size(), "HMAC-SHA-256");
    return digest;
}

Sealed FileKeyStore::seal(std::string_view plain, std::string_view context) {
    std::array<std::uint8_t, key_bytes + 2 * nonce_bytes> fresh{};  // data key, its nonce, the wrapping nonce
    impl_->random.fill(fresh);
    const std::uint8_t* nonce = fresh.data() + key_bytes;
    const std::uint8_t* wrapping_nonce = nonce + nonce_bytes;
    Sealed sealed;
    sealed.ciphertext.reserve(nonce_bytes + plain.size() + tag_bytes);
    sealed.ciphertext.assign(reinterpret_cast<const char*>(nonce), nonce_bytes);
    encrypt(impl_->cipher.get(), fresh.data(), nonce, plain, context, sealed.ciphertext);
    sealed.wrapped_key.reserve(wrapped_bytes);
    sealed.wrapped_key.assign(reinterpret_cast<const char*>(wrapping_nonce), nonce_bytes);
    encrypt(impl_->cipher.get(), impl_->key.wrapping.data(), wrapping_nonce,
            {reinterpret_cast<const char*>(fresh.data()), key_bytes}, context, sealed.wrapped_key);
    OPENSSL_cleanse(fresh.data(), fresh.size());
    return sealed;
}

Result<std::string> FileKeyStore::open(const Sealed& sealed, std::string_view context) const {
    if (sealed.wrapped_key.empty()) return unopened("key_destroyed", "the data key of this value was destroyed: it is erased", "");
    std::string key, plain;
    if (!decrypt(impl_->cipher.get(), impl_->key.wrapping.data(), sealed.wrapped_key, context, key) || key.size() != key_bytes)
        return unopened("wrong_site_key", "the site key does not open this value's data key",
                        "use the key file that the store was made with");
    const bool good = decrypt(impl_->cipher.get(), octets(key), sealed.ciphertext, context, plain);
    OPENSSL_cleanse(key.data(), key.size());
    if (!good) return unopened("sealed_altered", "a sealed value was altered after it was sealed", "restore the store from a good copy");
    return plain;
}

}  // namespace hub::journal
