// The web chat without a model, for browser_test.mjs: the real adapter and the real server with a scripted
// core. Prints its address, then obeys lines on standard input:
//   down      the process dies: connections are cut, what is not durable is forgotten
//   up        another one starts on the same port
//   release   answers what the script kept back
//   stats     prints what is durable as JSON
//   quit
#include <unistd.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/net/http_server.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/web/adapter.hpp"
#include "tests/unit/adapters/web/scripted_core.hpp"

namespace nunchi::web {
namespace {

namespace asio = boost::asio;

class Probe {
public:
    explicit Probe(asio::io_context& io) : io_(io) {}

    asio::awaitable<void> obey() {
        co_await up();
        std::cout << "http://127.0.0.1:" << port_ << std::endl;
        asio::posix::stream_descriptor input(io_, ::dup(0));
        std::string buffer;
        for (;;) {
            const auto [error, size] = co_await asio::async_read_until(
                input, asio::dynamic_buffer(buffer), '\n', asio::as_tuple(asio::use_awaitable));
            if (error) break;
            const std::string line = buffer.substr(0, size - 1);
            buffer.erase(0, size);
            if (line == "quit") break;
            co_await perform(line);
        }
        co_await down();
    }

private:
    asio::awaitable<void> perform(std::string line) {
        if (line == "down") co_await down();
        if (line == "up") co_await up();
        if (line == "release" && core_) core_->release();
        if (line == "stats") print_stats();
        std::cout << "done " << line << std::endl;
    }

    asio::awaitable<void> up() {
        adapter_ = create_web_adapter(io_.get_executor(), {.model_card = [] {
                                          return ModelCard{"scripted", "이 모델은 낱말 몇 개만 압니다."};
                                      }});
        core_.emplace(io_.get_executor(), *adapter_, durable_);
        tasks_.spawn(adapter_->run(*core_));
        net::Router router;
        adapter_->add_routes(router);
        auto server = net::create_http_server(io_.get_executor(), std::move(router), {.port = port_});
        if (!server) throw std::runtime_error(server.error().message());
        server_ = std::move(*server);
        port_ = server_->port();
        co_return;
    }

    asio::awaitable<void> down() {
        if (!server_) co_return;
        adapter_->stop_intake();
        co_await server_->stop(std::chrono::seconds(0));
        server_.reset();
        core_.reset();
        // The adapter stays until the end: what the core had under way still refers to it.
        former_.push_back(std::move(adapter_));
    }

    void print_stats() const {
        int most = 0;
        for (const auto& [id, times] : durable_.classified) most = std::max(most, times);
        std::cout << nlohmann::json{{"handled", durable_.handled.size()},
                                    {"pending", durable_.pending.size()},
                                    {"most_often_classified", most}}
                  << std::endl;
    }

    asio::io_context& io_;
    Durable durable_;
    std::uint16_t port_ = 0;
    std::vector<std::unique_ptr<WebAdapter>> former_;
    std::unique_ptr<WebAdapter> adapter_;
    std::optional<ScriptedCore> core_;
    std::unique_ptr<net::HttpServer> server_;
    net::TaskGroup tasks_{io_.get_executor()};
};

}  // namespace
}  // namespace nunchi::web

int main() {
    try {
        boost::asio::io_context io(1);
        nunchi::web::Probe probe(io);
        boost::asio::co_spawn(io, probe.obey(), [&](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
            io.stop();
        });
        io.run();
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "web_probe: " << error.what() << "\n";
        return EXIT_FAILURE;
    }
}
