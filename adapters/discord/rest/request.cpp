#include "adapters/discord/rest/request.hpp"

namespace nunchi::discord::rest {
namespace {

std::string_view without_slash(std::string_view url) {
    return url.substr(0, url.find_last_not_of('/') + 1);
}

std::string name_of(const Call& call) {
    return call.route.method + " " + call.route.pattern;
}

}  // namespace

net::ClientRequest request_of(const Origin& origin, const Call& call,
                              std::chrono::steady_clock::duration timeout) {
    net::ClientRequest request;
    request.method = call.route.method;
    request.url = std::string(without_slash(origin.base_url)) + call.route.path;
    request.timeout = timeout;
    if (!origin.user_agent.empty()) request.headers.set("User-Agent", origin.user_agent);
    if (call.lane == Lane::ordinary) request.headers.set("Authorization", "Bot " + origin.token.reveal());
    if (call.body.is_null()) return request;
    request.headers.set("Content-Type", "application/json");
    request.body = call.body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return request;
}

std::string describe(const Call& call, const Reading& reading) {
    std::string text = name_of(call) + ": " + std::to_string(reading.status);
    if (reading.error.code != 0) text += ", Discord code " + std::to_string(reading.error.code);
    if (!reading.error.details.empty()) text += " (" + reading.error.details + ")";
    return text;
}

std::string describe(const Call& call, boost::system::error_code error) {
    return name_of(call) + ": " + error.message();
}

}  // namespace nunchi::discord::rest
