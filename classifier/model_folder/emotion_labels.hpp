// Which row of a classifier's head stands for which emotion.
#pragma once

#include <array>
#include <cstdint>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::model_folder {

struct EmotionLabels {
    std::array<std::int64_t, api::kEmotionCount> logit_of_emotion{};  // by Emotion
    bool is_assumed = false;  // the file names only LABEL_0 … LABEL_6, so the notebook's order is taken
};

/// Maps id2label by name, Korean or English. A Failure names a label that is none of the seven, one that
/// comes twice, a missing emotion, or the absence of a head.
api::outcome<EmotionLabels> emotion_labels(const BertConfig& config);

}  // namespace nunchi::model_folder
