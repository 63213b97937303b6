// Every sentence that people get to read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/chat/message.hpp"
#include "adapters/chat/outgoing.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "classifier/api/emotion.hpp"

namespace nunchi::pipeline {

/// "입력하신 내용에서 행복이 느껴집니다." or "I sense happiness in your message."
std::string answer_text(api::Emotion emotion, chat::Locale locale, Tone tone = Tone::original);

/// When no emotion was probable enough.
std::string abstained_text(chat::Locale locale);

/// When somebody asks about a message whose author is not read.
std::string opted_out_text(chat::Locale locale);

std::string notice_text(chat::Notice::Kind kind, chat::Locale locale);

/// Names up to three words, the weightiest first; those that weigh less than a hundredth are not named. The
/// words are quoted as they were written, shortened to 20 letters, well-formed UTF-8 in any case. The offsets
/// are within `text`.
std::string explanation_text(api::Emotion emotion, const std::vector<chat::WordWeight>& words,
                             std::string_view text, chat::Locale locale);

}  // namespace nunchi::pipeline
