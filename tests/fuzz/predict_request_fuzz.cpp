// uses: nunchi_http_api
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bot/http_api/predict_request.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto request = nunchi::http_api::parse_predict_request(body, 4);
    if (!request) {
        if (request.error().message.empty()) std::abort();
        return 0;
    }
    if (request->texts.empty() || request->texts.size() > 4) std::abort();
    if (!request->is_batch && request->texts.size() != 1) std::abort();
    for (const auto& text : request->texts) {
        if (text.empty()) std::abort();
    }
    return 0;
}
