// A server that says exactly what a test tells it to, on a thread of its own with blocking calls.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace nunchi::net {

/// The peer's end of one connection.
class PeerConnection {
public:
    explicit PeerConnection(boost::asio::ip::tcp::socket accepted) : socket(std::move(accepted)) {
        const timeval limit{.tv_sec = 20, .tv_usec = 0};  // for a broken client only
        setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    /// The next bytes up to an empty line; what is there when the client leaves before.
    std::string read_head() {
        boost::system::error_code error;
        const std::size_t size =
            boost::asio::read_until(socket, boost::asio::dynamic_buffer(unread_), "\r\n\r\n", error);
        const std::string head = unread_.substr(0, error ? unread_.size() : size);
        unread_.erase(0, head.size());
        return head;
    }

    /// Waits for the client to leave.
    void read_to_end() {
        std::array<char, 4096> ignored{};
        boost::system::error_code error;
        while (!error) socket.read_some(boost::asio::buffer(ignored), error);
    }

    void send(std::string_view text) {
        boost::system::error_code ignored;
        boost::asio::write(socket, boost::asio::buffer(text), ignored);
    }

    boost::asio::ip::tcp::socket socket;

private:
    std::string unread_;
};

/// Serves one connection after the other, each by its script, and closes it then.
class ScriptedPeer {
public:
    using Script = std::function<void(PeerConnection&)>;

    explicit ScriptedPeer(std::vector<Script> scripts)
        : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}),
          port_(acceptor_.local_endpoint().port()),
          thread_([this, scripts = std::move(scripts)] {
              for (const Script& script : scripts) {
                  boost::system::error_code error;
                  PeerConnection connection(acceptor_.accept(error));
                  if (error) return;
                  script(connection);
              }
          }) {}

    ~ScriptedPeer() {
        // For a test that failed and did not connect often enough.
        shutdown(acceptor_.native_handle(), SHUT_RDWR);
        thread_.join();
    }
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
    }
    std::uint16_t port() const { return port_; }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::thread thread_;
};

/// Reads one request and gives this answer.
inline ScriptedPeer::Script answer(std::string text) {
    return [text = std::move(text)](PeerConnection& connection) {
        connection.read_head();
        connection.send(text);
    };
}

}  // namespace nunchi::net
