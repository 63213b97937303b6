// One address of the REST API, with what its rate limit depends on.
#pragma once

#include <string>

namespace nunchi::discord::rest {

/// Made by the functions of routes.hpp only, so that no id reaches a path unescaped.
struct Route {
    std::string method;   // "POST"
    std::string pattern;  // "/channels/{channel}/messages": equal for all channels
    std::string major;  // the top-level resource: channel, guild, or webhook id with its token; may be empty
    std::string path;   // "/channels/123/messages?limit=5", below the base URL, percent-encoded
};

}  // namespace nunchi::discord::rest
