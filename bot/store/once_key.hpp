// Short names for things of any length: 16 bytes stand for what may happen once. Private to this folder.
//
// A busy bot remembers millions of handled messages, so a row holds the first 16 bytes of a SHA-256 in place
// of six texts. 128 bits do not collide by accident, and nobody can make them collide.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/chat/ids.hpp"

namespace nunchi::store {

/// The first 16 bytes of the SHA-256 of the parts, each written as "<bytes>:<part>,": two big-endian numbers
/// with a sign, as both databases have them.
struct OnceKey {
    std::int64_t high = 0;
    std::int64_t low = 0;

    bool operator==(const OnceKey&) const = default;
};

/// Parts: "handled", platform, community, channel, thread, message, operation.
OnceKey handled_key(const chat::MessageRef& ref, std::string_view operation);

/// Parts: "claim", key.
OnceKey claim_key(std::string_view key);

/// Parts: "place", platform, community, channel, thread; the first eight bytes.
std::int64_t place_id(const chat::Place& place);

/// The effect of a handled message: the key's first 63 bits, and never 0.
std::int64_t effect_id(const OnceKey& handled);

}  // namespace nunchi::store
