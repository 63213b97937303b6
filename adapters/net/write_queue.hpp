// What one WebSocket has still to send, in order.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "adapters/net/error.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/websocket.hpp"

namespace nunchi::net {

struct Ping {
    std::string payload;
};

struct Close {
    std::uint16_t code = 0;
    std::string reason;
};

using Outgoing = std::variant<Frame, Ping, Close>;

/// Where one caller waits for the fate of what it gave.
struct WriteTicket {
    explicit WriteTicket(const boost::asio::any_io_executor& executor) : settled(executor) {}

    void settle(result<void> fate) {
        outcome = fate;
        settled.set();
    }

    Signal settled;
    std::optional<result<void>> outcome;
};

class WriteQueue {
public:
    explicit WriteQueue(std::size_t max_backlog) : max_backlog_(max_backlog) {}

    bool empty() const { return items_.empty(); }

    /// Whether one more frame or ping of this size may wait. An empty queue takes any.
    bool has_room(std::size_t payload_bytes) const;

    /// The ticket may be null. Whoever pushes has asked has_room() where that matters.
    void push(Outgoing outgoing, std::shared_ptr<WriteTicket> ticket);

    /// What is to be sent next; stays where it is until pop().
    const Outgoing& front() const { return items_.front().outgoing; }

    /// The front has been sent, or not: tells its ticket.
    void pop(result<void> outcome);

    /// Nothing more can be sent: tells all tickets but the one of the front, which is under way.
    void fail_waiting(boost::system::error_code error);

private:
    struct Item {
        Outgoing outgoing;
        std::shared_ptr<WriteTicket> ticket;
    };

    std::list<Item> items_;  // not a deque, which takes half a kilobyte when it is empty
    std::size_t max_backlog_;
    std::size_t backlog_ = 0;
};

}  // namespace nunchi::net
