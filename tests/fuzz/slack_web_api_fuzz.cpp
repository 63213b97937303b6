// uses: nunchi_slack_web_api
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/slack/web_api/verdict.hpp"

namespace web_api = nunchi::slack::web_api;

/// The first byte is the status, the second the method, the rest of the first line Retry-After; what follows
/// is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto method = static_cast<web_api::Method>(data[1] % web_api::kMethodCount);
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::string_view retry_after = text.substr(0, text.find('\n'));
    nunchi::net::Response response;
    response.status = 200 + data[0] * 2;
    response.headers.set("Retry-After", std::string(retry_after));
    response.body = text.substr(retry_after.size());
    web_api::judge(method, web_api::read_response(method, response));
    return 0;
}
