#include "adapters/discord/rest/discord_error.hpp"

#include <algorithm>
#include <array>

namespace nunchi::discord::rest {
namespace {

struct Entry {
    int code;
    Remedy remedy;
};

constexpr std::array<Entry, 17> kTable{{
    {10003, Remedy::mute_channel},    // unknown channel
    {10008, Remedy::drop},            // unknown message
    {10014, Remedy::report_bug},      // unknown emoji: ours are checked and encoded (R22)
    {10015, Remedy::end_webhook},     // unknown webhook
    {10062, Remedy::end_webhook},     // unknown interaction
    {20016, Remedy::mute_kind},       // slowmode: dropped, never hammered
    {30010, Remedy::drop},            // twenty emoji on the message already (R23)
    {40001, Remedy::stop_the_token},  // unauthorized (D4)
    {40060, Remedy::drop},            // the interaction has its response
    {40062, Remedy::retry_later},     // the resource is being limited
    {50001, Remedy::mute_channel},    // no access
    {50013, Remedy::mute_kind},       // no permission: for this kind of call, another may work
    {50035, Remedy::report_bug},      // invalid body
    {50083, Remedy::drop},            // archived thread
    {90001, Remedy::drop},            // the author has blocked the bot (R23)
    {130000, Remedy::retry_later},    // overloaded
    {160002, Remedy::mute_kind},      // reply without READ_MESSAGE_HISTORY
}};

}  // namespace

Remedy remedy_for(int discord_code) {
    const auto* const found = std::find_if(kTable.begin(), kTable.end(), [discord_code](const Entry& entry) {
        return entry.code == discord_code;
    });
    return found == kTable.end() ? Remedy::by_status : found->remedy;
}

}  // namespace nunchi::discord::rest
