// Whether a request to the webhook is Discord's.
#pragma once

#include <chrono>
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <variant>

#include "adapters/discord/interactions/signature.hpp"
#include "adapters/net/http_message.hpp"

namespace nunchi::discord::interactions {

/// Pure. The payload of a request that is; else the response that refuses it: 413 beyond the size, 401 for
/// what is not signed, or not lately (I25, I28), 400 for a signed body that is no JSON. Nothing is parsed
/// before the signature was verified (I24).
std::variant<nlohmann::json, net::Response> examine(const net::Request& request, const Verifier& verifier,
                                                    std::size_t max_body,
                                                    std::chrono::system_clock::time_point now);

net::Response json_response(const nlohmann::json& body);

}  // namespace nunchi::discord::interactions
