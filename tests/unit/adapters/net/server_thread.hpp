// A server on a thread of its own, so that tests can speak to it with plain blocking sockets.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "adapters/net/http_server.hpp"

namespace nunchi::net {

class ServerThread {
public:
    explicit ServerThread(Router router, ServerOptions options = {})
        : server_(create_http_server(context_.get_executor(), std::move(router), std::move(options)).value()),
          thread_([this] { context_.run(); }) {}

    ~ServerThread() {
        if (!has_stopped_) stop(std::chrono::milliseconds(0));
        keeps_running_.reset();
        thread_.join();
    }
    ServerThread(const ServerThread&) = delete;
    ServerThread& operator=(const ServerThread&) = delete;

    std::uint16_t port() const { return server_->port(); }

    std::size_t connections() {
        std::promise<std::size_t> count;
        boost::asio::post(context_, [&] { count.set_value(server_->connections()); });
        return count.get_future().get();
    }

    /// Comes back when stop() has completed.
    void stop(std::chrono::milliseconds at_most) { begin_stop(at_most).get(); }

    std::future<void> begin_stop(std::chrono::milliseconds at_most) {
        has_stopped_ = true;
        return boost::asio::co_spawn(context_, server_->stop(at_most), boost::asio::use_future);
    }

private:
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keeps_running_{
        context_.get_executor()};
    std::unique_ptr<HttpServer> server_;
    bool has_stopped_ = false;
    std::thread thread_;
};

}  // namespace nunchi::net
