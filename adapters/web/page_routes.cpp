#include "adapters/web/page_routes.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <string_view>
#include <utility>

#include "adapters/web/phrases.hpp"
#include "adapters/web/same_origin.hpp"

namespace nunchi::web {
namespace {

/// The page loads nothing from elsewhere, runs no inline script and is shown in no frame.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kHeaders{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    // The names carry no version, so the browser asks each time and mostly gets 304.
    {"Cache-Control", "no-cache"},
}};

bool has_current(const net::Request& request, std::string_view etag) {
    const auto known = request.headers.get("If-None-Match");
    return known == "*" || known.find(etag) != std::string_view::npos;
}

boost::asio::awaitable<net::Response> respond(net::Response response) {
    co_return response;
}

}  // namespace

net::Response page_response(const PageFile& file, const net::Request& request) {
    const bool is_known = has_current(request, file.etag);
    auto response = is_known ? net::Response{.status = 304, .headers = {}, .body = {}}
                             : net::make_response(200, file.content_type, std::string(file.content));
    response.headers.set("ETag", std::string(file.etag));
    for (const auto& [name, value] : kHeaders) response.headers.set(name, std::string(value));
    return response;
}

void add_page_routes(net::Router& router, const std::vector<std::string>& allowed_hosts) {
    for (const PageFile& file : page_files()) {
        router.add("GET", std::string(file.path), [&file, allowed_hosts](const net::Request& request) {
            if (is_allowed_host(request.headers.get("Host"), allowed_hosts)) {
                return respond(page_response(file, request));
            }
            return respond(
                net::make_response(403, "text/plain; charset=utf-8", std::string(foreign_host_text())));
        });
    }
}

}  // namespace nunchi::web
