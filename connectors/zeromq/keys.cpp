#include "connectors/zeromq/keys.hpp"

#include <zmq.h>

#include <array>
#include <set>

namespace connectors::zeromq {
namespace {

constexpr std::size_t key_characters = 40;
constexpr std::size_t key_size_bytes = 32;

hub::Error bad_key(const std::string& whose) {
    return {hub::Remedy::stop, whose + " is not a CURVE key", "", "a key has 40 characters of Z85, as zmq_curve_keypair makes them", "TG-Z001"};
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

hub::Result<std::string> key_bytes(const std::string& z85) {
    std::array<std::uint8_t, key_size_bytes> bytes{};
    if (z85.size() != key_characters || z85.find('\0') != std::string::npos || zmq_z85_decode(bytes.data(), z85.c_str()) == nullptr)
        return bad_key("the text");
    return std::string(bytes.begin(), bytes.end());
}

hub::Result<KeyPair> key_pair(const std::string& secret_text) {
    KeyPair pair;
    pair.secret_key = trimmed(secret_text);
    std::array<char, key_characters + 1> derived{};
    if (!key_bytes(pair.secret_key) || zmq_curve_public(derived.data(), pair.secret_key.c_str()) != 0)
        return bad_key("the content of secret_key_file");
    pair.public_key.assign(derived.data(), key_characters);
    return pair;
}

hub::Result<Clients> read_clients(const std::vector<std::string>& lines) {
    Clients clients;
    std::set<std::string> names;
    for (const std::string& line : lines) {
        const std::string text = trimmed(line);
        const auto space = text.find_first_of(" \t");
        const std::string name = text.substr(0, space);
        const auto bytes = key_bytes(space == std::string::npos ? "" : trimmed(text.substr(space)));
        if (name.empty() || !bytes) return bad_key("what stands after the client's name '" + name + "'");
        if (!names.insert(name).second || !clients.emplace(*bytes, name).second)
            return hub::Error{hub::Remedy::stop, "the client '" + name + "' or its key stands twice", "", "one key belongs to one name", "TG-Z002"};
    }
    if (clients.empty()) return hub::Error{hub::Remedy::stop, "no client is named, so nobody could connect", "", "add a line: name and public key", "TG-Z003"};
    return clients;
}

}  // namespace connectors::zeromq
