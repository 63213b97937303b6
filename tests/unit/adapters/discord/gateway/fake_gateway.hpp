// Discord's gateway by script, on a real WebSocket of loopback.
#pragma once

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/gateway/options.hpp"
#include "adapters/net/http_server.hpp"
#include "tests/unit/adapters/discord/gateway/deflater.hpp"

namespace nunchi::discord::gateway {

/// One thing that the server does with a connection.
struct ScriptStep {
    enum class Kind {
        say,     // a payload
        raw,     // these bytes, as a binary frame
        expect,  // reads until a payload with this op; heartbeats are acknowledged meanwhile
        close,   // with this code
        drop,    // without a goodbye
        stay,    // acknowledges heartbeats until the client leaves
        mute,    // neither reads nor writes any more
    };
    Kind kind = Kind::say;
    nlohmann::json payload{};
    std::string bytes{};
    int number = 0;
};
using Script = std::vector<ScriptStep>;

inline ScriptStep say(nlohmann::json payload) {
    return {.kind = ScriptStep::Kind::say, .payload = std::move(payload)};
}
inline ScriptStep say_raw(std::string bytes) {
    return {.kind = ScriptStep::Kind::raw, .bytes = std::move(bytes)};
}
inline ScriptStep hello(int interval = 60'000) {
    return say({{"op", 10}, {"d", {{"heartbeat_interval", interval}}}, {"s", nullptr}, {"t", nullptr}});
}
inline ScriptStep dispatch(std::string type, int sequence, nlohmann::json data = nlohmann::json::object()) {
    return say({{"op", 0}, {"s", sequence}, {"t", std::move(type)}, {"d", std::move(data)}});
}
inline ScriptStep message(int sequence) {
    return dispatch("MESSAGE_CREATE", sequence, {{"id", std::to_string(sequence)}});
}
inline ScriptStep expect(int op) {
    return {.kind = ScriptStep::Kind::expect, .number = op};
}
inline ScriptStep close_with(int code) {
    return {.kind = ScriptStep::Kind::close, .number = code};
}
inline ScriptStep drop() {
    return {.kind = ScriptStep::Kind::drop};
}
inline ScriptStep stay() {
    return {.kind = ScriptStep::Kind::stay};
}
inline ScriptStep mute() {
    return {.kind = ScriptStep::Kind::mute};
}

/// Plays one script for each connection; what comes beyond them is left without a word.
class FakeGateway {
public:
    struct Visit {
        std::string query;
        std::string user_agent;
        std::vector<nlohmann::json> heard;
        std::uint16_t close_code = 0;  // the client's
        bool has_ended = false;
    };

    explicit FakeGateway(boost::asio::io_context& io, Compression compression = Compression::none)
        : io_(io), compression_(compression) {
        net::Router router;
        router.add_websocket("/", [this](net::Request request, std::unique_ptr<net::WebSocket> socket) {
            return serve(std::move(request), std::move(socket));
        });
        server_ = net::create_http_server(io.get_executor(), std::move(router), {}).value();
    }

    std::string url() const { return "ws://127.0.0.1:" + std::to_string(server_->port()); }

    void expect_visit(Script script) { scripts_.push_back(std::move(script)); }

    /// The first payload of this op that came in on the connection of this number.
    std::optional<nlohmann::json> heard(std::size_t visit, int op) const {
        if (visit >= visits.size()) return std::nullopt;
        for (const auto& payload : visits[visit]->heard) {
            if (payload["op"] == op) return payload["d"];
        }
        return std::nullopt;
    }

    /// Cuts every connection, and waits for the scripts to end.
    void shut_down() {
        // In the context: cancelling coroutines from outside of it may reach them after their end.
        boost::asio::post(io_, [this] { server_.reset(); });
        const auto all_ended = [this] {
            return !server_ && std::all_of(visits.begin(), visits.end(),
                                           [](const auto& visit) { return visit->has_ended; });
        };
        while (!all_ended()) {
            io_.restart();
            io_.run_one();
        }
    }

    std::vector<std::shared_ptr<Visit>> visits;

private:
    struct Line {
        std::unique_ptr<net::WebSocket> socket;
        std::unique_ptr<ZlibDeflater> zlib;
        std::unique_ptr<ZstdDeflater> zstd;
        std::shared_ptr<Visit> visit;
    };

    boost::asio::awaitable<void> serve(net::Request request, std::unique_ptr<net::WebSocket> socket) {
        Line line{.socket = std::move(socket),
                  .zlib = std::make_unique<ZlibDeflater>(),
                  .zstd = std::make_unique<ZstdDeflater>(),
                  .visit = std::make_shared<Visit>()};
        line.visit->query = request.query;
        line.visit->user_agent = std::string(request.headers.get("User-Agent"));
        visits.push_back(line.visit);
        const Script script = visits.size() <= scripts_.size() ? scripts_[visits.size() - 1] : Script{mute()};
        for (const ScriptStep& step : script) {
            const bool goes_on = co_await play(&line, step);
            if (!goes_on) break;
        }
        line.visit->close_code = line.socket->close_code();
        line.visit->has_ended = true;
    }

    boost::asio::awaitable<bool> play(Line* line, ScriptStep step) {
        switch (step.kind) {
            case ScriptStep::Kind::say: co_return co_await send(line, step.payload.dump());
            case ScriptStep::Kind::raw: {
                net::Frame frame = net::binary_frame(step.bytes);
                const auto sent = co_await line->socket->write(std::move(frame));
                co_return sent.has_value();
            }
            case ScriptStep::Kind::expect: co_return co_await listen(line, step.number);
            case ScriptStep::Kind::stay: co_return co_await listen(line, -1);
            case ScriptStep::Kind::close: {
                const std::string reason;
                co_await line->socket->close(static_cast<std::uint16_t>(step.number), reason);
                co_return false;
            }
            case ScriptStep::Kind::drop: co_return false;
            case ScriptStep::Kind::mute: break;
        }
        boost::asio::steady_timer timer(io_, std::chrono::minutes(1));
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        co_return false;
    }

    boost::asio::awaitable<bool> listen(Line* line, int op) {
        for (;;) {
            const auto frame = co_await line->socket->read();
            if (!frame) co_return false;
            const auto payload = nlohmann::json::parse(frame->payload);
            line->visit->heard.push_back(payload);
            if (payload["op"] == 1) {
                std::string beat = R"({"op":11,"d":null,"s":null,"t":null})";
                const bool sent = co_await send(line, std::move(beat));
                if (!sent) co_return false;
            }
            if (payload["op"] == op) co_return true;
        }
    }

    boost::asio::awaitable<bool> send(Line* line, std::string text) {
        net::Frame frame = net::text_frame(text);
        if (compression_ == Compression::zlib_stream) frame = net::binary_frame(line->zlib->deflate(text));
        if (compression_ == Compression::zstd_stream) frame = net::binary_frame(line->zstd->deflate(text));
        const auto sent = co_await line->socket->write(std::move(frame));
        co_return sent.has_value();
    }

    boost::asio::io_context& io_;
    Compression compression_;
    std::vector<Script> scripts_;
    std::unique_ptr<net::HttpServer> server_;
};

}  // namespace nunchi::discord::gateway
