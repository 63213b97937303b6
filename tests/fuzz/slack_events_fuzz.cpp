// uses: nunchi_slack_events OpenSSL::Crypto
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/slack/events/examine.hpp"
#include "tests/unit/adapters/slack/events/signing.hpp"

namespace events = nunchi::slack::events;

/// The first byte says what the body is; the rest is the body, signed as Slack would, or else the signature.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static auto verifier = events::Verifier::create(nunchi::config::Secret(events::kSecret)).value();
    static const events::Rules rules{.app_id = "A1"};
    if (size == 0) return 0;
    const std::chrono::system_clock::time_point now{std::chrono::seconds(1'700'000'000)};
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    auto request = data[0] % 2 == 0 ? events::signed_json(text, now) : events::signed_form(text, now);
    if (data[0] % 3 == 0) request.headers.set("X-Slack-Signature", text);
    events::examine(request, verifier, rules, now);
    return 0;
}
