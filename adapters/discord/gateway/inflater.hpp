// Undoes the transport compression of one connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/discord/gateway/error.hpp"
#include "adapters/discord/gateway/options.hpp"

namespace nunchi::discord::gateway {

/// Lives as long as its connection: the stream goes on from one message to the next.
class Inflater {
public:
    virtual ~Inflater() = default;

    /// The text of one WebSocket message: usually one payload, empty while more of it must come, several
    /// when several were flushed at once. errc::damaged, or errc::too_large when it grows beyond the limit;
    /// after an error the connection is of no use any more (G47). Any bytes may be given.
    virtual result<std::string> inflate(std::string_view message) = 0;
};

/// `max_bytes` is for the text of one message, and for compressed bytes that wait for the rest.
std::unique_ptr<Inflater> create_inflater(Compression compression, std::size_t max_bytes);

}  // namespace nunchi::discord::gateway
