#include "adapters/discord/interactions/webhook_request.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/adapters/discord/interactions/signing.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr std::size_t kMaxBody = 1000;

class WebhookRequest : public testing::Test {
protected:
    std::variant<json, net::Response> examined(const net::Request& request) const {
        return examine(request, verifier_, kMaxBody, now_);
    }
    /// 0 for a payload.
    int refusal(const net::Request& request) const {
        const auto outcome = examined(request);
        const auto* response = std::get_if<net::Response>(&outcome);
        return response == nullptr ? 0 : response->status;
    }

    std::chrono::system_clock::time_point now_{seconds(1'700'000'000)};
    Verifier verifier_ = Verifier::create(kPublicKey).value();
};

TEST_F(WebhookRequest, OfDiscordIsTaken) {
    const auto outcome = examined(signed_request(R"({"type":1})", now_));
    ASSERT_TRUE(std::holds_alternative<json>(outcome));
    EXPECT_EQ(std::get<json>(outcome), json({{"type", 1}}));
}

TEST_F(WebhookRequest, WithABodyChangedByOneByteIsRefused) {
    auto request = signed_request(R"({"type":1})", now_);
    request.body[8] = '2';
    EXPECT_EQ(refusal(request), 401);
}

TEST_F(WebhookRequest, WithoutEitherHeaderIsRefused) {
    for (const char* header : {"X-Signature-Timestamp", "X-Signature-Ed25519"}) {
        auto request = signed_request(R"({"type":1})", now_);
        request.headers.erase(header);
        EXPECT_EQ(refusal(request), 401) << header;
    }
}

TEST_F(WebhookRequest, WithABadSignatureIsRefused) {
    auto request = signed_request(R"({"type":1})", now_);
    request.headers.set("X-Signature-Ed25519", "not hexadecimal");
    EXPECT_EQ(refusal(request), 401);
    request.headers.set("X-Signature-Ed25519", sign("something else"));
    EXPECT_EQ(refusal(request), 401);
}

TEST_F(WebhookRequest, WithAnotherTimestampIsRefused) {
    auto request = signed_request(R"({"type":1})", now_);
    request.headers.set("X-Signature-Timestamp", "1700000001");
    EXPECT_EQ(refusal(request), 401);
    request.headers.set("X-Signature-Timestamp", "just now");
    request.headers.set("X-Signature-Ed25519", sign(std::string("just now") + request.body));
    EXPECT_EQ(refusal(request), 401);
}

TEST_F(WebhookRequest, ThatIsPlayedAgainLaterIsRefused) {
    const auto request = signed_request(R"({"type":1})", now_);
    now_ += seconds(300);
    EXPECT_EQ(refusal(request), 0);
    now_ += seconds(1);
    EXPECT_EQ(refusal(request), 401);
}

TEST_F(WebhookRequest, BeyondTheSizeIsRefusedSignedOrNot) {
    const std::string most = R"({"type":1,"x":")" + std::string(kMaxBody - 17, 'x') + R"("})";
    ASSERT_EQ(most.size(), kMaxBody);
    EXPECT_EQ(refusal(signed_request(most, now_)), 0);
    EXPECT_EQ(refusal(signed_request(most + " ", now_)), 413);
}

TEST_F(WebhookRequest, ThatIsSignedButNoInteractionIsRefused) {
    for (const char* body : {"", "hello", "[]", "{", "1", "null"}) {
        EXPECT_EQ(refusal(signed_request(body, now_)), 400) << body;
    }
}

}  // namespace
}  // namespace nunchi::discord::interactions
