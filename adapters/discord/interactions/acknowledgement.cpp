#include "adapters/discord/interactions/acknowledgement.hpp"

#include <utility>

namespace nunchi::discord::interactions {
namespace {

constexpr int kAlreadyAcknowledged = 40060;  // I2
constexpr int kGatewayTimeout = 504;

}  // namespace

std::optional<Acknowledged> Acknowledgement::after(int status, int discord_code) {
    if (status >= 200 && status < 300) return Acknowledged::ours;
    if (discord_code == kAlreadyAcknowledged) {
        return is_uncertain_ ? Acknowledged::ours : Acknowledged::by_another;
    }
    const bool is_unknown = status == 0 || status == kGatewayTimeout;
    if (is_unknown && !std::exchange(is_uncertain_, true)) return std::nullopt;
    return Acknowledged::lost;
}

}  // namespace nunchi::discord::interactions
