#include "bot/http_api/probes.hpp"

#include <nlohmann/json.hpp>

#include "bot/http_api/api_error.hpp"

namespace nunchi::http_api {
namespace {

using Json = nlohmann::ordered_json;

/// A probe tells of now.
net::Response uncached(net::Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

net::Response livez() {
    return uncached(net::make_response(200, "application/json", R"({"status":"alive"})"));
}

net::Response health(bool has_model) {
    if (!has_model) return uncached(to_response({Refusal::unavailable, "unhealthy"}));
    return uncached(net::Response{});
}

net::Response readyz(const std::vector<ops::Check>& checks) {
    const bool is_ready = ops::all_ok(checks);
    Json body;
    body["status"] = is_ready ? "ready" : "not_ready";
    body["checks"] = Json::array();
    for (const ops::Check& check : checks) {
        Json entry;
        entry["name"] = check.name;
        entry["ok"] = check.is_ok;
        entry["detail"] = check.detail;
        body["checks"].push_back(std::move(entry));
    }
    // A reason may quote a platform, whose bytes need not be UTF-8.
    auto text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return uncached(net::make_response(is_ready ? 200 : 503, "application/json", std::move(text)));
}

}  // namespace nunchi::http_api
