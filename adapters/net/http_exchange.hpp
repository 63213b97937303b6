// One request and its answer over one connection.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/net/client_stream.hpp"
#include "adapters/net/error.hpp"
#include "adapters/net/http_message.hpp"

namespace nunchi::net {

struct Exchange {
    result<Response> response = make_error_code(errc::closed);
    std::size_t sent = 0;        // bytes of the request
    bool has_answered = false;   // a first byte came back
    bool can_be_reused = false;  // the connection, for another request
};

struct ResponseLimits {
    bool has_body = true;  // false for the answer to HEAD
    std::size_t max_bytes = 0;
};

/// errc::closed when the peer leaves in the midst of it, errc::too_large, errc::bad_response,
/// operation_aborted when the stream is closed or the call is cancelled. An answer that comes before all of
/// the request was sent counts. Stream, head and body must outlive the call.
boost::asio::awaitable<Exchange> exchange(ClientStream& stream, std::string_view head, std::string_view body,
                                          ResponseLimits limits);

}  // namespace nunchi::net
