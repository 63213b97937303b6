// What the page and the server say to each other over the WebSocket /chat: one JSON object in each text
// frame, its kind in "type". Fields that are not known are passed over.
//
// The page says:
//   hello    v, conversation, locale   first, once per connection. conversation: 32 hexadecimal digits that
//                                      the page drew at random; the same after a reconnection
//   message  id, text                  id: drawn by the page, new for each message, the same when the message
//                                      is sent again because no ack came
//   explain  id, text                  "왜?": the text of an answered message, because nothing is kept here
//   received id                        the answer is on the screen
//   locale   locale                    the language was switched: "ko" or "en"
// The server says:
//   welcome  v, max_text, model, attribution   the answer to hello; only now messages are taken
//   ack      id                        the message survives a crash of the server; the page may forget to
//                                      repeat it, and waits for its answer
//   answer   id, text, abstained, scores[{emotion, name, probability}], elapsed_ms, model
//                                      may come more than once; each time the page says received
//   explanation  id, emotion, words[{begin, end, weight}], text
//                                      begin and end count bytes of the explained text in UTF-8
//   notice   id, kind, text            no answer comes. Without an ack before it the same id may be sent
//   again refused  reason, text              followed by the end of the connection: trying again does not
//   help
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/chat/message.hpp"
#include "adapters/chat/outgoing.hpp"
#include "adapters/web/error.hpp"

namespace nunchi::web {

inline constexpr int kProtocolVersion = 1;

/// Of one frame of the page, in bytes.
inline constexpr std::size_t kMaxFrame = 32 * 1024;

/// Of a message's id, in characters: letters, digits, '-' and '_'.
inline constexpr std::size_t kMaxId = 64;

/// Why the server ends a connection, beside the codes of RFC 6455.
namespace close_code {
inline constexpr std::uint16_t kRefused = 4000;    // after refused
inline constexpr std::uint16_t kReplaced = 4001;   // the conversation was opened somewhere else
inline constexpr std::uint16_t kNoHello = 4002;    // the page said nothing in time
inline constexpr std::uint16_t kTooSlow = 1013;    // the page does not read; it may come again
inline constexpr std::uint16_t kGoingAway = 1001;  // the server stops; it may come back
}  // namespace close_code

struct Hello {
    std::string conversation;
    chat::Locale locale = chat::Locale::korean;
};

struct PageMessage {
    std::string id;
    std::string text;  // UTF-8 of any content and any length that a frame holds, not empty
};

struct PageQuestion {
    std::string id;
    std::string text;  // as PageMessage::text
};

struct Received {
    std::string id;
};

struct LocaleChange {
    chat::Locale locale = chat::Locale::korean;
};

using FromPage = std::variant<Hello, PageMessage, PageQuestion, Received, LocaleChange>;

/// One frame of the page. Any bytes may be given.
result<FromPage> parse_from_page(std::string_view frame);

struct Welcome {
    std::size_t max_text = 0;  // code points of one message
    std::string model;         // the name of the model that answers
    std::string attribution;   // what its data's terms ask to be shown
};

struct Ack {
    std::string id;
};

struct PageNotice {
    std::string id;
    std::string_view kind;  // see kind_of; the adapter's own are "too_fast" and "too_long"
    std::string text;
};

struct Refused {
    std::string_view reason;  // "malformed", "version"
    std::string text;
};

/// The frames of the server. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Welcome& welcome);
std::string to_json(const Ack& ack);
std::string to_json(const PageNotice& notice);
std::string to_json(const Refused& refused);
std::string to_json(const chat::Reply& reply);
std::string to_json(const chat::Explanation& explanation);

/// "overloaded", as in PageNotice::kind.
std::string_view kind_of(chat::Notice::Kind kind);

/// How many code points a text of valid UTF-8 has; what the page counts, too.
std::size_t count_code_points(std::string_view text);

}  // namespace nunchi::web
