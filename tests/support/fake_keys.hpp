// Digests and keys for tests that are not about cryptography: deterministic, well mixed, worthless as protection.
#pragma once

#include "hub/api/seams.hpp"

namespace support {

class FakeDigester : public hub::Digester {
public:
    using hub::Digester::digest;
    hub::Digest digest(std::span<const std::string_view> parts) const override;
    hub::Digest sha256(std::string_view bytes) const override;
};

/// Sealing only marks the bytes with their context; opening under another context fails, as it must.
class FakeKeyStore : public hub::KeyStore {
public:
    hub::Digest keyed_digest(std::string_view bytes) const override;
    hub::Sealed seal(std::string_view plain, std::string_view context) override;
    hub::Result<std::string> open(const hub::Sealed& sealed, std::string_view context) const override;
};

}  // namespace support
