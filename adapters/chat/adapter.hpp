// One platform, as the core sees it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/chat/event.hpp"
#include "adapters/chat/outgoing.hpp"

namespace nunchi::chat {

/// What the core may ask of an adapter. It decides by these and never by the platform's name.
struct Capabilities {
    bool can_reply = false;
    bool can_react = false;
    bool can_explain = false;        // takes Explanation
    bool shows_notices = false;      // takes Notice; else a message that is passed over stays silent
    bool repeats_replies = false;    // sending a Reply twice shows it once
    bool repeats_reactions = false;  // the same for a Reaction
};

enum class Health {
    starting,      // has not been connected yet
    connected,     // events can come in
    reconnecting,  // was connected; trying again by itself
    failed,        // will not come back without the operator: a wrong token, a missing right
    stopped,
};

struct Status {
    Health health = Health::starting;
    std::string reason;  // one sentence for the operator when not connected; no secret, no chat text
};

/// Whether the receiver has it.
enum class Sent {
    delivered,  // the platform, or the reader, confirmed it
    waiting,    // the reader is away: keep the effect, ReaderReturned will ask for it
    refused,    // and would be again: the message is gone, a right is missing. Forget the effect
};

/// What the core offers to adapters.
class Inbox {
public:
    virtual ~Inbox() = default;

    /// Takes the event over and returns at once; the work goes on in the core's own task group. When the
    /// core is stopping the receipt is dropped unfired.
    virtual void deliver(Delivery delivery) = 0;
};

class Adapter {
public:
    virtual ~Adapter() = default;

    /// "web": a key for storage, metrics and log lines.
    virtual std::string_view platform() const = 0;
    virtual Capabilities capabilities() const = 0;
    virtual Status status() const = 0;

    /// Connects and delivers events until stop_intake() or cancellation, reconnecting by itself. Completes
    /// when the connection is closed in a way that can be resumed. The inbox must outlive the call.
    virtual boost::asio::awaitable<void> run(Inbox& inbox) = 0;

    /// No event is delivered from now on; send() still works.
    virtual void stop_intake() = 0;

    /// Completes when the platform answered, or with an error when it refused or could not be reached in
    /// time.
    virtual boost::asio::awaitable<boost::system::result<Sent>> send(Outgoing outgoing) = 0;
};

}  // namespace nunchi::chat
