#include "bot/store/once_key.hpp"

#include <openssl/sha.h>

#include <array>
#include <bit>
#include <initializer_list>
#include <limits>
#include <string>

namespace nunchi::store {
namespace {

std::int64_t big_endian(const unsigned char* bytes) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | bytes[i];
    return std::bit_cast<std::int64_t>(number);
}

OnceKey key_of(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) {
        joined.append(std::to_string(part.size())).append(":").append(part).append(",");
    }
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
    SHA256(reinterpret_cast<const unsigned char*>(joined.data()), joined.size(), digest.data());
    return {.high = big_endian(digest.data()), .low = big_endian(digest.data() + 8)};
}

}  // namespace

OnceKey handled_key(const chat::MessageRef& ref, std::string_view operation) {
    const auto& [platform, community, channel, thread] = ref.place;
    return key_of({"handled", platform, community, channel, thread, ref.message, operation});
}

OnceKey claim_key(std::string_view key) {
    return key_of({"claim", key});
}

std::int64_t place_id(const chat::Place& place) {
    return key_of({"place", place.platform, place.community, place.channel, place.thread}).high;
}

std::int64_t effect_id(const OnceKey& handled) {
    const std::int64_t id = handled.high & std::numeric_limits<std::int64_t>::max();
    return id == 0 ? 1 : id;
}

}  // namespace nunchi::store
