#include "adapters/net/http_message.hpp"

#include <algorithm>
#include <utility>

#include "adapters/net/ascii.hpp"
#include "adapters/net/percent.hpp"

namespace nunchi::net {
namespace {

/// What RFC 6265 calls cookie-octet. The quotes around a value belong to it.
bool is_cookie_octet(char c) {
    return c > 0x20 && c < 0x7f && c != ',' && c != ';' && c != '\\';
}

/// The part before `separator`, which is taken off `rest` together with it.
std::string_view take_until(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

}  // namespace

bool HeaderLess::operator()(std::string_view left, std::string_view right) const {
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                        [](char a, char b) { return ascii_lower(a) < ascii_lower(b); });
}

void Headers::set(std::string_view name, std::string value) {
    erase(name);
    add(name, std::move(value));
}

void Headers::add(std::string_view name, std::string value) {
    fields_.emplace(std::string(name), std::move(value));
}

void Headers::erase(std::string_view name) {
    const auto [begin, end] = fields_.equal_range(name);
    fields_.erase(begin, end);
}

std::string_view Headers::get(std::string_view name) const {
    // find() may give any of several; the first one added is the first of the range.
    const auto field = fields_.lower_bound(name);
    if (field == fields_.end() || HeaderLess{}(name, field->first)) return {};
    return field->second;
}

bool Headers::contains(std::string_view name) const {
    return fields_.contains(name);
}

bool is_sendable_header(std::string_view name, std::string_view value) {
    const auto is_text = [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    };
    return is_token(name) && std::all_of(value.begin(), value.end(), is_text);
}

std::string Request::query_value(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        std::string_view value = take_until(rest, '&');
        const std::string_view key = take_until(value, '=');
        if (form_decode(key) == name) return form_decode(value).value_or(std::string());
    }
    return {};
}

std::string_view Request::cookie(std::string_view name) const {
    for (const auto& [header, line] : headers) {
        if (!equal_ignoring_case(header, "cookie")) continue;
        std::string_view rest = line;
        while (!rest.empty()) {
            std::string_view value = trimmed(take_until(rest, ';'));
            if (take_until(value, '=') != name) continue;
            return std::all_of(value.begin(), value.end(), is_cookie_octet) ? value : std::string_view();
        }
    }
    return {};
}

Response make_response(int status, std::string_view content_type, std::string body) {
    Response response{.status = status, .headers = {}, .body = std::move(body)};
    response.headers.set("Content-Type", std::string(content_type));
    return response;
}

}  // namespace nunchi::net
