// TLS contexts with one set of rules for every connector that uses this room.
//
// TLS 1.3 (1.2 only where a site says so, with forward secrecy and authenticated ciphers), certificates asked of both
// sides, checked strictly, for the right purpose, and against the host's name; no renegotiation, no compression, no
// tickets, no early data. No OpenSSL type is needed to use this header.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"
#include "hub/api/seams.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace hub::net {

struct TlsFiles {
    std::string certificate_file{};  ///< PEM: our certificate, then its intermediates
    std::string key_file{};          ///< PEM; others must not be able to read it
    std::string authority_file{};    ///< PEM: the authorities whose certificates we accept
    std::string revocation_file{};   ///< PEM: revocation lists of all those authorities; empty: none are checked
    bool allow_tls12 = false;
};

enum class TlsRole { server, client };

class TlsContext {
public:
    /// Reads the files; the error names the file and what is wrong with it.
    static Result<std::shared_ptr<TlsContext>> load(TlsFiles files, TlsRole role, const Clock& clock);

    /// What a new connection uses. Looks at most once a second whether a file has changed and then reads all of them
    /// again; files that do not fit together leave the old context in use. Any thread may call it.
    std::shared_ptr<ssl_ctx_st> current();

    ~TlsContext();

private:
    struct State;
    explicit TlsContext(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The name that a peer's checked certificate proves: its first DNS name, else its first URI, else its common name.
/// Empty when there is none or when it holds anything but visible ASCII.
std::string certificate_name(const ssl_st* connection);

/// SHA-256 of the bytes, as 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace hub::net
