// What Beast's WebSocket errors mean to our callers.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::net {

/// An error of reading or writing. Errors of the system that say "the connection is gone" become
/// errc::closed, the others stay as they are.
boost::system::error_code websocket_error(const boost::system::error_code& error);

/// An error of the client's handshake.
boost::system::error_code handshake_error(const boost::system::error_code& error);

}  // namespace nunchi::net
