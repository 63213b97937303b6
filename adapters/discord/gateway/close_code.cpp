#include "adapters/discord/gateway/close_code.hpp"

namespace nunchi::discord::gateway {
namespace {

std::string disallowed_intents_reason(Intents intents) {
    const std::string names = privileged_names(intents);
    return "Discord does not allow this bot the intent " + (names.empty() ? "it asks for" : names) +
           " (close code 4014): turn it on in the developer portal, page Bot, Privileged Gateway Intents, or "
           "use the profile \"mention\", which needs none";
}

}  // namespace

CloseVerdict verdict_of(std::uint16_t code) {
    switch (code) {
        case 1000:
        case 1001: return {.after = AfterClose::identify};
        case 1009:  // what some servers say in place of 4002 (D8)
        case 4001:
        case 4002: return {.after = AfterClose::resume, .is_our_fault = true};
        case 4000: return {.after = AfterClose::resume};
        case 4003:
        case 4007:
        case 4009: return {.after = AfterClose::identify};
        case 4005: return {.after = AfterClose::identify, .is_our_fault = true};
        case 4008: return {.after = AfterClose::resume, .backs_off = true, .is_our_fault = true};
        case 4004:
        case 4010:
        case 4011:
        case 4012:
        case 4013:
        case 4014: return {.after = AfterClose::stop};
        default: return {.after = AfterClose::resume, .is_known = code < 4000};
    }
}

std::string stop_reason(std::uint16_t code, Intents intents) {
    switch (code) {
        case 4004:
            return "Discord refuses the bot's token (close code 4004): copy it again from the developer "
                   "portal, page Bot, and check that it is the token and not the client secret";
        case 4010:
            return "Discord refuses this shard (close code 4010): set the number of shards to auto, or to a "
                   "multiple of the number that Discord recommends";
        case 4011:
            return "the bot is in too many servers for so few shards (close code 4011): set the number of "
                   "shards to auto";
        case 4012: return "Discord refuses this version of its API (close code 4012): update Nunchi";
        case 4013:
            return "Discord does not know the intents " + std::to_string(intents) +
                   " (close code 4013): use the profile \"mention\" or \"auto\"";
        case 4014: return disallowed_intents_reason(intents);
        default: return "Discord closed the connection for good (close code " + std::to_string(code) + ")";
    }
}

std::string refused_identify_reason() {
    return "the gateway closes every login with 4000 (unknown error), as some servers do for a wrong token: "
           "check the bot's token";
}

}  // namespace nunchi::discord::gateway
