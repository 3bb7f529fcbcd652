// Certificate authorities and certificates made at run time, with invented names; nothing of them is ever committed.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace support {

struct CertificateFiles {
    std::string certificate{};
    std::string key{};
};

struct CertificateWish {
    std::string name{};               ///< the common name; also the file's
    std::vector<std::string> dns{};   ///< alternative names
    std::string ip{};                 ///< one numeric IPv4 address, or empty
    long begins_s = -3'600;           ///< from now
    long ends_s = 86'400;
    std::string purpose = "serverAuth,clientAuth";
};

class TestAuthority {
public:
    /// Makes the authority and writes <folder>/<name>.pem.
    TestAuthority(std::string folder, const std::string& name);
    ~TestAuthority();

    const std::string& file() const { return file_; }
    CertificateFiles issue(const CertificateWish& wish) const;

    /// Writes a revocation list that names these certificates' files (none: an empty list) and gives its path.
    std::string revoke(const std::vector<CertificateFiles>& revoked) const;

private:
    struct Keys;
    std::string folder_, name_, file_;
    std::unique_ptr<Keys> keys_;
};

}  // namespace support
