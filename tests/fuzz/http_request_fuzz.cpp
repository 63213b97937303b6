// uses: nunchi_net
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/net/http_message.hpp"
#include "adapters/net/request_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto target = nunchi::net::parse_request_target(text);
    if (target) {
        if (!target->path.starts_with('/') || target->path.find('\0') != std::string::npos) std::abort();
        if ((target->path + "/").find("/../") != std::string::npos) std::abort();
    }
    nunchi::net::Request request;
    request.query = text;
    request.headers.add("Cookie", std::string(text));
    request.query_value("a");
    if (request.cookie("a").find_first_of("; ,\r\n") != std::string_view::npos) std::abort();
    return 0;
}
