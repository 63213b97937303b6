#include "adapters/net/response_head.hpp"

#include <array>
#include <boost/beast/http/status.hpp>
#include <string_view>

#include "adapters/net/ascii.hpp"

namespace nunchi::net {
namespace {

bool is_servers_own(std::string_view name) {
    return equal_ignoring_case(name, "connection") || equal_ignoring_case(name, "content-length") ||
           equal_ignoring_case(name, "transfer-encoding");
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

void append_sendable(std::string& head, std::string_view name, std::string_view value) {
    if (!is_servers_own(name) && is_sendable_header(name, value)) append_header(head, name, value);
}

std::string format_date(std::time_t now) {
    // Not strftime, whose names depend on the locale.
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&now, &utc);
    const auto padded = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::string(kDays.at(static_cast<std::size_t>(utc.tm_wday))) + ", " + padded(utc.tm_mday) + " " +
           kMonths.at(static_cast<std::size_t>(utc.tm_mon)) + " " + std::to_string(utc.tm_year + 1900) + " " +
           padded(utc.tm_hour) + ":" + padded(utc.tm_min) + ":" + padded(utc.tm_sec) + " GMT";
}

/// Formatted once a second.
const std::string& http_date(std::time_t now) {
    thread_local std::time_t formatted = -1;
    thread_local std::string text;
    if (formatted != now) {
        text = format_date(now);
        formatted = now;
    }
    return text;
}

}  // namespace

bool status_has_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

std::string response_head(const Response& response, const Headers& defaults, bool keep_alive,
                          std::time_t now) {
    const auto reason = boost::beast::http::obsolete_reason(
        boost::beast::http::int_to_status(static_cast<unsigned>(response.status)));
    std::string head;
    head.reserve(512);
    head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    head.append(reason.data(), reason.size()).append("\r\n");
    for (const auto& [name, value] : response.headers) append_sendable(head, name, value);
    for (const auto& [name, value] : defaults) {
        if (!response.headers.contains(name)) append_sendable(head, name, value);
    }
    if (!response.headers.contains("Date")) append_header(head, "Date", http_date(now));
    if (status_has_body(response.status)) {
        append_header(head, "Content-Length", std::to_string(response.body.size()));
    }
    append_header(head, "Connection", keep_alive ? "keep-alive" : "close");
    return head.append("\r\n");
}

}  // namespace nunchi::net
