// uses: nunchi_net
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/net/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto url = nunchi::net::parse_url(text)) {
        // Nothing in it can end a line of a request, and what was read means the same when it is read again.
        const auto again = nunchi::net::parse_url((url->is_secure ? "https://" : "http://") +
                                                  url->authority() + url->target);
        if (!again || again->host != url->host || again->port != url->port || again->target != url->target)
            std::abort();
        if (url->target.find_first_of("\r\n ") != std::string::npos ||
            url->host.find('@') != std::string::npos)
            std::abort();
    }
    if (const auto proxy = nunchi::net::parse_proxy(text)) {
        if (proxy->port == 0 || proxy->host.empty()) std::abort();
        if (proxy->authorization.find_first_of("\r\n") != std::string::npos) std::abort();
    }
    return 0;
}
