// What follows from the code that the gateway closed a connection with.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/discord/gateway/intents.hpp"

namespace nunchi::discord::gateway {

namespace close_code {
inline constexpr std::uint16_t kNone = 0;  // the connection dropped
inline constexpr std::uint16_t kUnknownError = 4000;
inline constexpr std::uint16_t kAuthenticationFailed = 4004;
inline constexpr std::uint16_t kDisallowedIntents = 4014;
/// Ours: anything but 1000 and 1001, which would end the session (G19, G33).
inline constexpr std::uint16_t kResumable = 4900;
}  // namespace close_code

enum class AfterClose {
    resume,    // the session goes on
    identify,  // the session is gone: a new one
    stop,      // only the operator can mend it
};

struct CloseVerdict {
    AfterClose after = AfterClose::resume;
    bool backs_off = false;     // not at once, even when all was well before
    bool is_our_fault = false;  // something we sent was wrong: worth a line in the log
    bool is_known = true;
};

/// The contract's table 1.6, with D8.
CloseVerdict verdict_of(std::uint16_t code);

/// What the operator is told about a code whose verdict is stop: the cause and what mends it.
std::string stop_reason(std::uint16_t code, Intents intents);

/// The same for kUnknownError again and again in answer to Identify (D4).
std::string refused_identify_reason();

}  // namespace nunchi::discord::gateway
