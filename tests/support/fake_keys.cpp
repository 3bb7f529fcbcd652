// Four 64-bit lanes, each an FNV-1a walk with its own start, finished by a multiply-and-shift mix.
#include "tests/support/fake_keys.hpp"

namespace support {
namespace {

constexpr std::uint64_t fnv_prime = 1'099'511'628'211U;

struct Mixer {
    std::uint64_t lanes[4] = {1, 0x9e3779b97f4a7c15U, 0xc2b2ae3d27d4eb4fU, 0x165667b19e3779f9U};

    void add(std::string_view bytes) {
        for (const char c : bytes)
            for (std::uint64_t& lane : lanes) lane = (lane ^ static_cast<unsigned char>(c)) * fnv_prime;
    }
    void add_size(std::size_t size) {
        for (std::uint64_t& lane : lanes) lane = (lane ^ size) * fnv_prime;
    }
    hub::Digest finish() const {
        hub::Digest digest{};
        for (std::size_t i = 0; i < digest.size(); ++i) {
            std::uint64_t lane = lanes[i / 8];
            lane = (lane ^ lane >> 31) * 0xbf58476d1ce4e5b9U;
            lane ^= lane >> 29;
            digest[i] = static_cast<std::uint8_t>(lane >> (i % 8 * 8));
        }
        return digest;
    }
};

}  // namespace

hub::Digest FakeDigester::digest(std::span<const std::string_view> parts) const {
    Mixer mixer;
    for (const std::string_view part : parts) {
        mixer.add_size(part.size());
        mixer.add(part);
    }
    return mixer.finish();
}

hub::Digest FakeDigester::sha256(std::string_view bytes) const {
    Mixer mixer;
    mixer.add(bytes);
    return mixer.finish();
}

hub::Digest FakeKeyStore::keyed_digest(std::string_view bytes) const {
    Mixer mixer;
    mixer.add("index key");
    mixer.add(bytes);
    return mixer.finish();
}

hub::Sealed FakeKeyStore::seal(std::string_view plain, std::string_view context) {
    return {"key", std::string(context) + '\n' + std::string(plain)};
}

hub::Result<std::string> FakeKeyStore::open(const hub::Sealed& sealed, std::string_view context) const {
    const std::string head = std::string(context) + '\n';
    if (sealed.wrapped_key != "key" || !sealed.ciphertext.starts_with(head)) return hub::Error{hub::Remedy::stop, "does not open", {}, {}, "seal"};
    return sealed.ciphertext.substr(head.size());
}

}  // namespace support
