#include "bot/pipeline/filter.hpp"

#include "bot/pipeline/korean_text.hpp"

namespace nunchi::pipeline {

std::optional<PassedOver> why_not_read(const chat::Message& message) {
    if (message.author.is_self) return PassedOver::own_message;
    if (message.author.is_bot) return PassedOver::bot;
    if (message.kind == chat::MessageKind::webhook) return PassedOver::webhook;
    if (message.kind == chat::MessageKind::system) return PassedOver::system_message;
    if (message.text.find_first_not_of(" \t\r\n\v\f") == std::string::npos) return PassedOver::empty;
    if (!has_korean(message.text)) return PassedOver::no_hangul;
    return std::nullopt;
}

}  // namespace nunchi::pipeline
