// Digests and sealing: SHA-256, HMAC-SHA-256 and AES-256-GCM by OpenSSL, behind the seams of hub/api/seams.hpp.
//
// Each sealed value has a data key of its own, wrapped under the site key. Destroying the wrapped key erases the value
// in every copy and backup. The site key file holds two keys: the one that wraps, and the one for identifier indexes.
// Deliberately elsewhere: where wrapped keys are kept and destroyed (sqlite_store), TLS (hub/net).
#pragma once

#include <array>
#include <memory>
#include <string>

#include "hub/api/seams.hpp"

namespace hub::journal {

class OpenSslDigester final : public Digester {
public:
    OpenSslDigester();
    ~OpenSslDigester() override;
    using Digester::digest;
    /// Each part with its length in front, as 8 bytes, big-endian.
    Digest digest(std::span<const std::string_view> parts) const override;
    Digest sha256(std::string_view bytes) const override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The two keys of a site. Wiped from memory when it goes.
struct SiteKey {
    std::array<std::uint8_t, 32> wrapping{};
    std::array<std::uint8_t, 32> index{};
    SiteKey() = default;
    SiteKey(SiteKey&& other) noexcept;
    SiteKey& operator=(SiteKey&&) = delete;
    ~SiteKey();
};

/// 64 bytes, or 128 hexadecimal digits with or without a line end.
Result<SiteKey> read_site_key(const std::string& path, const Disk& disk);

/// Makes a key file of mode 0600. Never replaces one: what it sealed could not be opened again.
Status make_site_key(const std::string& path, Disk& disk, Random& random);

class FileKeyStore final : public KeyStore {
public:
    FileKeyStore(SiteKey key, Random& random);
    ~FileKeyStore() override;
    Digest keyed_digest(std::string_view bytes) const override;
    Sealed seal(std::string_view plain, std::string_view context) override;
    /// Codes: "key_destroyed" (the wrapped key is gone), "wrong_site_key" (it does not unwrap, or stands under another
    /// context), "sealed_altered" (it does, and the ciphertext is not what was sealed). The remedy is `reject`.
    Result<std::string> open(const Sealed& sealed, std::string_view context) const override;

    static constexpr std::size_t nonce_bytes = 12, tag_bytes = 16, key_bytes = 32;
    static constexpr std::size_t wrapped_bytes = nonce_bytes + key_bytes + tag_bytes;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hub::journal
