#include "adapters/net/incoming_request.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/net/ascii.hpp"
#include "adapters/net/request_target.hpp"

namespace nunchi::net {

namespace http = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

/// Nothing when all is well. A coding that we do not undo would hide where the request ends.
std::optional<Refusal> objection(const BeastRequest& parsed) {
    const auto hosts = parsed.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && parsed.version() == 11)) return Refusal{400};
    if (const auto codings = parsed.count(http::field::transfer_encoding)) {
        if (parsed.version() < 11 || codings > 1) return Refusal{400};
        if (!equal_ignoring_case(view(parsed[http::field::transfer_encoding]), "chunked"))
            return Refusal{501};
    }
    if (parsed.count(http::field::expect) > 0 && parsed.version() == 11 && !expects_continue(parsed)) {
        return Refusal{417};
    }
    return std::nullopt;
}

}  // namespace

std::variant<Request, Refusal> make_request(const BeastRequest& parsed, const std::string& remote_address) {
    if (const auto refusal = objection(parsed)) return *refusal;
    std::optional<RequestTarget> target = parse_request_target(view(parsed.target()));
    if (!target) return Refusal{400};
    Request request;
    request.method = view(parsed.method_string());
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.remote_address = remote_address;
    for (const auto& field : parsed)
        request.headers.add(view(field.name_string()), std::string(view(field.value())));
    return request;
}

bool expects_continue(const BeastRequest& parsed) {
    return parsed.version() == 11 && equal_ignoring_case(view(parsed[http::field::expect]), "100-continue");
}

bool wants_websocket(const BeastRequest& parsed) {
    return http::token_list(parsed[http::field::upgrade]).exists("websocket");
}

bool is_clients_mistake(const boost::system::error_code& error) {
    return error.category() == http::make_error_code(http::error::bad_field).category();
}

int refusal_status(const boost::system::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
    if (error == http::error::body_limit) return 413;
    return 400;
}

}  // namespace nunchi::net
