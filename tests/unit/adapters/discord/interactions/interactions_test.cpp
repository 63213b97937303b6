#include "adapters/discord/interactions/interactions.hpp"

#include <gmock/gmock.h>

#include "adapters/discord/interactions/error.hpp"
#include "tests/unit/adapters/discord/interactions/interactions_scene.hpp"
#include "tests/unit/adapters/discord/interactions/payloads.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

std::string id_of(const json& data) {
    return data["id"];
}

json original_message(json author = {{"id", "301"}}) {
    return {{"id", "400"}, {"content", "정말 좋아요"}, {"author", std::move(author)}};
}

TEST_F(InteractionsScene, AcknowledgesBeforeItDelivers) {
    const json data = payloads::emotion("정말 좋아요");
    std::size_t calls_before = 0;
    inbox_.on_event = [&] { calls_before = rest_.calls.size(); };
    take(data);
    ASSERT_EQ(inbox_.events.size(), 1U);
    EXPECT_EQ(calls_before, 1U);
    EXPECT_THAT(rest_.paths(), ElementsAre("POST /interactions/" + id_of(data) + "/the-token/callback"));
    EXPECT_EQ(rest_.calls[0].body, json::parse(R"({"type":5,"data":{"flags":64}})"));
    EXPECT_EQ(rest_.calls[0].lane, rest::Lane::interaction);
    EXPECT_GT(rest_.calls[0].max_age, std::chrono::milliseconds(2500));
    EXPECT_LE(rest_.calls[0].max_age, std::chrono::seconds(3));
}

TEST_F(InteractionsScene, DeliversTheCommandWithItsPlace) {
    json data = payloads::emotion("정말 좋아요");
    data["channel"] = {{"id", "200"}, {"type", 11}, {"parent_id", "150"}};
    data["locale"] = "en-US";
    data["member"]["permissions"] = "8";
    take(data);
    const auto& invoked = event<chat::CommandInvoked>();
    EXPECT_EQ(invoked.ref, (chat::MessageRef{{"discord", "100", "150", "200"}, id_of(data)}));
    EXPECT_EQ(invoked.invoker.id, "300");
    EXPECT_TRUE(invoked.invoker.is_admin);
    EXPECT_EQ(invoked.locale, chat::Locale::english);
    EXPECT_EQ(std::get<chat::ReadText>(invoked.command).text, "정말 좋아요");
}

TEST_F(InteractionsScene, DeliversADuplicateOnce) {
    const json data = payloads::command("help");
    take(data);
    take(data);
    EXPECT_EQ(inbox_.events.size(), 1U);
    EXPECT_EQ(rest_.calls.size(), 1U);
    EXPECT_EQ(interactions().counters().duplicates, 1U);
    EXPECT_EQ(interactions().counters().taken, 1U);
}

TEST_F(InteractionsScene, AnswersByEditingTheFirstResponse) {
    const json data = payloads::command("help");
    take(data);
    EXPECT_TRUE(interactions().knows(id_of(data)));
    const json message{{"content", "@everyone"}, {"allowed_mentions", {{"parse", {"everyone"}}}}};
    EXPECT_TRUE(answer(id_of(data), message));
    ASSERT_EQ(rest_.calls.size(), 2U);
    const auto& call = rest_.calls[1];
    EXPECT_EQ(call.route.method + " " + call.route.path, "PATCH /webhooks/900/the-token/messages/@original");
    EXPECT_EQ(call.body, json::parse(R"({"content":"@everyone","allowed_mentions":{"parse":[]}})"));
    EXPECT_EQ(call.lane, rest::Lane::interaction);
    EXPECT_EQ(interactions().counters().answered, 1U);
}

TEST_F(InteractionsScene, AnswersForTheRegisteredApplicationWhereTheInteractionNamesNone) {
    net::run(context_, interactions().register_commands("901"));
    json data = payloads::command("help");
    data.erase("application_id");
    take(data);
    EXPECT_TRUE(answer(id_of(data), {{"content", "x"}}));
    EXPECT_THAT(rest_.calls.back().route.path, HasSubstr("/webhooks/901/"));
}

TEST_F(InteractionsScene, KnowsNothingOfOtherInteractions) {
    EXPECT_FALSE(interactions().knows("1"));
    EXPECT_EQ(answer("1", {{"content", "x"}}).error(), errc::unknown_interaction);
    EXPECT_TRUE(rest_.calls.empty());
}

TEST_F(InteractionsScene, LosesAnInteractionWhoseTokenIsDead) {
    rest_.script = [](const rest::Call&) { return failure(404, 10062); };
    const json data = payloads::emotion("정말 좋아요");
    take(data);
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_EQ(rest_.calls.size(), 1U);
    EXPECT_EQ(interactions().counters().lost, 1U);
    EXPECT_EQ(answer(id_of(data), {{"content", "x"}}).error(), errc::not_acknowledged);
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(InteractionsScene, LeavesToAnotherWhatItAcknowledgedFirst) {
    rest_.script = [](const rest::Call&) { return failure(400, 40060); };
    take(payloads::emotion("정말 좋아요"));
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_EQ(interactions().counters().duplicates, 1U);
}

TEST_F(InteractionsScene, AcknowledgesOnceMoreWhenTheConnectionBroke) {
    rest_.script = [this](const rest::Call&) -> rest::outcome<rest::Answer> {
        if (rest_.calls.size() == 1) return failure(0, 0, asio::error::connection_reset);
        return rest::Answer{};
    };
    take(payloads::command("help"));
    EXPECT_EQ(rest_.calls.size(), 2U);
    EXPECT_EQ(inbox_.events.size(), 1U);
}

TEST_F(InteractionsScene, SendsNoFirstResponseAfterThreeSeconds) {
    take(payloads::command("help"));  // tells what is fresh
    json data = payloads::command("help");
    data["id"] = payloads::new_id(std::chrono::seconds(4));
    take(data);
    EXPECT_EQ(rest_.calls.size(), 1U);
    EXPECT_EQ(inbox_.events.size(), 1U);
    EXPECT_EQ(interactions().counters().late, 1U);
}

TEST_F(InteractionsScene, WaitsForAFirstResponseOnlyAsLongAsTheThreeSecondsLast) {
    take(payloads::command("help"));
    json data = payloads::command("help");
    data["id"] = payloads::new_id(std::chrono::milliseconds(2950));
    rest_.wait = std::chrono::milliseconds(100);  // a request that hangs
    rest_.script = [](const rest::Call&) { return failure(0, 0, rest::errc::too_old); };
    take(data);
    EXPECT_EQ(rest_.calls.size(), 2U);
    EXPECT_LE(rest_.calls.back().max_age, std::chrono::milliseconds(100));
    EXPECT_EQ(interactions().counters().late, 1U);
}

TEST_F(InteractionsScene, ShowsAnAnswerThatFailedNowhereElse) {
    const json data = payloads::command("help");
    take(data);
    rest_.script = [](const rest::Call&) { return failure(404, 10015); };
    EXPECT_EQ(answer(id_of(data), {{"content", "비밀"}}).error(), rest::make_error_code(rest::errc::refused));
    EXPECT_EQ(rest_.calls.size(), 2U);
    EXPECT_EQ(interactions().counters().unanswered, 1U);
    EXPECT_THAT(log_.str(), testing::Not(HasSubstr("비밀")));
    EXPECT_THAT(log_.str(), testing::Not(HasSubstr("the-token")));
}

TEST_F(InteractionsScene, ReadsTheTextOfAWhyAfterTheAcknowledgement) {
    rest_.script = [](const rest::Call& call) {
        return call.route.method == "GET" ? rest::Answer{200, original_message()} : rest::Answer{};
    };
    const json data = payloads::button("why:400");
    take(data);
    EXPECT_THAT(rest_.paths(), ElementsAre("POST /interactions/" + id_of(data) + "/the-token/callback",
                                           "GET /channels/200/messages/400"));
    EXPECT_EQ(rest_.calls[0].body["type"], 5);
    EXPECT_EQ(rest_.calls[1].lane, rest::Lane::ordinary);
    const auto& question = event<chat::ExplanationRequested>();
    EXPECT_EQ(question.ref, (chat::MessageRef{{"discord", "100", "200", ""}, id_of(data)}));
    EXPECT_EQ(question.author, "301");
    EXPECT_EQ(question.text, "정말 좋아요");
    EXPECT_EQ(question.locale, chat::Locale::korean);
}

TEST_F(InteractionsScene, ReadsTheTextOfAWhyInItsThread) {
    rest_.script = [](const rest::Call& call) {
        return call.route.method == "GET" ? rest::Answer{200, original_message()} : rest::Answer{};
    };
    json data = payloads::button("why:400");
    data["channel"] = {{"id", "200"}, {"type", 11}, {"parent_id", "150"}};
    take(data);
    EXPECT_EQ(rest_.calls[1].route.path, "/channels/200/messages/400");
    EXPECT_EQ(event<chat::ExplanationRequested>().ref.place, (chat::Place{"discord", "100", "150", "200"}));
}

TEST_F(InteractionsScene, SaysWhenTheMessageOfAWhyIsGone) {
    rest_.script = [](const rest::Call& call) -> rest::outcome<rest::Answer> {
        if (call.route.method == "GET") return failure(404, 10008);
        return rest::Answer{};
    };
    take(payloads::button("why:400"));
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_THAT(shown(), ElementsAre("원래 메시지가 지워져서 설명할 수 없어요."));
}

TEST_F(InteractionsScene, SaysWhenTheMessageOfAWhyCannotBeRead) {
    rest_.script = [](const rest::Call& call) -> rest::outcome<rest::Answer> {
        if (call.route.method == "GET") return failure(403, 50001);
        return rest::Answer{};
    };
    json data = payloads::button("why:400");
    data["locale"] = "en-US";
    take(data);
    EXPECT_THAT(shown(),
                ElementsAre("I cannot fetch the original message right now. Please try again in a moment."));
}

TEST_F(InteractionsScene, SaysWhenTheMessageOfAWhyIsEmptyOrABots) {
    json message = original_message();
    rest_.script = [&](const rest::Call& call) {
        return call.route.method == "GET" ? rest::Answer{200, message} : rest::Answer{};
    };
    message["content"] = "";
    take(payloads::button("why:400"));
    message = original_message({{"id", "1"}, {"bot", true}});
    take(payloads::button("why:400"));
    message = "no object";
    take(payloads::button("why:400"));
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_THAT(shown(),
                ElementsAre("이 메시지에는 읽을 수 있는 글이 없어요.", "봇이 쓴 메시지는 읽지 않아요.",
                            "이 메시지에는 읽을 수 있는 글이 없어요."));
}

TEST_F(InteractionsScene, AnswersObjectionsWithASentence) {
    take(payloads::message_menu({{"content", "x"}, {"author", {{"id", "1"}, {"bot", true}}}}));
    take(payloads::message_menu({{"content", ""}, {"author", {{"id", "1"}}}}));
    take(payloads::button("why:999"));
    take(payloads::interaction(5, {{"custom_id", "form"}}));
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_THAT(shown(),
                ElementsAre("봇이 쓴 메시지는 읽지 않아요.", "이 메시지에는 읽을 수 있는 글이 없어요.",
                            "지금은 없는 명령이에요. 디스코드를 새로 고친 뒤 다시 해 주세요.",
                            "지금은 없는 명령이에요. 디스코드를 새로 고친 뒤 다시 해 주세요."));
}

TEST_F(InteractionsScene, CompletesNoOption) {
    take(payloads::interaction(4, {{"name", "emotion"}}));
    ASSERT_EQ(rest_.calls.size(), 1U);
    EXPECT_EQ(rest_.calls[0].body, json::parse(R"({"type":8,"data":{"choices":[]}})"));
    EXPECT_TRUE(inbox_.events.empty());
}

TEST_F(InteractionsScene, CountsWhatIsNoInteraction) {
    for (const json& odd : {json(), json("x"), json({{"type", 2}}), json({{"type", 1}})}) take(odd);
    EXPECT_TRUE(rest_.calls.empty());
    EXPECT_EQ(interactions().counters().malformed, 4U);
}

TEST_F(InteractionsScene, TakesNothingAfterTheIntakeStopped) {
    interactions().stop_intake();
    take(payloads::command("help"));
    EXPECT_TRUE(rest_.calls.empty());
    EXPECT_TRUE(inbox_.events.empty());
}

TEST_F(InteractionsScene, TellsWhoAskedWhileTheIntakeStopped) {
    const json data = payloads::command("help");
    rest_.script = [this](const rest::Call&) {
        interactions().stop_intake();
        return rest::Answer{};
    };
    take(data);
    EXPECT_TRUE(inbox_.events.empty());
    EXPECT_THAT(shown(), ElementsAre("다시 시작하는 중이에요. 잠시 뒤에 다시 해 주세요."));
}

TEST_F(InteractionsScene, StillAnswersAfterTheIntakeStopped) {
    const json data = payloads::command("help");
    take(data);
    interactions().stop_intake();
    EXPECT_TRUE(answer(id_of(data), {{"content", "도움말"}}));
    EXPECT_THAT(shown(), ElementsAre("도움말"));
}

TEST_F(InteractionsScene, MayGoWhileSomethingIsUnderWay) {
    rest_.wait = std::chrono::milliseconds(50);
    interactions().take(payloads::command("help"), inbox_);
    context_.restart();
    context_.run_for(std::chrono::milliseconds(5));
    ASSERT_EQ(rest_.calls.size(), 1U);
    interactions_.reset();
    settle();
    EXPECT_TRUE(inbox_.events.empty());
}

}  // namespace
}  // namespace nunchi::discord::interactions
