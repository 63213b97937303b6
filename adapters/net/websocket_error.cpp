#include "adapters/net/websocket_error.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/error.hpp>

#include "adapters/net/error.hpp"

namespace nunchi::net {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;

namespace {

bool is_gone(const boost::system::error_code& error) {
    return error == websocket::error::closed || error == asio::error::eof ||
           error == asio::error::connection_reset || error == asio::error::connection_aborted ||
           error == asio::error::broken_pipe || error == asio::error::not_connected ||
           error == asio::ssl::error::stream_truncated;
}

}  // namespace

boost::system::error_code websocket_error(const boost::system::error_code& error) {
    if (is_gone(error)) return errc::closed;
    if (error == boost::beast::error::timeout) return errc::timed_out;
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow) {
        return errc::too_large;
    }
    if (error == websocket::condition::protocol_violation) return errc::bad_response;
    return error;
}

boost::system::error_code handshake_error(const boost::system::error_code& error) {
    if (error == websocket::error::upgrade_declined) return errc::upgrade_refused;
    if (error == boost::beast::http::error::header_limit ||
        error == boost::beast::http::error::buffer_overflow) {
        return errc::too_large;
    }
    if (error == boost::beast::http::error::end_of_stream ||
        error == boost::beast::http::error::partial_message) {
        return errc::closed;
    }
    if (error == websocket::condition::handshake_failed) return errc::bad_response;
    if (error.category() == make_error_code(boost::beast::http::error::bad_version).category()) {
        return errc::bad_response;
    }
    return websocket_error(error);
}

}  // namespace nunchi::net
