// A client that says exactly what a test tells it to, with blocking calls.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <string_view>

namespace nunchi::net {

class RawClient {
public:
    using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

    explicit RawClient(std::uint16_t port) : socket(context_) {
        socket.connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{.tv_sec = 20, .tv_usec = 0};  // for a broken server only
        setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    void send(std::string_view text) { boost::asio::write(socket, boost::asio::buffer(text)); }

    /// The next response; throws when there is none.
    HttpResponse read() { return read(false); }
    /// The next response, whose body does not come although its length is told.
    HttpResponse read_head() { return read(true); }

    /// What comes until the server closes; "(reset)" at the end when it closed in anger.
    std::string read_to_end() {
        std::string all(static_cast<const char*>(buffer_.data().data()), buffer_.size());
        std::array<char, 4096> chunk{};
        boost::system::error_code error;
        while (true) {
            const std::size_t size = socket.read_some(boost::asio::buffer(chunk), error);
            all.append(chunk.data(), size);
            if (error == boost::asio::error::eof) return all;
            if (error) return all + "(" + error.message() + ")";
        }
    }

    HttpResponse ask(std::string_view text) {
        send(text);
        return read();
    }

private:
    boost::asio::io_context context_;

public:
    boost::asio::ip::tcp::socket socket;

private:
    HttpResponse read(bool without_body) {
        boost::beast::http::response_parser<boost::beast::http::string_body> parser;
        parser.skip(without_body);
        parser.body_limit(boost::none);
        boost::beast::http::read(socket, buffer_, parser);
        return parser.release();
    }

    boost::beast::flat_buffer buffer_;
};

}  // namespace nunchi::net
