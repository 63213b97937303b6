// uses: nunchi_discord_rest
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/discord/rest/routes.hpp"
#include "adapters/discord/rest/verdict.hpp"

namespace rest = nunchi::discord::rest;

/// The first line is the status, the next are the values of the headers, the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest_of_input(reinterpret_cast<const char*>(data), size);
    const auto line = [&rest_of_input] {
        const std::string_view text = rest_of_input.substr(0, rest_of_input.find('\n'));
        rest_of_input.remove_prefix(text.size() < rest_of_input.size() ? text.size() + 1 : text.size());
        return text;
    };
    nunchi::net::Response response;
    const std::string_view status = line();
    response.status = status.empty() ? 429 : 200 + static_cast<unsigned char>(status.front()) * 2;
    for (const char* name :
         {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset-After", "X-RateLimit-Scope",
          "X-RateLimit-Global", "X-RateLimit-Bucket", "Retry-After"}) {
        response.headers.set(name, std::string(line()));
    }
    rest::put_reaction("1", "2", rest_of_input);
    rest::follow_up("1", rest_of_input);
    response.body = rest_of_input;
    const rest::Reading reading = rest::read_response(response);
    rest::judge(reading, rest::Lane::ordinary);
    return 0;
}
