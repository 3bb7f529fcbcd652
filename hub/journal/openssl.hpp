// Private to hub/journal: OpenSSL's objects as owned values. An OpenSSL call that fails here has no cause in the input
// (memory, a broken library), so it ends in an exception.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>

namespace hub::journal {

template <auto free_it>
struct Freed {
    template <class T>
    void operator()(T* object) const { free_it(object); }
};
using CipherPtr = std::unique_ptr<EVP_CIPHER, Freed<EVP_CIPHER_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using DigestPtr = std::unique_ptr<EVP_MD, Freed<EVP_MD_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using MacPtr = std::unique_ptr<EVP_MAC, Freed<EVP_MAC_free>>;
using MacContextPtr = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;

inline void must(bool went_well, const char* call) {
    if (!went_well) throw std::runtime_error(std::string("OpenSSL refuses ") + call);
}

inline const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
inline unsigned char* octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace hub::journal
