// See certificates.hpp.
#include "tests/support/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cstdio>
#include <stdexcept>

namespace support {
namespace {

template <class T, void (*free_it)(T*)>
struct Freed {
    void operator()(T* what) const { free_it(what); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Revocations = std::unique_ptr<X509_CRL, Freed<X509_CRL, X509_CRL_free>>;

void must(bool good, const char* what) {
    if (!good) throw std::runtime_error(what);
}

template <class Write>
void write_pem(const std::string& path, mode_t mode, const Write& write) {
    FILE* const file = std::fopen(path.c_str(), "wb");
    must(file != nullptr, "no file for a certificate");
    const bool written = write(file);
    std::fclose(file);
    must(written && chmod(path.c_str(), mode) == 0, "a certificate is not written");
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "an extension is not added");
    X509_EXTENSION_free(extension);
}

Certificate begin_certificate(const std::string& name, EVP_PKEY* key, long begins_s, long ends_s) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    unsigned char serial[8];
    must(RAND_bytes(serial, sizeof serial) == 1, "no chance");
    serial[0] = static_cast<unsigned char>((serial[0] & 0x3f) | 0x01);
    BIGNUM* const number = BN_bin2bn(serial, sizeof serial, nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), begins_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), ends_s);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    return certificate;
}

std::string alternative_names(const CertificateWish& wish) {
    std::string names;
    for (const std::string& each : wish.dns) names += (names.empty() ? "DNS:" : ",DNS:") + each;
    if (!wish.ip.empty()) names += (names.empty() ? "IP:" : ",IP:") + wish.ip;
    return names;
}

}  // namespace

struct TestAuthority::Keys {
    Key key{};
    Certificate certificate{};
};

TestAuthority::TestAuthority(std::string folder, const std::string& name)
    : folder_(std::move(folder)), name_(name), file_(folder_ + "/" + name + ".pem"), keys_(std::make_unique<Keys>()) {
    keys_->key.reset(EVP_EC_gen("P-256"));
    must(keys_->key != nullptr, "no key");
    keys_->certificate = begin_certificate(name, keys_->key.get(), -3'600, 86'400);
    X509* const own = keys_->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    add_extension(own, own, NID_subject_key_identifier, "hash");
    add_extension(own, own, NID_authority_key_identifier, "keyid:always");
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    must(X509_sign(own, keys_->key.get(), EVP_sha256()) > 0, "the authority is not signed");
    write_pem(file_, 0644, [&](FILE* file) { return PEM_write_X509(file, own) == 1; });
}

TestAuthority::~TestAuthority() = default;

CertificateFiles TestAuthority::issue(const CertificateWish& wish) const {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = begin_certificate(wish.name, key.get(), wish.begins_s, wish.ends_s);
    X509* const own = certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(keys_->certificate.get()));
    X509* const issuer = keys_->certificate.get();
    add_extension(own, issuer, NID_subject_key_identifier, "hash");
    add_extension(own, issuer, NID_authority_key_identifier, "keyid:always");
    add_extension(own, issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(own, issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(own, issuer, NID_ext_key_usage, wish.purpose);
    if (const std::string names = alternative_names(wish); !names.empty()) add_extension(own, issuer, NID_subject_alt_name, names);
    must(X509_sign(own, keys_->key.get(), EVP_sha256()) > 0, "a certificate is not signed");
    const CertificateFiles files{folder_ + "/" + name_ + "-" + wish.name + ".pem", folder_ + "/" + name_ + "-" + wish.name + ".key"};
    write_pem(files.certificate, 0644, [&](FILE* file) { return PEM_write_X509(file, own) == 1; });
    write_pem(files.key, 0600, [&](FILE* file) {
        return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    });
    return files;
}

std::string TestAuthority::revoke(const std::vector<CertificateFiles>& revoked) const {
    const Revocations list(X509_CRL_new());
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(keys_->certificate.get()));
    ASN1_TIME* const when = ASN1_TIME_new();
    X509_gmtime_adj(when, -60);
    X509_CRL_set1_lastUpdate(list.get(), when);
    for (const CertificateFiles& each : revoked) {
        FILE* const file = std::fopen(each.certificate.c_str(), "rb");
        must(file != nullptr, "no such certificate");
        const Certificate certificate(PEM_read_X509(file, nullptr, nullptr, nullptr));
        std::fclose(file);
        X509_REVOKED* const entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate.get()));
        X509_REVOKED_set_revocationDate(entry, when);
        X509_CRL_add0_revoked(list.get(), entry);
    }
    X509_gmtime_adj(when, 86'400);
    X509_CRL_set1_nextUpdate(list.get(), when);
    ASN1_TIME_free(when);
    X509V3_CTX context;
    X509V3_set_ctx(&context, keys_->certificate.get(), nullptr, nullptr, list.get(), 0);
    X509_EXTENSION* const identifier = X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always");
    X509_CRL_add_ext(list.get(), identifier, -1);
    X509_EXTENSION_free(identifier);
    ASN1_INTEGER* const number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, 1);
    X509_CRL_add1_ext_i2d(list.get(), NID_crl_number, number, 0, 0);
    ASN1_INTEGER_free(number);
    must(X509_CRL_sign(list.get(), keys_->key.get(), EVP_sha256()) > 0, "the list is not signed");
    const std::string path = folder_ + "/" + name_ + "-revocations.pem";
    write_pem(path, 0644, [&](FILE* file) { return PEM_write_X509_CRL(file, list.get()) == 1; });
    return path;
}

}  // namespace support
