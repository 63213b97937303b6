// A door to the PostgreSQL server that falls shut at a COMMIT.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <thread>

namespace nunchi::store::testing {

enum class Cut {
    never,
    before_commit,  // the server never sees the COMMIT
    after_commit,   // the server has committed, and its answer is lost
};

/// Listens on a port of its own and hands bytes on, on a thread of its own. After one cut it is a plain
/// proxy.
class CuttingProxy {
public:
    CuttingProxy(const std::string& host, const std::string& port);
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;
    ~CuttingProxy();

    unsigned short port() const { return acceptor_.local_endpoint().port(); }

    /// Of the next COMMIT.
    void cut(Cut cut) { cut_ = cut; }

private:
    using Socket = boost::asio::ip::tcp::socket;
    struct Link;

    boost::asio::awaitable<void> accept(boost::asio::ip::tcp::endpoint server);
    boost::asio::awaitable<void> to_server(std::shared_ptr<Link> link);
    boost::asio::awaitable<void> to_client(std::shared_ptr<Link> link);

    boost::asio::io_context context_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<Cut> cut_ = Cut::never;
    std::thread thread_;
};

}  // namespace nunchi::store::testing
