#include "adapters/net/http_server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "adapters/net/server_connection.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

namespace {

constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds kPauseWithoutFiles{50};
constexpr std::chrono::seconds kTimeToEnd{1};  // for handlers that were cancelled

/// Deadlines are kept to within this.
milliseconds sweep_period(const ServerOptions& options) {
    const milliseconds shortest =
        std::min({options.read_timeout, options.write_timeout, options.keep_alive, options.handler_timeout});
    return std::clamp<milliseconds>(shortest / 4, milliseconds(5), milliseconds(1000));
}

asio::awaitable<void> sweep(std::shared_ptr<ServerState> state, asio::any_io_executor executor) {
    asio::steady_timer timer(executor);
    const milliseconds period = sweep_period(state->options);
    while (true) {
        timer.expires_after(period);
        const auto [error] = co_await timer.async_wait(kAsTuple);
        if (error) co_return;
        const auto now = ServerLink::Clock::now();
        for (auto next = state->connections.begin(); next != state->connections.end();) {
            (*next++)->check_deadline(now);
        }
    }
}

void admit(const std::shared_ptr<ServerState>& state, tcp::socket socket) {
    if (state->connections.size() >= state->options.max_connections) {
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(state->late_answer), ignored);
        return;
    }
    const auto connection = std::make_shared<ServerConnection>(state, std::move(socket));
    connection->set_task(state->sessions.spawn(ServerConnection::run(connection)));
}

asio::awaitable<void> accept(std::shared_ptr<ServerState> state, std::shared_ptr<tcp::acceptor> acceptor) {
    asio::steady_timer pause(acceptor->get_executor());
    while (acceptor->is_open()) {
        auto [error, socket] = co_await acceptor->async_accept(kAsTuple);
        if (!error) {
            admit(state, std::move(socket));
        } else if (error != asio::error::operation_aborted && error != asio::error::connection_aborted) {
            // No file descriptors, most likely: the next try at once would fail as well.
            pause.expires_after(kPauseWithoutFiles);
            co_await pause.async_wait(kAsTuple);
        }
    }
}

class Server final : public HttpServer {
public:
    Server(const asio::any_io_executor& executor, std::shared_ptr<ServerState> state, tcp::acceptor acceptor)
        : state_(std::move(state)),
          acceptor_(std::make_shared<tcp::acceptor>(std::move(acceptor))),
          housekeeping_(executor, state_->options.on_failure) {
        housekeeping_.spawn(accept(state_, acceptor_));
        housekeeping_.spawn(sweep(state_, executor));
    }

    ~Server() override {
        begin_stop();
        cut();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string address() const override { return local_.address().to_string(); }
    std::uint16_t port() const override { return local_.port(); }
    std::size_t connections() const override { return state_->connections.size(); }

    asio::awaitable<void> stop(std::chrono::steady_clock::duration at_most) override {
        begin_stop();
        const bool is_done = co_await state_->sessions.join(at_most);
        if (!is_done) {
            cut();
            co_await state_->sessions.join(kTimeToEnd);
        }
        housekeeping_.cancel();
        co_await housekeeping_.join(kTimeToEnd);
    }

private:
    void begin_stop() {
        state_->is_stopping = true;
        error_code ignored;
        acceptor_->close(ignored);
        for (ServerConnection* connection : state_->connections) connection->begin_stop();
    }

    void cut() {
        for (ServerConnection* connection : state_->connections) connection->cut();
        state_->sessions.cancel();
    }

    std::shared_ptr<ServerState> state_;
    std::shared_ptr<tcp::acceptor> acceptor_;
    const tcp::endpoint local_ = acceptor_->local_endpoint();
    TaskGroup housekeeping_;
};

error_code listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    // Without it, a server that has just been stopped could not be started again for a minute.
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

}  // namespace

result<std::unique_ptr<HttpServer>> create_http_server(asio::any_io_executor executor, Router router,
                                                       ServerOptions options) {
    error_code error;
    const asio::ip::address address = asio::ip::make_address(options.address, error);
    if (error) return error;
    tcp::acceptor acceptor(executor);
    if (error = listen(acceptor, tcp::endpoint(address, options.port)); error) return error;
    auto state = std::make_shared<ServerState>(executor, std::move(router), std::move(options));
    return std::make_unique<Server>(executor, std::move(state), std::move(acceptor));
}

}  // namespace nunchi::net
