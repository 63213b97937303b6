// Which messages are being handled, so that none is handled twice at the same time.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "adapters/chat/ids.hpp"
#include "adapters/chat/receipt.hpp"

namespace nunchi::pipeline {

/// Keeps the receipts of the messages under way. A message that is delivered again meanwhile adds its receipt
/// to the first one's: one outcome decides for all.
class InFlight {
public:
    /// True: the caller handles the message, and calls forget() in the end. False: somebody does; the receipt
    /// waits with theirs, or has been fired when that one is handled already.
    bool claim(const chat::MessageRef& ref, chat::Receipt receipt);

    /// Fires all receipts of the message. Does nothing when it is not there.
    void handled(const chat::MessageRef& ref);

    /// The message is no longer under way; receipts that were not fired are dropped.
    void forget(const chat::MessageRef& ref);

    /// How many deliveries wait for somebody else's outcome.
    std::size_t waiting() const { return waiting_; }

private:
    struct Message {
        std::vector<chat::Receipt> receipts;
        bool is_handled = false;
    };

    std::map<chat::MessageRef, Message> messages_;
    std::size_t waiting_ = 0;
};

/// A message that is claimed. Its end forgets the message.
class Claim {
public:
    Claim(std::shared_ptr<InFlight> in_flight, chat::MessageRef ref)
        : in_flight_(std::move(in_flight)), ref_(std::move(ref)) {}
    Claim(Claim&&) = default;
    Claim& operator=(Claim&&) = delete;
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    ~Claim() {
        if (in_flight_) in_flight_->forget(ref_);
    }

    void handled() { in_flight_->handled(ref_); }
    const chat::MessageRef& ref() const { return ref_; }

private:
    std::shared_ptr<InFlight> in_flight_;
    chat::MessageRef ref_;
};

}  // namespace nunchi::pipeline
