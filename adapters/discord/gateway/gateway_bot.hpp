// The answer of GET /gateway/bot (G1).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "adapters/discord/gateway/identify_budget.hpp"

namespace nunchi::discord::gateway {

struct GatewayBot {
    std::string url;
    int shards = 1;
    StartLimit start_limit;
};

/// Nothing when there is no URL in it; what else is missing gets Discord's usual values (D11).
std::optional<GatewayBot> read_gateway_bot(const nlohmann::json& body);

}  // namespace nunchi::discord::gateway
