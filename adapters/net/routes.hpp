// What a Router holds, and how an answer to a request is found in it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "adapters/net/http_server.hpp"

namespace nunchi::net {

struct WebSocketRoute {
    WebSocketHandler handler;
    std::function<std::optional<Response>(const Request&)> check;  // may be empty
};

struct Router::Routes {
    struct Place {
        std::map<std::string, Handler, std::less<>> methods;
        std::optional<WebSocketRoute> websocket;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view path) const { return std::hash<std::string_view>{}(path); }
    };
    std::unordered_map<std::string, Place, Hash, std::equal_to<>> places;
};

/// The pointers are never null and belong to the routes; a Response says why there is no handler.
using Route = std::variant<const Handler*, const WebSocketRoute*, Response>;

Route find_route(const Router::Routes& routes, std::string_view method, std::string_view path,
                 bool wants_websocket);

/// What the server answers by itself: the status and its name as text.
Response plain_response(int status);

}  // namespace nunchi::net
