// A prediction in the words of its reader.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "adapters/chat/message.hpp"
#include "adapters/chat/reading.hpp"
#include "classifier/api/emotion.hpp"

namespace nunchi::pipeline {

/// "행복" or "happiness".
std::string_view emotion_name(api::Emotion emotion, chat::Locale locale);

/// All seven scores, the most probable first, equal ones in the order of Emotion. Numbers that are not finite
/// count as 0. `elapsed` is from the message's coming in to the answer's going out.
chat::Reading reading_of(const std::array<float, api::kEmotionCount>& probabilities, bool abstained,
                         std::string model_id, chat::Locale locale, std::chrono::microseconds elapsed);

}  // namespace nunchi::pipeline
