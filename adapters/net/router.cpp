#include <boost/beast/http/status.hpp>
#include <utility>

#include "adapters/net/routes.hpp"

namespace nunchi::net {
namespace {

std::string allowed_methods(const Router::Routes::Place& place) {
    std::string allowed;
    for (const auto& [method, handler] : place.methods) {
        allowed += (allowed.empty() ? "" : ", ") + method;
        if (method == "GET" && !place.methods.contains("HEAD")) allowed += ", HEAD";
    }
    return allowed;
}

const Handler* find_handler(const Router::Routes::Place& place, std::string_view method) {
    auto found = place.methods.find(method);
    if (found == place.methods.end() && method == "HEAD") found = place.methods.find("GET");
    return found == place.methods.end() ? nullptr : &found->second;
}

Response no_handler(const Router::Routes::Place& place) {
    if (place.methods.empty()) {
        Response response = plain_response(426);
        response.headers.set("Upgrade", "websocket");
        return response;
    }
    Response response = plain_response(405);
    response.headers.set("Allow", allowed_methods(place));
    return response;
}

}  // namespace

Router::Router() : routes_(std::make_unique<Routes>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(std::string method, std::string path, Handler handler) {
    routes_->places[std::move(path)].methods.insert_or_assign(std::move(method), std::move(handler));
}

void Router::add_websocket(std::string path, WebSocketHandler handler,
                           std::function<std::optional<Response>(const Request&)> check) {
    routes_->places[std::move(path)].websocket =
        WebSocketRoute{.handler = std::move(handler), .check = std::move(check)};
}

Route find_route(const Router::Routes& routes, std::string_view method, std::string_view path,
                 bool wants_websocket) {
    const auto found = routes.places.find(path);
    if (found == routes.places.end()) return plain_response(404);
    const Router::Routes::Place& place = found->second;
    if (wants_websocket && place.websocket && method == "GET") return &*place.websocket;
    if (const Handler* handler = find_handler(place, method)) return handler;
    return no_handler(place);
}

Response plain_response(int status) {
    const auto reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(status)));
    return make_response(status, "text/plain; charset=utf-8",
                         std::to_string(status) + " " + std::string(reason.data(), reason.size()) + "\n");
}

}  // namespace nunchi::net
