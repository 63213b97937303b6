// Who reads which conversation, and which messages of it the core has under way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "adapters/chat/receipt.hpp"
#include "adapters/web/confirmations.hpp"

namespace nunchi::web {

/// The way to one page.
class Reader {
public:
    virtual ~Reader() = default;

    /// Queues a frame; never waits.
    virtual void say(std::string frame) = 0;
    /// Closes after what is queued.
    virtual void finish(std::uint16_t code) = 0;
};

/// A conversation outlives its connections as long as the core works on it, so that a message which is sent
/// again after a reconnection is not handed over twice. Held by shared_ptr because receipts may outlive it.
class Conversations : public std::enable_shared_from_this<Conversations> {
public:
    /// `max_in_flight` messages of one conversation may be with the core at once.
    explicit Conversations(std::size_t max_in_flight) : max_in_flight_(max_in_flight) {}

    /// The reader gets what is for this conversation from now on. One that is there already is closed with
    /// kReplaced, and what waits for its confirmation ends with reader_gone.
    void enter(const std::string& conversation, std::shared_ptr<Reader> reader);

    /// The reader's connection ended. Harmless when another one has taken its place.
    void leave(const std::string& conversation, const Reader* reader);

    enum class Taken {
        now,      // hand it to the core, with receipt_for()
        already,  // the core has it; its ack will come
        full,     // max_in_flight is reached
    };
    Taken take(const std::string& conversation, const std::string& id);

    /// For a message that was taken. When it fires, the page gets the ack; when it is dropped unfired, the
    /// message may be taken again.
    chat::Receipt receipt_for(std::string conversation, std::string id);

    void confirm(const std::string& conversation, const std::string& id);

    /// Nobody when the conversation's page is away.
    std::shared_ptr<Reader> reader_of(const std::string& conversation) const;

    /// Nothing when the conversation has neither a reader nor a message under way.
    std::shared_ptr<Confirmations> confirmations_of(const std::string& conversation) const;

    std::size_t size() const { return conversations_.size(); }

private:
    struct Conversation {
        std::shared_ptr<Reader> reader;
        std::set<std::string> in_flight;
        std::shared_ptr<Confirmations> confirmations = std::make_shared<Confirmations>();
    };
    class UnderWay;

    void settle(const std::string& conversation, const std::string& id, bool handled);
    void forget_if_idle(const std::string& conversation);

    std::size_t max_in_flight_;
    std::map<std::string, Conversation> conversations_;
};

}  // namespace nunchi::web
