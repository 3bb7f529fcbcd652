// SHA-256. The algorithm is fetched once; each thread keeps one context, because making one costs more than a short hash.
#include "hub/journal/keys.hpp"
#include "hub/journal/openssl.hpp"

namespace hub::journal {

struct OpenSslDigester::Impl {
    DigestPtr sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
};

namespace {

EVP_MD_CTX* context_of_thread() {
    thread_local const DigestContextPtr context{EVP_MD_CTX_new()};
    must(context != nullptr, "a digest context");
    return context.get();
}

Digest finish(EVP_MD_CTX* context) {
    Digest digest;
    must(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return digest;
}

}  // namespace

OpenSslDigester::OpenSslDigester() : impl_(std::make_unique<Impl>()) { must(impl_->sha256 != nullptr, "SHA-256"); }
OpenSslDigester::~OpenSslDigester() = default;

Digest OpenSslDigester::digest(std::span<const std::string_view> parts) const {
    EVP_MD_CTX* context = context_of_thread();
    must(EVP_DigestInit_ex2(context, impl_->sha256.get(), nullptr) == 1, "EVP_DigestInit_ex2");
    for (const std::string_view part : parts) {
        unsigned char size[8];
        for (int i = 0; i < 8; ++i) size[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(part.size()) >> (56 - 8 * i));
        must(EVP_DigestUpdate(context, size, sizeof size) == 1 && EVP_DigestUpdate(context, part.data(), part.size()) == 1,
             "EVP_DigestUpdate");
    }
    return finish(context);
}

Digest OpenSslDigester::sha256(std::string_view bytes) const {
    EVP_MD_CTX* context = context_of_thread();
    must(EVP_DigestInit_ex2(context, impl_->sha256.get(), nullptr) == 1 &&
             EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1, "EVP_DigestInit_ex2");
    return finish(context);
}

}  // namespace hub::journal
