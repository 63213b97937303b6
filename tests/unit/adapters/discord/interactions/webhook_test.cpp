#include <gmock/gmock.h>

#include "tests/unit/adapters/discord/interactions/interactions_scene.hpp"
#include "tests/unit/adapters/discord/interactions/payloads.hpp"
#include "tests/unit/adapters/discord/interactions/signing.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;
using std::chrono::system_clock;
using testing::ElementsAre;

const json kDeferral = json::parse(R"({"type":5,"data":{"flags":64}})");

class Webhook : public InteractionsScene {
protected:
    Webhook() {
        options_.public_key = kPublicKey;
        options_.webhook_settle = std::chrono::milliseconds(30);
    }

    net::Response post(net::Request request) {
        if (!handler_) handler_ = interactions().endpoint([this] { return is_stopped_ ? nullptr : &inbox_; });
        return net::run(context_, handler_(std::move(request)));
    }
    net::Response post(const json& payload) {
        return post(signed_request(payload.dump(), system_clock::now()));
    }

    bool is_stopped_ = false;
    net::Handler handler_;
};

TEST_F(Webhook, AnswersAPing) {
    const auto response = post(json{{"type", 1}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(response.body), json({{"type", 1}}));
    is_stopped_ = true;
    EXPECT_EQ(post(json{{"type", 1}}).status, 200);
}

TEST_F(Webhook, DefersInTheResponseAndPostsNoCallback) {
    const json data = payloads::emotion("정말 좋아요");
    const auto response = post(data);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(response.body), kDeferral);
    settle();
    EXPECT_TRUE(rest_.calls.empty());
    const auto& invoked = event<chat::CommandInvoked>();
    EXPECT_EQ(invoked.ref.message, data["id"]);
    EXPECT_EQ(std::get<chat::ReadText>(invoked.command).text, "정말 좋아요");
}

TEST_F(Webhook, LetsNoAnswerOvertakeItsResponse) {
    const json data = payloads::emotion("정말 좋아요");
    const auto before = std::chrono::steady_clock::now();
    post(data);
    EXPECT_TRUE(answer(data["id"], {{"content", "행복"}}));
    EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(30));
    EXPECT_THAT(shown(), ElementsAre("행복"));
}

TEST_F(Webhook, DeliversAReplayedRequestOnce) {
    const auto request = signed_request(payloads::command("help").dump(), system_clock::now());
    EXPECT_EQ(json::parse(post(request).body), kDeferral);
    EXPECT_EQ(json::parse(post(request).body), kDeferral);
    settle();
    EXPECT_EQ(inbox_.events.size(), 1U);
    EXPECT_EQ(interactions().counters().duplicates, 1U);
}

TEST_F(Webhook, RefusesWhatDiscordDidNotSign) {
    auto request = signed_request(payloads::command("help").dump(), system_clock::now());
    request.headers.set("X-Signature-Ed25519", std::string(128, '0'));
    EXPECT_EQ(post(request).status, 401);
    settle();
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_EQ(interactions().counters().refused, 1U);
}

TEST_F(Webhook, RefusesAnOversizedBody) {
    options_.max_body_bytes = 100;
    EXPECT_EQ(post(payloads::command("help")).status, 413);
}

TEST_F(Webhook, RefusesASignedBodyThatIsNoInteraction) {
    EXPECT_EQ(post(json{{"type", 2}}).status, 400);
    EXPECT_EQ(interactions().counters().malformed, 1U);
}

TEST_F(Webhook, RefusesEverythingWithoutAPublicKey) {
    options_.public_key = "not a key";
    EXPECT_EQ(post(json{{"type", 1}}).status, 401);
    EXPECT_THAT(log_.str(), testing::HasSubstr("discord.public_key: expected 64 hexadecimal digits"));
}

TEST_F(Webhook, IsUnavailableWhileNothingIsTaken) {
    is_stopped_ = true;
    const json data = payloads::command("help");
    EXPECT_EQ(post(data).status, 503);
    is_stopped_ = false;
    EXPECT_EQ(post(data).status, 200);
    interactions().stop_intake();
    EXPECT_EQ(post(payloads::command("help")).status, 503);
    settle();
    EXPECT_EQ(inbox_.events.size(), 1U);
}

TEST_F(Webhook, DoesNotDeferWhatIsLate) {
    post(payloads::command("help"));
    json data = payloads::command("help");
    data["id"] = payloads::new_id(std::chrono::seconds(4));
    EXPECT_EQ(post(data).status, 503);
    EXPECT_EQ(interactions().counters().late, 1U);
}

TEST_F(Webhook, CompletesNoOption) {
    const auto response = post(payloads::interaction(4, {{"name", "emotion"}}));
    EXPECT_EQ(json::parse(response.body), json::parse(R"({"type":8,"data":{"choices":[]}})"));
}

TEST_F(Webhook, SaysWhatIsWrongAfterItsResponse) {
    post(payloads::command("gone"));
    settle();
    EXPECT_THAT(shown(), ElementsAre("지금은 없는 명령이에요. 디스코드를 새로 고친 뒤 다시 해 주세요."));
}

TEST_F(Webhook, OutlivesItsInteractions) {
    post(json{{"type", 1}});
    interactions_.reset();
    EXPECT_EQ(
        net::run(context_, handler_(signed_request(payloads::command("help").dump(), system_clock::now())))
            .status,
        503);
}

}  // namespace
}  // namespace nunchi::discord::interactions
