#include "adapters/slack/web_api/request.hpp"

#include <string_view>

#include "adapters/slack/web_api/form.hpp"

namespace nunchi::slack::web_api {
namespace {

using nlohmann::json;

std::string_view without_slash(std::string_view url) {
    return url.substr(0, url.find_last_not_of('/') + 1);
}

std::string json_of(const json& arguments) {
    json sent = json::object();
    for (const auto& [name, value] : arguments.items()) {
        if (!value.is_null()) sent[name] = value;
    }
    return sent.dump(-1, ' ', false, json::error_handler_t::replace);
}

void put_arguments(net::ClientRequest& request, const Call& call) {
    const bool has_arguments = !call.arguments.empty();
    switch (traits(call.method).encoding) {
        case Encoding::json:
            request.headers.set("Content-Type", "application/json; charset=utf-8");
            request.body = json_of(call.arguments);
            return;
        case Encoding::form:
            request.headers.set("Content-Type", "application/x-www-form-urlencoded");
            request.body = form_of(call.arguments);
            return;
        case Encoding::query:
            request.method = "GET";
            if (has_arguments) request.url += "?" + form_of(call.arguments);
            return;
        case Encoding::bytes:
            request.headers.set("Content-Type", "application/octet-stream");
            request.body = call.bytes;
            return;
    }
}

}  // namespace

bool is_well_formed(const Call& call) {
    const bool needs_url = traits(call.method).has_url;
    return call.arguments.is_object() && needs_url != call.url.empty();
}

net::ClientRequest request_of(const Origin& origin, const Call& call,
                              std::chrono::steady_clock::duration timeout) {
    const MethodTraits& method = traits(call.method);
    net::ClientRequest request;
    request.method = "POST";
    request.url = method.has_url
                      ? call.url
                      : std::string(without_slash(origin.base_url)) + "/" + std::string(method.name);
    request.timeout = timeout;
    if (!origin.user_agent.empty()) request.headers.set("User-Agent", origin.user_agent);
    const bool has_token = !method.has_url && !call.caller.token.empty();
    if (has_token) request.headers.set("Authorization", "Bearer " + call.caller.token.reveal());
    put_arguments(request, call);
    return request;
}

}  // namespace nunchi::slack::web_api
