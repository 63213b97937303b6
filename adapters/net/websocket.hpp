// One WebSocket connection, of either side.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <utility>

#include "adapters/net/error.hpp"

namespace nunchi::net {

struct Frame {
    bool is_binary = false;
    std::string payload;  // UTF-8 unless it is binary; checked when it comes in, not when it goes out
};

/// What to give to write(): g++ 12 destroys a Frame that is written out inside of a co_await expression,
/// co_await websocket.write({.payload = text}), twice.
inline Frame text_frame(std::string payload) {
    return {.is_binary = false, .payload = std::move(payload)};
}
inline Frame binary_frame(std::string payload) {
    return {.is_binary = true, .payload = std::move(payload)};
}

/// Used on one thread. One read and any number of writes may be under way at once; writes leave in the order
/// of their calls. Pings of the peer are answered while a read is under way. The calls may outlive the
/// object, whose destruction ends them.
class WebSocket {
public:
    virtual ~WebSocket() = default;

    /// The next whole message; errc::closed when the peer closed (close_code() tells why), errc::timed_out
    /// when neither a frame nor a pong came within the idle limit, errc::too_large, errc::bad_response. After
    /// an error each read gives the same one. Cancellation loses nothing: the call ends with
    /// operation_aborted, and what comes in meanwhile is the next call's.
    virtual boost::asio::awaitable<result<Frame>> read() = 0;

    /// Completes when the frame was given to the system. errc::too_many when the peer reads so slowly that
    /// the limit of waiting bytes is reached; a single frame is taken whatever its size. errc::closed after
    /// close(). Cancellation ends the call and not the frame, which still leaves in its turn.
    virtual boost::asio::awaitable<result<void>> write(Frame frame) = 0;

    /// As write(). Of the payload, the first 125 bytes are sent.
    virtual boost::asio::awaitable<result<void>> ping(std::string payload) = 0;

    /// Sends what is waiting and a close frame, and waits shortly for the peer's; 5 seconds for all of it,
    /// then it closes hard, as cancellation does. Without it, destruction closes hard. Of the reason, the
    /// first 123 bytes are sent.
    virtual boost::asio::awaitable<void> close(std::uint16_t code, std::string reason) = 0;

    /// What the peer's close frame said; 0 and empty when none came.
    virtual std::uint16_t close_code() const = 0;
    virtual std::string close_reason() const = 0;
};

}  // namespace nunchi::net
