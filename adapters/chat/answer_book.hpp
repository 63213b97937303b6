// What was answered lately, so that edits and deletions can be followed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/chat/recent_map.hpp"

namespace nunchi::chat {

/// How one message was answered.
struct Answered {
    std::string channel;   // or thread: where it stands
    std::string reply;     // our message's id; empty: none
    std::string reaction;  // our emoji; empty: none
};

/// In memory and bounded: after a restart older answers stay as they are.
class AnswerBook {
public:
    explicit AnswerBook(std::size_t capacity = 10'000) : entries_(capacity), deleted_(capacity) {}

    /// The message's text was seen; only a hash of it is kept.
    void saw(std::string_view message, std::string_view text);

    /// Whether an answered message now reads otherwise than when it was seen last. It is then seen as it is.
    bool has_changed(std::string_view message, std::string_view text);

    /// True when the message was edited while its answer was on the way: the answer is to another text.
    bool put(std::string_view message, Answered answered);
    std::optional<Answered> find(std::string_view message);

    /// Takes the entry out; answers to this message are not to be sent any more.
    std::optional<Answered> on_deleted(std::string_view message);
    bool is_deleted(std::string_view message) { return deleted_.find(message) != nullptr; }

private:
    struct Entry {
        std::size_t text_hash = 0;
        bool was_edited = false;  // before it was answered
        std::optional<Answered> answered;
    };

    RecentMap<Entry> entries_;
    RecentMap<bool> deleted_;
};

}  // namespace nunchi::chat
