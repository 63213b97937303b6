#include "adapters/slack/events/receiver.hpp"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "adapters/net/routes.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"
#include "tests/unit/adapters/slack/events/signing.hpp"

namespace nunchi::slack::events {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using std::chrono::milliseconds;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class ReceiverTest : public testing::Test {
protected:
    ReceiverTest() {
        options_.signing_secret = config::Secret(kSecret);
        options_.ack_at_latest = milliseconds(100);
    }

    Receiver& receiver() {
        if (!receiver_) {
            const auto take = [this](Delivery delivery, Reply reply) {
                on_delivery_(std::move(delivery), std::move(reply));
            };
            receiver_ = std::make_unique<Receiver>(options_, take, logger_);
            receiver_->add_routes(router_);
        }
        return *receiver_;
    }

    asio::awaitable<net::Response> serve(net::Request request) {
        receiver();
        const auto route = net::find_route(router_.routes(), request.method, options_.path, false);
        return (*std::get<const net::Handler*>(route))(std::move(request));
    }
    net::Response post(net::Request request) { return net::run(context_, serve(std::move(request))); }
    net::Response post_event() { return post(signed_json(kMessageEvent)); }

    void keep_replies() {
        on_delivery_ = [this](Delivery, Reply reply) { replies_.push_back(std::move(reply)); };
    }
    void after(milliseconds wait, std::function<void()> act) {
        timer_.expires_after(wait);
        timer_.async_wait([act = std::move(act)](boost::system::error_code) { act(); });
    }

    asio::io_context context_{1};
    asio::steady_timer timer_{context_};
    Options options_;
    Handler on_delivery_ = [](Delivery, Reply reply) { reply.handled(); };
    std::vector<Reply> replies_;
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_, true));
    net::Router router_;
    std::unique_ptr<Receiver> receiver_;
};

TEST_F(ReceiverTest, DoesNotStartWithoutASigningSecret) {
    options_.signing_secret = {};
    EXPECT_THROW(receiver(), std::invalid_argument);
}

TEST_F(ReceiverTest, AcknowledgesWhatWasHandledAtOnce) {
    const auto response = post_event();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(receiver().counters().events, 1U);
    EXPECT_EQ(receiver().counters().handled, 1U);
    EXPECT_EQ(receiver().counters().of(RetryReason::none), 1U);
}

TEST_F(ReceiverTest, HandsOnWhatSlackSent) {
    json payload;
    on_delivery_ = [&](Delivery delivery, Reply reply) {
        payload = std::move(delivery.payload);
        reply.handled();
    };
    post_event();
    EXPECT_EQ(payload["event"]["ts"], "1595926230.009600");
}

TEST_F(ReceiverTest, WaitsForTheHandling) {
    keep_replies();
    options_.ack_at_latest = std::chrono::seconds(5);
    after(milliseconds(50), [this] { replies_.front().handled(); });
    const auto start = Clock::now();
    EXPECT_EQ(post_event().status, 200);
    EXPECT_GE(Clock::now() - start, milliseconds(50));
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(2));
    EXPECT_EQ(receiver().counters().handled, 1U);
}

TEST_F(ReceiverTest, AcknowledgesBeforeTheHandlingWhenThatTakesTooLong) {
    keep_replies();
    const auto start = Clock::now();
    EXPECT_EQ(post_event().status, 200);
    EXPECT_GE(Clock::now() - start, milliseconds(100));
    EXPECT_EQ(receiver().counters().acked_early, 1U);
    replies_.front().handled();
    replies_.clear();
    EXPECT_EQ(receiver().counters().handled, 0U) << "it was answered already";
}

TEST_F(ReceiverTest, LetsSlackDeliverAgainWhatWasNotHandled) {
    on_delivery_ = [](Delivery, const Reply&) {};
    const auto response = post_event();
    EXPECT_EQ(response.status, 503);
    EXPECT_FALSE(response.headers.contains("X-Slack-No-Retry"));
    EXPECT_EQ(receiver().counters().not_handled, 1U);
}

TEST_F(ReceiverTest, KeepsTheRequestOpenAsLongAsACopyOfTheReplyLives) {
    on_delivery_ = [this](Delivery, const Reply& reply) { replies_.assign(2, reply); };
    after(milliseconds(20), [this] {
        replies_.pop_back();
        replies_.front().handled();
        replies_.clear();
    });
    EXPECT_EQ(post_event().status, 200);
}

TEST_F(ReceiverTest, AnswersACommandWithABody) {
    on_delivery_ = [](Delivery, Reply reply) {
        reply.handled({{"response_type", "ephemeral"}, {"text", "행복"}});
    };
    const auto response = post(signed_form("command=%2Fnunchi"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(response.body)["text"], "행복");
    EXPECT_EQ(receiver().counters().commands, 1U);
}

TEST_F(ReceiverTest, TellsThatTheAppIsNotInstalledThere) {
    on_delivery_ = [](Delivery, Reply reply) { reply.unknown_team(); };
    EXPECT_EQ(post_event().status, 401);
    EXPECT_EQ(receiver().counters().unknown_team, 1U);
}

TEST_F(ReceiverTest, CountsTheFirstAnswerOnly) {
    on_delivery_ = [](Delivery, Reply reply) {
        reply.handled();
        reply.unknown_team();
    };
    EXPECT_EQ(post_event().status, 200);
}

TEST_F(ReceiverTest, AsksSlackToComeAgainWhenTooMuchIsOpen) {
    options_.max_open = 1;
    keep_replies();
    int first = 0;
    asio::co_spawn(
        context_, serve(signed_json(kMessageEvent)),
        [&](const std::exception_ptr&, const net::Response& response) { first = response.status; });
    const auto second = post_event();
    EXPECT_EQ(second.status, 503);
    EXPECT_FALSE(second.headers.contains("X-Slack-No-Retry"));
    EXPECT_EQ(receiver().counters().overloaded, 1U);
    on_delivery_ = [](Delivery, Reply reply) { reply.handled(); };
    EXPECT_EQ(post(signed_form("command=%2Fnunchi")).status, 200) << "a command holds no place";
    context_.restart();
    context_.run_for(std::chrono::seconds(2));
    EXPECT_EQ(first, 200);
    EXPECT_EQ(post_event().status, 200) << "the place is free again";
}

TEST_F(ReceiverTest, HandsOnNothingWhenItsIntakeHasStopped) {
    receiver().stop_intake();
    EXPECT_EQ(post_event().status, 503);
    EXPECT_EQ(receiver().counters().events, 0U);
    EXPECT_EQ(post(signed_json(R"({"type":"url_verification","challenge":"c"})")).status, 200);
}

TEST_F(ReceiverTest, MayGoBeforeItsRoutes) {
    receiver();
    auto serving = serve(signed_json(kMessageEvent));
    receiver_.reset();
    EXPECT_EQ(net::run(context_, std::move(serving)).status, 503);
}

TEST_F(ReceiverTest, CountsNoAckThatWasCancelled) {
    keep_replies();
    asio::cancellation_signal cancel;
    asio::co_spawn(
        context_, serve(signed_json(kMessageEvent)),
        asio::bind_cancellation_slot(cancel.slot(), [](const std::exception_ptr&, const net::Response&) {}));
    after(milliseconds(20), [&] { cancel.emit(asio::cancellation_type::terminal); });
    context_.restart();
    context_.run_for(std::chrono::seconds(2));
    EXPECT_EQ(receiver().counters().acked_early, 0U);
    EXPECT_EQ(receiver().counters().not_handled, 1U);
}

TEST_F(ReceiverTest, RepliesMayOutliveEverything) {
    {
        asio::io_context short_lived;
        keep_replies();
        asio::co_spawn(short_lived, serve(signed_json(kMessageEvent)),
                       [](const std::exception_ptr&, const net::Response&) {});
        short_lived.run_for(milliseconds(10));
        ASSERT_EQ(replies_.size(), 1U);
    }
    replies_.front().handled();
    replies_.clear();
    Reply().handled();
}

TEST_F(ReceiverTest, CountsRetriesByTheirReason) {
    for (const char* reason : {"http_timeout", "too_many_redirects", "connection_failed", "ssl_error",
                               "http_error", "unknown_error", "new_in_2030"}) {
        auto request = signed_json(kMessageEvent);
        request.headers.set("X-Slack-Retry-Num", "1");
        request.headers.set("X-Slack-Retry-Reason", reason);
        EXPECT_EQ(post(std::move(request)).status, 200);
    }
    const Counters counters = receiver().counters();
    for (std::size_t i = 1; i < kRetryReasonCount; ++i) EXPECT_EQ(counters.by_retry_reason[i], 1U);
}

TEST_F(ReceiverTest, LogsThatSlackHoldsEventsBack) {
    EXPECT_EQ(post(signed_json(R"({"type":"app_rate_limited","team_id":"T1"})")).status, 200);
    EXPECT_EQ(receiver().counters().of(Reason::events_limited), 1U);
    EXPECT_THAT(log_.str(), HasSubstr("app_rate_limited"));
}

TEST_F(ReceiverTest, LogsNothingOfTheBody) {
    post(signed_json("정말 좋아요"));
    post_event();
    EXPECT_THAT(log_.str(), HasSubstr("could not be read"));
    EXPECT_THAT(log_.str(), testing::Not(HasSubstr("좋아요")));
}

}  // namespace
}  // namespace nunchi::slack::events
