// What one connection of a page may do, frame by frame, without I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "adapters/net/websocket.hpp"
#include "adapters/web/protocol.hpp"
#include "adapters/web/token_bucket.hpp"

namespace nunchi::web {

struct SessionLimits {
    std::size_t max_text = 2000;    // code points of one message
    TokenBucketOptions messages{};  // and questions, of one connection
    std::chrono::seconds hello_within{10};
};

/// The page told who it is: the conversation begins, or goes on.
struct Greet {
    std::string conversation;
};

/// Hand it to the core.
struct Take {
    PageMessage message;
};

/// The same for "왜?".
struct Ask {
    PageQuestion question;
};

/// The answer to this message is on the screen.
struct Confirm {
    std::string id;
};

/// The message is not taken; the page gets the reason.
struct Object {
    PageNotice notice;
};

/// Say `last` (when there is anything) and close.
struct End {
    std::uint16_t code = 0;
    std::optional<Refused> last;
};

/// The frame is dealt with.
struct Nothing {};

using Step = std::variant<Nothing, Greet, Take, Ask, Confirm, Object, End>;

/// Lives as long as its connection. Each frame brings one step that the adapter carries out; after End there
/// are only Nothings.
class Session {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    Session(SessionLimits limits, TimePoint now);

    Step on_frame(const net::Frame& frame, TimePoint now);

    /// When the page must have said hello; nothing once it has.
    std::optional<TimePoint> deadline() const;
    /// To be called at the deadline; also harmless at any other time.
    Step on_time(TimePoint now);

    chat::Locale locale() const { return locale_; }

private:
    enum class State {
        expecting_hello,  // since the connection came; other messages end it
        open,             // after hello
        ended,            // after End
    };

    Step on_hello(Hello hello);
    Step on_message(PageMessage message, TimePoint now);
    Step on_question(PageQuestion question, TimePoint now);
    /// Why a text may not be taken now; nothing when it may.
    std::optional<PageNotice> objection_to(const std::string& id, const std::string& text, TimePoint now);
    Step refuse(errc why);

    SessionLimits limits_;
    State state_ = State::expecting_hello;
    TimePoint deadline_;
    TokenBucket bucket_;
    chat::Locale locale_ = chat::Locale::korean;
};

}  // namespace nunchi::web
