#include "adapters/net/request_head.hpp"

#include <algorithm>
#include <array>

#include "adapters/net/ascii.hpp"

namespace nunchi::net {
namespace {

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

/// Whether the length is told even when it is 0 (RFC 9110, section 8.6).
bool tells_length(const ClientRequest& request) {
    return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
           request.method == "PATCH";
}

}  // namespace

bool is_clients_own_header(std::string_view name) {
    constexpr std::array<std::string_view, 10> kOwn{
        "host",    "connection", "content-length",      "transfer-encoding", "te",
        "upgrade", "expect",     "proxy-authorization", "proxy-connection",  "keep-alive"};
    return std::any_of(kOwn.begin(), kOwn.end(),
                       [name](std::string_view own) { return equal_ignoring_case(own, name); });
}

boost::system::error_code check_sendable(const std::string& method, const Headers& headers) {
    if (!is_token(method)) return errc::bad_request;
    const bool are_sendable = std::all_of(headers.begin(), headers.end(), [](const auto& header) {
        return is_sendable_header(header.first, header.second);
    });
    return are_sendable ? boost::system::error_code() : make_error_code(errc::bad_request);
}

std::string request_head(const ClientRequest& request, const Url& url, const HeadOptions& options) {
    std::string head;
    head.reserve(512);
    head.append(request.method).append(" ");
    if (options.names_whole_url) head.append("http://").append(url.authority());
    head.append(url.target).append(" HTTP/1.1\r\n");
    append_header(head, "Host", url.authority());
    for (const auto& [name, value] : request.headers) {
        if (!is_clients_own_header(name)) append_header(head, name, value);
    }
    if (!request.headers.contains("User-Agent") && !options.user_agent.empty()) {
        append_header(head, "User-Agent", options.user_agent);
    }
    if (!request.headers.contains("Accept")) append_header(head, "Accept", "*/*");
    if (!options.proxy_authorization.empty())
        append_header(head, "Proxy-Authorization", options.proxy_authorization);
    if (tells_length(request)) append_header(head, "Content-Length", std::to_string(request.body.size()));
    return head.append("\r\n");
}

}  // namespace nunchi::net
