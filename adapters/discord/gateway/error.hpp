// What can be wrong with what the gateway sends, as values.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace nunchi::discord::gateway {

enum class errc {
    malformed = 1,  // no JSON object with an op
    damaged,        // the compressed stream is broken; nothing that follows on this connection can be read
    too_large,      // the message is larger than Options::max_message_bytes
    bad_url,        // neither ws:// nor wss://, or with a query of its own
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

template <typename T>
using result = boost::system::result<T>;

}  // namespace nunchi::discord::gateway

template <>
struct boost::system::is_error_code_enum<nunchi::discord::gateway::errc> : std::true_type {};
