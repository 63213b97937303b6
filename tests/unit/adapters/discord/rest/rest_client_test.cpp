#include "adapters/discord/rest/rest_client.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/error.hpp>

#include "adapters/net/error.hpp"
#include "tests/unit/adapters/discord/rest/rest_scene.hpp"
#include "tests/unit/adapters/net/scripted_peer.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

using RestClientTest = RestScene;

TEST_F(RestClientTest, SendsWhatDiscordAsksFor) {
    script_ = [](const net::Request&) { return json_response(200, R"({"id":"7"})"); };

    const auto answer = send(message_to(1));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body["id"], "7");
    ASSERT_EQ(seen_.size(), 1U);
    const net::Request& request = seen_.front().request;
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/api/channels/1/messages");
    EXPECT_EQ(request.headers.get("Authorization"), "Bot the-token");
    EXPECT_EQ(request.headers.get("User-Agent"), "DiscordBot (https://nunchi.example, 1.0)");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(request.body, R"({"content":"words of a person"})");
}

TEST_F(RestClientTest, SendsNoTokenWithInteractions) {
    script_ = [](const net::Request&) { return net::Response{.status = 204, .headers = {}, .body = {}}; };

    const auto answer = send(interaction(interaction_callback("1", "tok")));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204);
    EXPECT_TRUE(answer->body.is_null());
    EXPECT_FALSE(seen_.front().request.headers.contains("Authorization"));
    EXPECT_EQ(seen_.front().request.headers.get("User-Agent"), "DiscordBot (https://nunchi.example, 1.0)");
}

TEST_F(RestClientTest, HandsOnA2xxWhateverItsBodyIs) {
    script_ = [](const net::Request&) { return net::make_response(200, "text/html", "<html>"); };

    const auto answer = send(get(gateway_bot()));

    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->body.is_null());
}

TEST_F(RestClientTest, TellsWhyACallWasRefused) {
    script_ = [](const net::Request&) {
        return json_response(
            400, R"({"code":50035,"message":"words","errors":{"content":{"_errors":[{"code":"LONG"}]}}})");
    };

    const auto answer = send(message_to(1));

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::refused);
    EXPECT_EQ(answer.error().status, 400);
    EXPECT_EQ(answer.error().discord_code, 50035);
    EXPECT_EQ(answer.error().message,
              "POST /channels/{channel}/messages: 400, Discord code 50035 (content: LONG)");
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_THAT(log_.str(), HasSubstr("[error] discord: POST /channels/{channel}/messages: 400"));
}

TEST_F(RestClientTest, NeverRepeatsARefusal) {
    for (const int status : {400, 404, 405, 409, 413, 418}) {
        seen_.clear();
        script_ = [status](const net::Request&) { return json_response(status, R"({"code":404})"); };
        EXPECT_EQ(send(message_to(1)).error().code, errc::refused) << status;
        EXPECT_EQ(seen_.size(), 1U) << status;
    }
}

TEST_F(RestClientTest, FollowsNoRedirect) {
    script_ = [this](const net::Request&) {
        auto response = json_response(307);
        response.headers.set("Location",
                             "http://127.0.0.1:" + std::to_string(server_->port()) + "/api/users/@me");
        return response;
    };

    EXPECT_EQ(send(get(gateway_bot())).error().code, errc::redirected);
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(RestClientTest, RepeatsA5xxAfterAWait) {
    script_ = [this](const net::Request&) { return json_response(seen_.empty() ? 502 : 200); };

    EXPECT_TRUE(send(message_to(1)));

    ASSERT_EQ(seen_.size(), 2U);
    EXPECT_GE(seen_[1].at - seen_[0].at, milliseconds(250));
    EXPECT_EQ(client().counters().retries, 1U);
    EXPECT_EQ(client().counters().server_errors, 1U);
}

TEST_F(RestClientTest, GivesUpAfterThreeRetriesWithGrowingWaits) {
    options_.max_retries = 3;
    script_ = [](const net::Request&) { return json_response(500); };

    const auto answer = send(message_to(1));

    EXPECT_EQ(answer.error().code, errc::server_error);
    EXPECT_EQ(answer.error().status, 500);
    ASSERT_EQ(seen_.size(), 4U);
    EXPECT_GE(seen_[3].at - seen_[2].at, milliseconds(1000));
}

TEST_F(RestClientTest, EndsARequestThatHangs) {
    options_.request_timeout = milliseconds(50);
    options_.max_retries = 0;
    script_ = [](const net::Request&) { return json_response(0); };

    EXPECT_EQ(send(get(gateway_bot())).error().code, net::errc::timed_out);
    EXPECT_EQ(client().counters().unanswered, 1U);
}

TEST_F(RestClientTest, ARequestLivesNoLongerThanItsCall) {
    script_ = [](const net::Request&) { return json_response(0); };
    Call call = interaction(interaction_callback("1", "tok"));
    call.max_age = milliseconds(50);
    const auto start = Clock::now();

    EXPECT_EQ(send(call).error().code, net::errc::timed_out);
    EXPECT_LT(Clock::now() - start, seconds(2));
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(RestClientTest, RefusesARouteThatIsNone) {
    EXPECT_EQ(send(get(create_message("1/../2"))).error().code, errc::bad_route);
    EXPECT_TRUE(seen_.empty());
}

TEST_F(RestClientTest, NeverRepeatsAPostWhoseOutcomeIsUnknown) {
    net::ScriptedPeer peer({[](net::PeerConnection& connection) { connection.read_head(); }});
    options_.base_url = peer.url("");

    EXPECT_EQ(send(message_to(1)).error().code, net::errc::closed);
}

TEST_F(RestClientTest, RepeatsAPostThatDiscordMakesOnce) {
    net::ScriptedPeer peer({[](net::PeerConnection& connection) { connection.read_head(); },
                            net::answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")});
    options_.base_url = peer.url("");
    Call call = message_to(1);
    call.is_repeatable = true;

    EXPECT_TRUE(send(call));
}

TEST_F(RestClientTest, TellsThatNobodyListens) {
    std::uint16_t port = 0;
    {
        const net::ScriptedPeer peer({});
        port = peer.port();
    }
    options_.base_url = "http://127.0.0.1:" + std::to_string(port);

    EXPECT_EQ(send(message_to(1)).error().code, asio::error::connection_refused);
    EXPECT_EQ(client().counters().retries, 1U);
}

TEST_F(RestClientTest, SendsNoTokenInPlainTextBeyondThisMachine) {
    options_.base_url = "http://a.example/api";

    EXPECT_EQ(send(get(gateway_bot())).error().code, net::errc::plain_not_allowed);
    EXPECT_EQ(client().counters().retries, 0U);
}

TEST_F(RestClientTest, CancellationWithdrawsACallThatWaits) {
    script_ = [](const net::Request&) { return json_response(0); };
    asio::cancellation_signal first;
    asio::cancellation_signal second;
    std::vector<boost::system::error_code> ends;
    const auto spawn = [&](asio::cancellation_signal& signal) {
        asio::co_spawn(
            context_, client().send(message_to(1)),
            asio::bind_cancellation_slot(
                signal.slot(), [&](const std::exception_ptr& thrown, outcome<Answer> answer) {
                    ends.push_back(thrown ? asio::error::make_error_code(asio::error::basic_errors::fault)
                                          : answer.error().code);
                }));
    };
    spawn(first);
    spawn(second);
    context_.restart();
    while (seen_.empty()) context_.run_one();
    EXPECT_EQ(client().counters().waiting, 1U);

    second.emit(asio::cancellation_type::terminal);
    while (ends.empty()) context_.run_one();
    EXPECT_EQ(client().counters().waiting, 0U);
    first.emit(asio::cancellation_type::terminal);
    while (ends.size() < 2) context_.run_one();

    EXPECT_EQ(ends[0], asio::error::operation_aborted);
    EXPECT_EQ(ends[1], asio::error::operation_aborted);
    EXPECT_EQ(seen_.size(), 1U);
    // The bucket is free again.
    script_ = [](const net::Request&) { return json_response(200); };
    EXPECT_TRUE(send(message_to(1)));
}

TEST_F(RestClientTest, CancellationOfOneUnderWayLetsTheNextGo) {
    script_ = [this](const net::Request&) { return json_response(seen_.empty() ? 0 : 200); };
    asio::cancellation_signal signal;
    asio::co_spawn(context_, client().send(message_to(1)),
                   asio::bind_cancellation_slot(signal.slot(), [](auto...) {}));
    context_.restart();
    while (seen_.empty()) context_.run_one();
    asio::co_spawn(context_, client().send(message_to(1)),
                   [this](const std::exception_ptr&, outcome<Answer> answer) {
                       EXPECT_TRUE(answer);
                       context_.stop();
                   });
    context_.poll();
    signal.emit(asio::cancellation_type::terminal);

    context_.restart();
    context_.run_for(seconds(10));

    EXPECT_EQ(seen_.size(), 2U);
}

TEST_F(RestClientTest, WritesNeitherTokensNorWordsToTheLog) {
    for (const int status : {400, 401, 403, 404, 429, 500}) {
        script_ = [status](const net::Request&) {
            return json_response(status, R"({"code":50035,"message":"words","retry_after":0})");
        };
        client_.reset();
        Call ordinary = message_to(1);
        ordinary.max_age = milliseconds(300);
        Call exempt = interaction(follow_up("1", "tok"));
        exempt.max_age = milliseconds(300);
        for (const auto& answer : send_all({ordinary, exempt})) {
            EXPECT_THAT(answer.error().message, Not(HasSubstr("words")));
            EXPECT_THAT(answer.error().message, Not(HasSubstr("tok/")));
        }
    }

    EXPECT_THAT(log_.str(), HasSubstr("401"));
    EXPECT_THAT(log_.str(), Not(HasSubstr("the-token")));
    EXPECT_THAT(log_.str(), Not(HasSubstr("words")));
    EXPECT_THAT(log_.str(), Not(HasSubstr("1/tok")));
}

TEST(RestClientLifetime, ClientAndContextMayGoWhileCallsAreUnderWay) {
    std::optional<asio::io_context> context(std::in_place, 1);
    net::ScriptedPeer peer({[](net::PeerConnection& connection) { connection.read_to_end(); }});
    auto http = net::create_http_client(context->get_executor(), {}).value();
    Options options;
    options.base_url = peer.url("");
    auto client =
        create_rest_client(context->get_executor(), options, *http, std::make_shared<spdlog::logger>("none"));
    for (int i = 0; i < 3; ++i) {
        Call call;
        call.route = create_message("1");
        asio::co_spawn(*context, client->send(call), [](auto...) {});
    }
    asio::co_spawn(*context, client->wait_until_unauthorized(), [](auto...) {});
    context->run_for(milliseconds(50));

    client.reset();
    http.reset();
    context.reset();

    SUCCEED();  // the sanitizers watch
}

}  // namespace
}  // namespace nunchi::discord::rest
