// What adapters tell the core.
#pragma once

#include <string>
#include <variant>

#include "adapters/chat/command.hpp"
#include "adapters/chat/ids.hpp"
#include "adapters/chat/message.hpp"
#include "adapters/chat/receipt.hpp"

namespace nunchi::chat {

struct MessageCreated {
    Message message;
};

/// A message that the bot answered reads otherwise now. Adapters tell it only of those that they can answer
/// again in place; it is neither counted nor kept over a restart.
struct MessageEdited {
    Message message;
};

/// "왜?": which words of the text weighed most. The text comes with the question, because nothing is kept.
struct ExplanationRequested {
    MessageRef ref;
    std::string author;
    std::string text;
    Locale locale = Locale::korean;
};

/// The reader of a place can be reached again: what is still to be sent there goes out now.
struct ReaderReturned {
    Place place;
};

using Event =
    std::variant<MessageCreated, MessageEdited, ExplanationRequested, ReaderReturned, CommandInvoked>;

struct Delivery {
    Event event;
    Receipt receipt;
};

}  // namespace nunchi::chat
