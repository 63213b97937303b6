// Discord's side of the benchmark discord_latency: a gateway and a REST API that cost next to nothing, so
// that the bot is measured and not a fake in Python. It times the way from a dispatch to the request that
// answers it.
//
//   discord_latency MODEL_FOLDER
//
// Prints its port and obeys lines on stdin, each with one line: `wait` answers when a bot is ready, `bot` and
// `classifier`, followed by SEED MESSAGES PER_SECOND, answer with a JSON list of milliseconds. The same seed
// means the same arrivals and texts.
#include "adapters/net/http_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "bench/arrivals.hpp"
#include "bot/app/local_model.hpp"

namespace {

namespace asio = boost::asio;
namespace bench = nunchi::bench;
namespace net = nunchi::net;
using nlohmann::json;

constexpr std::string_view kBot = "900000000000000001";
constexpr std::string_view kGuild = "900000000000000002";
constexpr std::uint64_t kFirstChannel = 900000000000000100;
constexpr std::uint64_t kChannels = 16;
// Ids tell the time: these are of the middle of 2026.
constexpr std::uint64_t kFirstMessage = 1'500'000'000'000'000'000;

json user_json() {
    return {{"id", kBot},
            {"username", "bench"},
            {"discriminator", "0"},
            {"global_name", nullptr},
            {"avatar", nullptr},
            {"bot", true},
            {"flags", 0}};
}

json application_json() {
    return {{"id", kBot}, {"flags", 1 << 19}, {"name", "bench"}, {"description", ""}};
}

json guild_json() {
    json channels = json::array();
    for (std::uint64_t i = 0; i < kChannels; ++i) {
        channels.push_back({{"id", std::to_string(kFirstChannel + i)},
                            {"type", 0},
                            {"name", "channel" + std::to_string(i)},
                            {"position", i},
                            {"permission_overwrites", json::array()}});
    }
    const json role{{"id", kGuild},         {"name", "@everyone"}, {"color", 0},
                    {"hoist", false},       {"position", 0},       {"managed", false},
                    {"mentionable", false}, {"permissions", "8"},  {"flags", 0}};
    const json member{{"user", user_json()}, {"roles", json::array()}, {"joined_at", "2026-01-01T00:00:00Z"},
                      {"deaf", false},       {"mute", false},          {"flags", 0}};
    return {{"id", kGuild},
            {"name", "bench"},
            {"owner_id", "900000000000000003"},
            {"roles", {role}},
            {"channels", std::move(channels)},
            {"members", {member}},
            {"member_count", 2},
            {"threads", json::array()},
            {"emojis", json::array()},
            {"stickers", json::array()},
            {"presences", json::array()},
            {"voice_states", json::array()},
            {"stage_instances", json::array()},
            {"guild_scheduled_events", json::array()},
            {"features", json::array()},
            {"afk_timeout", 300},
            {"system_channel_flags", 0},
            {"verification_level", 0},
            {"explicit_content_filter", 0},
            {"default_message_notifications", 0},
            {"mfa_level", 0},
            {"nsfw_level", 0},
            {"premium_tier", 0},
            {"premium_progress_bar_enabled", false},
            {"preferred_locale", "ko"},
            {"large", false},
            {"unavailable", false},
            {"joined_at", "2026-01-01T00:00:00Z"}};
}

json message_json(std::string_view id, std::string_view channel, const json& author, std::string text) {
    return {{"id", id},
            {"channel_id", channel},
            {"type", 0},
            {"author", author},
            {"content", std::move(text)},
            {"timestamp", "2026-06-01T00:00:00.000000+00:00"},
            {"edited_timestamp", nullptr},
            {"tts", false},
            {"mention_everyone", false},
            {"mentions", json::array()},
            {"mention_roles", json::array()},
            {"attachments", json::array()},
            {"embeds", json::array()},
            {"pinned", false}};
}

net::Response answer(const json& body) {
    return net::make_response(200, "application/json", body.dump());
}

class Discord {
public:
    explicit Discord(asio::any_io_executor executor) : executor_(std::move(executor)) {
        auto created = net::create_http_server(executor_, make_router(), {});
        if (!created) throw std::runtime_error("cannot listen: " + created.error().message());
        server_ = std::move(*created);
    }

    std::uint16_t port() const { return server_->port(); }

    asio::awaitable<void> wait_for_bot() {
        while (!socket_) co_await pause(std::chrono::milliseconds(20));
        co_await pause(std::chrono::milliseconds(500));  // what a bot does after it has logged in
    }

    /// Mentions arrive; the milliseconds until each is answered, those that are not within 5 seconds left
    /// out.
    asio::awaitable<std::vector<double>> load(bench::Load load) {
        times_.clear();
        sent_.clear();
        bench::Arrivals arrivals(executor_, load);
        for (std::uint64_t i = 0; i < load.messages && socket_; ++i) {
            auto text = mention(load.first + i);
            auto frame = net::text_frame(std::move(text));
            co_await arrivals.next();
            sent_[std::to_string(kFirstMessage + load.first + i)] = bench::Clock::now();
            const auto written = co_await socket_->write(std::move(frame));
            if (!written) break;
        }
        const auto end = bench::Clock::now() + std::chrono::seconds(5);
        while (times_.size() < sent_.size() && bench::Clock::now() < end) {
            co_await pause(std::chrono::milliseconds(5));
        }
        co_return times_;
    }

    asio::awaitable<void> stop() { co_await server_->stop(std::chrono::seconds(1)); }

private:
    net::Router make_router() {
        net::Router router;
        const std::string api = "/api/v10";
        router.add("GET", api + "/gateway/bot", [this](net::Request) -> asio::awaitable<net::Response> {
            const json limit{
                {"total", 1000}, {"remaining", 999}, {"reset_after", 3'600'000}, {"max_concurrency", 1}};
            const json body{{"url", address()}, {"shards", 1}, {"session_start_limit", limit}};
            co_return answer(body);
        });
        const auto constant = [&](const char* method, const std::string& path, json body) {
            router.add(method, api + path,
                       [body](net::Request) -> asio::awaitable<net::Response> { co_return answer(body); });
        };
        constant("GET", "/users/@me", user_json());
        constant("GET", "/applications/@me", application_json());
        constant("GET", "/oauth2/applications/@me", application_json());
        const std::string commands = "/applications/" + std::string(kBot) + "/commands";
        constant("GET", commands, json::array());
        constant("PUT", commands, json::array());
        for (std::uint64_t i = 0; i < kChannels; ++i) {
            const auto channel = std::to_string(kFirstChannel + i);
            router.add("POST", api + "/channels/" + channel + "/messages",
                       [this, channel](net::Request request) -> asio::awaitable<net::Response> {
                           co_return take_answer(channel, request);
                       });
        }
        router.add_websocket(
            "/", [this](net::Request, std::unique_ptr<net::WebSocket> socket) -> asio::awaitable<void> {
                co_await talk(*socket);
            });
        return router;
    }

    std::string address() const { return "ws://127.0.0.1:" + std::to_string(port()); }

    net::Response take_answer(const std::string& channel, const net::Request& request) {
        const auto now = bench::Clock::now();
        const auto body = json::parse(request.body);
        const auto id = body.at("message_reference").at("message_id").get<std::string>();
        if (const auto sent = sent_.find(id); sent != sent_.end()) {
            times_.push_back(std::chrono::duration<double, std::milli>(now - sent->second).count());
        }
        auto response = answer(message_json(std::to_string(++answer_id_), channel, user_json(), "answer"));
        response.headers.set("X-RateLimit-Bucket", "messages");
        response.headers.set("X-RateLimit-Limit", "100000");
        response.headers.set("X-RateLimit-Remaining", "99999");
        response.headers.set("X-RateLimit-Reset-After", "1.0");
        response.headers.set("X-RateLimit-Reset", "4000000000.0");
        return response;
    }

    asio::awaitable<void> talk(net::WebSocket& socket) {
        const json hello{{"op", 10}, {"d", {{"heartbeat_interval", 41250}}}};
        const json beat{{"op", 11}};
        co_await send(socket, hello.dump());
        while (true) {
            const auto frame = co_await socket.read();
            if (!frame) break;
            const auto op = json::parse(frame->payload).at("op").get<int>();
            if (op == 1) co_await send(socket, beat.dump());
            if (op == 2) {
                std::string ready = payload("READY", ready_json());
                co_await send(socket, std::move(ready));
                std::string guild = payload("GUILD_CREATE", guild_json());
                co_await send(socket, std::move(guild));
                socket_ = &socket;
            }
        }
        socket_ = nullptr;
    }

    json ready_json() const {
        return {{"v", 10},
                {"user", user_json()},
                {"guilds", {{{"id", kGuild}, {"unavailable", true}}}},
                {"session_id", "bench"},
                {"resume_gateway_url", address()},
                {"application", {{"id", kBot}, {"flags", 1 << 19}}}};
    }

    std::string mention(std::uint64_t number) {
        const json author{{"id", std::to_string(800000000000000000 + number % 64)},
                          {"username", "somebody"},
                          {"discriminator", "0"},
                          {"global_name", nullptr},
                          {"avatar", nullptr}};
        auto message = message_json(std::to_string(kFirstMessage + number),
                                    std::to_string(kFirstChannel + number % kChannels), author,
                                    "<@" + std::string(kBot) + "> " + bench::sentence(number));
        message["guild_id"] = kGuild;
        message["mentions"] = {user_json()};
        message["member"] = {{"roles", json::array()}, {"joined_at", "2026-01-01T00:00:00Z"}, {"flags", 0}};
        return payload("MESSAGE_CREATE", std::move(message));
    }

    std::string payload(const char* event, json data) {
        return json{{"op", 0}, {"s", ++sequence_}, {"t", event}, {"d", std::move(data)}}.dump();
    }

    asio::awaitable<void> send(net::WebSocket& socket, std::string text) {
        auto frame = net::text_frame(std::move(text));
        co_await socket.write(std::move(frame));
    }

    asio::awaitable<void> pause(std::chrono::milliseconds time) {
        asio::steady_timer timer(executor_, time);
        co_await timer.async_wait(asio::use_awaitable);
    }

    asio::any_io_executor executor_;
    std::unique_ptr<net::HttpServer> server_;
    net::WebSocket* socket_ = nullptr;  // of the bot that is logged in
    std::uint64_t sequence_ = 0;
    std::uint64_t answer_id_ = kFirstMessage + 100'000'000;
    std::unordered_map<std::string, bench::Clock::time_point> sent_;
    std::vector<double> times_;
};

asio::awaitable<void> obey(asio::io_context& context, Discord& discord, nunchi::api::Classifier& classifier) {
    asio::posix::stream_descriptor input(context, 0);
    std::string buffer;
    while (true) {
        const auto [error, length] = co_await asio::async_read_until(
            input, asio::dynamic_buffer(buffer), '\n', asio::as_tuple(asio::use_awaitable));
        if (error) break;
        std::istringstream line(buffer.substr(0, length));
        buffer.erase(0, length);
        std::string command;
        bench::Load load;
        line >> command >> load.seed >> load.messages >> load.per_second;
        load.first = load.seed * 100'000;
        std::vector<double> times;
        if (command == "wait") co_await discord.wait_for_bot();
        if (command == "bot") times = co_await discord.load(load);
        if (command == "classifier") {
            co_await bench::load_classifier(context.get_executor(), classifier, load, times);
        }
        std::cout << json(times).dump() << std::endl;
    }
    co_await discord.stop();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: discord_latency MODEL_FOLDER\n";
        return 64;
    }
    nunchi::config::ClassifierSettings settings;
    settings.model = argv[1];
    auto local = nunchi::bot::load_local_model(settings, {},
                                               [](const std::string& error) { std::cerr << error << "\n"; });
    if (!local) {
        std::cerr << local.error().message << "\n";
        return 1;
    }
    asio::io_context context{1};
    Discord discord(context.get_executor());
    std::cout << discord.port() << std::endl;
    asio::co_spawn(context, obey(context, discord, *local->classifier), [&](std::exception_ptr failure) {
        context.stop();
        if (failure) std::rethrow_exception(failure);
    });
    context.run();
    return 0;
}
