// The receiver behind the HTTP server, as the daemon runs it.
#include <gmock/gmock.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>

#include "adapters/net/http_client.hpp"
#include "adapters/slack/events/receiver.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"
#include "tests/unit/adapters/slack/events/signing.hpp"

namespace nunchi::slack::events {
namespace {

namespace asio = boost::asio;

class ReceiverServer : public testing::Test {
protected:
    ReceiverServer() {
        Options options;
        options.signing_secret = config::Secret(kSecret);
        receiver_ = std::make_unique<Receiver>(
            options,
            [this](Delivery delivery, Reply reply) {
                taken_.push_back(std::move(delivery));
                reply.handled();
            },
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>()));
        net::Router router;
        receiver_->add_routes(router);
        server_ = net::create_http_server(context_.get_executor(), std::move(router), {}).value();
        http_ = net::create_http_client(context_.get_executor(), {}).value();
        url_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/slack/events";
    }
    ~ReceiverServer() override { net::run(context_, server_->stop(std::chrono::milliseconds(0))); }

    net::Response send(net::ClientRequest request) {
        return net::run(context_, http_->send(std::move(request))).value();
    }
    net::ClientRequest request_of(const net::Request& signed_one) const {
        net::ClientRequest request;
        request.method = "POST";
        request.url = url_;
        request.body = signed_one.body;
        for (const auto& [name, value] : signed_one.headers) request.headers.add(name, value);
        return request;
    }

    asio::io_context context_{1};
    std::vector<Delivery> taken_;
    std::unique_ptr<Receiver> receiver_;
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<net::HttpClient> http_;
    std::string url_;
};

TEST_F(ReceiverServer, TakesEventsCommandsAndInteractionsAtOnePath) {
    EXPECT_EQ(send(request_of(signed_json(kMessageEvent))).status, 200);
    EXPECT_EQ(send(request_of(signed_form("command=%2Fnunchi"))).status, 200);
    EXPECT_EQ(send(request_of(signed_form("payload=%7B%7D"))).status, 200);
    ASSERT_EQ(taken_.size(), 3U);
    EXPECT_EQ(taken_[0].payload["event"]["text"], "정말 좋아요");
    EXPECT_EQ(taken_[1].kind, Kind::command);
    EXPECT_EQ(taken_[2].kind, Kind::interaction);
}

TEST_F(ReceiverServer, TakesHeadersInAnyCase) {
    const auto event = signed_json(kMessageEvent);
    net::ClientRequest request;
    request.method = "POST";
    request.url = url_;
    request.body = event.body;
    request.headers.add("content-type", "application/json");
    request.headers.add("x-slack-REQUEST-timestamp",
                        std::string(event.headers.get("X-Slack-Request-Timestamp")));
    request.headers.add("X-SLACK-SIGNATURE", std::string(event.headers.get("X-Slack-Signature")));
    EXPECT_EQ(send(request).status, 200);
}

TEST_F(ReceiverServer, RefusesDuplicatedHeaders) {
    auto event = signed_json(kMessageEvent);
    event.headers.add("X-Slack-Signature", std::string(event.headers.get("X-Slack-Signature")));
    const auto response = send(request_of(event));
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, "");
    EXPECT_TRUE(taken_.empty());
}

TEST_F(ReceiverServer, AnswersSlacksCertificateCheck) {
    net::ClientRequest request;
    request.url = url_ + "?ssl_check=1";
    EXPECT_EQ(send(request).status, 200);
    request.url = url_;
    EXPECT_EQ(send(request).status, 401);
}

TEST_F(ReceiverServer, RefusesWhatIsTooLarge) {
    EXPECT_EQ(send(request_of(signed_json(std::string(1024 * 1024 + 1, ' ')))).status, 413);
    EXPECT_EQ(receiver_->counters().of(Reason::too_large), 1U);
}

}  // namespace
}  // namespace nunchi::slack::events
