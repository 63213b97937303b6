#include "adapters/net/write_queue.hpp"

#include <iterator>
#include <utility>

namespace nunchi::net {
namespace {

// So that empty frames count too.
constexpr std::size_t kItemBytes = 64;

std::size_t weight(const Outgoing& outgoing) {
    if (const auto* frame = std::get_if<Frame>(&outgoing)) return frame->payload.size() + kItemBytes;
    if (const auto* ping = std::get_if<Ping>(&outgoing)) return ping->payload.size() + kItemBytes;
    return kItemBytes;
}

}  // namespace

bool WriteQueue::has_room(std::size_t payload_bytes) const {
    return items_.empty() || backlog_ + payload_bytes + kItemBytes <= max_backlog_;
}

void WriteQueue::push(Outgoing outgoing, std::shared_ptr<WriteTicket> ticket) {
    backlog_ += weight(outgoing);
    items_.push_back(Item{.outgoing = std::move(outgoing), .ticket = std::move(ticket)});
}

void WriteQueue::pop(result<void> outcome) {
    Item item = std::move(items_.front());
    backlog_ -= weight(item.outgoing);
    items_.pop_front();
    if (item.ticket) item.ticket->settle(outcome);
}

void WriteQueue::fail_waiting(boost::system::error_code error) {
    if (items_.empty()) return;
    std::list<Item> waiting;
    waiting.splice(waiting.end(), items_, std::next(items_.begin()), items_.end());
    for (const Item& item : waiting) {
        backlog_ -= weight(item.outgoing);
        if (item.ticket) item.ticket->settle(error);
    }
}

}  // namespace nunchi::net
