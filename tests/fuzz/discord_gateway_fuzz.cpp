// uses: nunchi_discord_gateway
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/discord/gateway/inflater.hpp"
#include "adapters/discord/gateway/link.hpp"
#include "adapters/discord/gateway/stored_session.hpp"

using namespace nunchi::discord::gateway;  // NOLINT(google-build-using-namespace)

namespace {

/// Whatever the server says, a connection survives it.
void speak(Login login, std::string_view text) {
    Link::TimePoint now{};
    Link link(login, {}, 0.5, 1, now);
    for (auto& payload : parse_payloads(text)) {
        if (!payload) continue;
        link.on_inbound();
        link.on_payload(std::move(*payload), now);
        link.on_permit(now);
        now += std::chrono::seconds(1);
        link.on_time(now);
    }
}

}  // namespace

// The first byte tells what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    constexpr std::size_t kLimit = 1024 * 1024;
    switch (data[0] % 5) {
        case 0: speak(Login::identify, bytes); break;
        case 1: speak(Login::resume, bytes); break;
        case 2: (void)create_inflater(Compression::zlib_stream, kLimit)->inflate(bytes); break;
        case 3: (void)create_inflater(Compression::zstd_stream, kLimit)->inflate(bytes); break;
        default: read_stored_session(bytes, 1, std::chrono::system_clock::time_point(std::chrono::hours(1)));
    }
    return 0;
}
