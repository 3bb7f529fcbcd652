// A CURVE client without libzmq, for what libzmq's own sockets never do: begin a message and never end it.
//
// Only the client's half of the handshake (ZeroMQ RFC 23 and 26), with libsodium's boxes, and no more checking than the
// tests need.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <string>

namespace zeromq_test {

class RawCurve {
public:
    using Key = std::array<unsigned char, 32>;

    /// Keys as Z85. The handshake has succeeded when up() is true.
    RawCurve(std::uint16_t port, const std::string& server_key, const std::string& public_key, const std::string& secret_key)
        : server_(decode(server_key)), public_(decode(public_key)), secret_(decode(secret_key)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        up_ = connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0 && greet() && hello() && initiate();
    }
    ~RawCurve() { close(socket_); }
    RawCurve(const RawCurve&) = delete;
    RawCurve& operator=(const RawCurve&) = delete;

    bool up() const { return up_; }

    /// `count` frames of a message that has more to come. False when the other side has gone.
    bool say_with_more_to_come(const std::string& bytes, int count = 1) {
        std::string all;
        for (int each = 0; each < count; ++each) all += frame_with_more_to_come(bytes);
        return put(all);
    }

private:
    static Key decode(const std::string& z85) {
        Key key{};
        zmq_z85_decode(key.data(), z85.c_str());
        return key;
    }
    static std::string text(const Key& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }
    static const unsigned char* bytes(const std::string& of) { return reinterpret_cast<const unsigned char*>(of.data()); }

    static std::string box(const std::string& plain, const std::string& nonce, const Key& to, const Key& from) {
        std::string sealed(plain.size() + crypto_box_MACBYTES, '\0');
        const int failed = crypto_box_easy(reinterpret_cast<unsigned char*>(sealed.data()), bytes(plain), plain.size(), bytes(nonce), to.data(), from.data());
        if (failed != 0) sealed.clear();
        return sealed;
    }

    std::string short_nonce() const {
        std::string eight(8, '\0');
        for (std::size_t byte = 0; byte < 8; ++byte) eight[byte] = static_cast<char>(nonce_ >> (56 - 8 * byte));
        return eight;
    }

    std::string frame_with_more_to_come(const std::string& plain) {
        const std::string open = "\1" + plain, nonce = "CurveZMQMESSAGEC" + short_nonce();
        std::string sealed(open.size() + crypto_box_MACBYTES, '\0');
        if (crypto_box_easy_afternm(reinterpret_cast<unsigned char*>(sealed.data()), bytes(open), open.size(), bytes(nonce), shared_.data()) != 0)
            return {};
        const std::string body = "\7MESSAGE" + short_nonce() + sealed;
        ++nonce_;
        std::string size(8, '\0');
        for (std::size_t byte = 0; byte < 8; ++byte) size[byte] = static_cast<char>(body.size() >> (56 - 8 * byte));
        return "\2" + size + body;
    }

    bool put(const std::string& all) {
        for (std::size_t sent = 0; sent < all.size();) {
            const ssize_t count = send(socket_, all.data() + sent, all.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) return false;
            sent += static_cast<std::size_t>(count);
        }
        return true;
    }
    std::string get(std::size_t size) {
        std::string all(size, '\0');
        const ssize_t count = recv(socket_, all.data(), size, MSG_WAITALL);
        return count == static_cast<ssize_t>(size) ? all : "";
    }

    bool greet() {
        std::string greeting(64, '\0');
        greeting[0] = '\xff';
        greeting[8] = '\1';
        greeting[9] = '\x7f';
        greeting[10] = '\3';
        greeting.replace(12, 5, "CURVE");
        return put(greeting) && !get(64).empty();
    }

    bool hello() {
        (void)crypto_box_keypair(short_public_.data(), short_secret_.data());
        const std::string signature = box(std::string(64, '\0'), "CurveZMQHELLO---" + short_nonce(), server_, short_secret_);
        const std::string body = "\5HELLO" + std::string("\1\0", 2) + std::string(72, '\0') + text(short_public_) + short_nonce() + signature;
        ++nonce_;
        if (!put("\4" + std::string(1, static_cast<char>(body.size())) + body)) return false;
        const std::string welcome = get(2 + 168);
        if (welcome.empty()) return false;
        const std::string nonce = "WELCOME-" + welcome.substr(10, 16), sealed = welcome.substr(26);
        std::string plain(sealed.size() - crypto_box_MACBYTES, '\0');
        if (crypto_box_open_easy(reinterpret_cast<unsigned char*>(plain.data()), bytes(sealed), sealed.size(), bytes(nonce), server_.data(),
                                 short_secret_.data()) != 0)
            return false;
        std::copy_n(bytes(plain), 32, short_server_.begin());
        cookie_ = plain.substr(32);
        return crypto_box_beforenm(shared_.data(), short_server_.data(), short_secret_.data()) == 0;
    }

    bool initiate() {
        const std::string vouch_nonce(16, 'v');
        const std::string vouch = box(text(short_public_) + text(server_), "VOUCH---" + vouch_nonce, short_server_, secret_);
        const std::string metadata = "\x0bSocket-Type" + std::string("\0\0\0\6", 4) + "DEALER";
        const std::string sealed = box(text(public_) + vouch_nonce + vouch + metadata, "CurveZMQINITIATE" + short_nonce(), short_server_, short_secret_);
        const std::string body = "\x08INITIATE" + cookie_ + short_nonce() + sealed;
        ++nonce_;
        std::string size(8, '\0');
        size[6] = static_cast<char>(body.size() >> 8);
        size[7] = static_cast<char>(body.size());
        if (!put("\6" + size + body)) return false;
        const std::string head = get(2);
        return head.size() == 2 && get(static_cast<unsigned char>(head[1])).find("READY") == 1;
    }

    const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const Key server_, public_, secret_;
    Key short_public_{}, short_secret_{}, short_server_{}, shared_{};
    std::string cookie_;
    std::uint64_t nonce_ = 1;
    bool up_ = false;
};

}  // namespace zeromq_test
