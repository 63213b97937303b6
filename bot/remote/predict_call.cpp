#include "bot/remote/predict_call.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

namespace nunchi::remote {
namespace {

constexpr std::size_t kMaxTextBytes = 16 * 1024;

/// The text's beginning, cut between two code points.
std::string_view beginning(std::string_view text) {
    if (text.size() <= kMaxTextBytes) return text;
    std::size_t end = kMaxTextBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

std::uint32_t number_in(const net::Headers& headers, std::string_view name) {
    const std::string_view text = headers.get(name);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace

Verdict verdict_on(int status) {
    switch (status) {
        case 200: return Verdict::answered;
        case 400:
        case 422: return Verdict::refused;
        case 401:
        case 403: return Verdict::not_allowed;
        case 413: return Verdict::too_large;
        case 429: return Verdict::overloaded;
        case 502:
        case 503:
        case 504: return Verdict::unavailable;
        default: return Verdict::failed;
    }
}

std::string predict_body(const std::vector<std::string>& texts) {
    nlohmann::ordered_json body;
    body["inputs"] = nlohmann::ordered_json::array();
    for (const std::string& text : texts) {
        body["inputs"].push_back(nlohmann::ordered_json::array({beginning(text)}));
    }
    body["truncate"] = true;
    return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

api::Timings timings_of(const net::Headers& headers) {
    using std::chrono::milliseconds;
    return {.tokenization = milliseconds(number_in(headers, "x-tokenization-time")),
            .queue = milliseconds(number_in(headers, "x-queue-time")),
            .inference = milliseconds(number_in(headers, "x-inference-time"))};
}

std::size_t mean_token_count(const net::Headers& headers, std::size_t texts) {
    return (number_in(headers, "x-compute-tokens") + texts - 1) / texts;
}

}  // namespace nunchi::remote
