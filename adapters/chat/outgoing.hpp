// What the core asks an adapter to send.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/chat/command.hpp"
#include "adapters/chat/ids.hpp"
#include "adapters/chat/message.hpp"
#include "adapters/chat/reading.hpp"

namespace nunchi::chat {

/// An answer in words to one message.
struct Reply {
    MessageRef to;
    bool is_edit = false;  // takes the place of the answer that stands there
    std::string text;      // "입력하신 내용에서 행복이 느껴집니다."
    Reading reading;       // for adapters that show more than the words
};

/// An emoji under one message; the adapter chooses the emoji of the emotion.
struct Reaction {
    MessageRef to;
    bool is_edit = false;  // as in Reply
    std::string emotion;   // EmotionScore::id
};

/// The answer to ExplanationRequested.
struct Explanation {
    MessageRef to;
    std::string emotion_name;       // whose probability is explained
    std::vector<WordWeight> words;  // in the order of the text
    std::string text;               // the same in one sentence
};

/// Why a message gets no emotion, for adapters that say so: too long a queue, too many messages.
struct Notice {
    enum class Kind {
        overloaded,  // try again in a moment
        too_fast,    // a limit of this person, channel or community
        not_korean,  // nothing to read in it
        failed,      // inference failed; the log knows why
    };
    MessageRef to;
    Kind kind = Kind::failed;
    std::string text;
};

/// The answer to an edited message is taken back: nothing can be read in it any more.
struct Retraction {
    MessageRef to;
};

using Outgoing = std::variant<Reply, Reaction, Explanation, Notice, Retraction, CommandAnswer>;

/// What is known of the message that was sent to.
const MessageRef& target_of(const Outgoing& outgoing);

}  // namespace nunchi::chat
