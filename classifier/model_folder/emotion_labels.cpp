#include "classifier/model_folder/emotion_labels.hpp"

#include <string>

namespace nunchi::model_folder {
namespace {

/// transformers' names for labels that nobody named.
bool has_default_names(const std::vector<std::string>& labels) {
    for (std::size_t id = 0; id < labels.size(); ++id) {
        if (labels[id] != "LABEL_" + std::to_string(id)) return false;
    }
    return true;
}

}  // namespace

api::outcome<EmotionLabels> emotion_labels(const BertConfig& config) {
    EmotionLabels mapping;
    mapping.logit_of_emotion.fill(-1);
    if (config.labels.size() == api::kEmotionCount && has_default_names(config.labels)) {
        for (std::size_t id = 0; id < api::kEmotionCount; ++id) {
            mapping.logit_of_emotion[id] = static_cast<std::int64_t>(id);
        }
        mapping.is_assumed = true;
        return mapping;
    }
    for (std::size_t id = 0; id < config.labels.size(); ++id) {
        const auto emotion = api::emotion_named(config.labels[id]);
        if (!emotion) {
            return api::failure(api::errc::not_supported,
                                "config.json: label \"" + config.labels[id] +
                                    "\" is none of the seven emotions; name the labels in id2label "
                                    "공포, 놀람, 분노, 슬픔, 중립, 행복 and 혐오");
        }
        auto& logit = mapping.logit_of_emotion[api::index_of(*emotion)];
        if (logit >= 0) {
            return api::failure(api::errc::not_supported, "config.json: the labels " + std::to_string(logit) +
                                                              " and " + std::to_string(id) + " are both " +
                                                              std::string(api::korean_name(*emotion)) +
                                                              "; id2label must name each emotion once");
        }
        logit = static_cast<std::int64_t>(id);
    }
    for (const auto emotion : api::kEmotions) {
        if (mapping.logit_of_emotion[api::index_of(emotion)] >= 0) continue;
        return api::failure(
            api::errc::not_supported,
            config.labels.empty()
                ? std::string("config.json: no id2label, so this is an encoder without a classifier head; "
                              "train one with `nunchi-train fit --base`")
                : "config.json: id2label lacks " + std::string(api::korean_name(emotion)));
    }
    return mapping;
}

}  // namespace nunchi::model_folder
