#include "adapters/discord/interactions/webhook_request.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace nunchi::discord::interactions {
namespace {

net::Response refusal(int status, std::string_view reason) {
    return net::make_response(status, "text/plain; charset=utf-8", std::string(reason) + "\n");
}

}  // namespace

std::variant<nlohmann::json, net::Response> examine(const net::Request& request, const Verifier& verifier,
                                                    std::size_t max_body,
                                                    std::chrono::system_clock::time_point now) {
    if (request.body.size() > max_body) return refusal(413, "the body is too large");
    const std::string_view timestamp = request.headers.get("X-Signature-Timestamp");
    const std::string_view signature = request.headers.get("X-Signature-Ed25519");
    const bool is_signed = is_fresh(timestamp, now) && verifier.verify(timestamp, request.body, signature);
    if (!is_signed) return refusal(401, "invalid request signature");
    auto payload = nlohmann::json::parse(request.body, nullptr, false);
    if (!payload.is_object()) return refusal(400, "the body is no interaction");
    return payload;
}

net::Response json_response(const nlohmann::json& body) {
    return net::make_response(200, "application/json",
                              body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace nunchi::discord::interactions
