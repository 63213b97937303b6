#include "classifier/engine/golden_check.hpp"

#include <cmath>
#include <string>

namespace nunchi::engine {
namespace {

api::Prediction predict(const std::vector<std::int32_t>& ids, const model::EmotionModel& model,
                        const calibration::Calibration& calibration) {
    const model::Message message{.ids = ids};
    api::Prediction prediction;
    calibration::apply(calibration, model.logits({&message, 1}).front(), prediction);
    return prediction;
}

api::Failure different(const model_folder::Golden& golden, const std::string& what) {
    return api::failure(api::errc::bad_format, "golden sentence \"" + golden.text + "\": " + what);
}

}  // namespace

std::vector<model_folder::Golden> record_golden(const text::TextEncoder& encoder,
                                                const model::EmotionModel& model,
                                                const calibration::Calibration& calibration) {
    std::vector<model_folder::Golden> list;
    for (const auto text : model_folder::golden_texts()) {
        auto ids = encoder.encode(text).ids;
        const auto probabilities = predict(ids, model, calibration).probabilities;
        list.push_back({std::string(text), std::move(ids), probabilities});
    }
    return list;
}

api::outcome<void> check_golden_ids(const model_folder::Manifest& manifest,
                                    const text::TextEncoder& encoder) {
    for (const auto& golden : manifest.golden) {
        if (encoder.encode(golden.text).ids == golden.ids) continue;
        return different(
            golden,
            "this build gives other token ids than the one that wrote the model; use the release "
            "that wrote it, or train again");
    }
    return {};
}

api::outcome<void> check_golden_probabilities(const model_folder::Manifest& manifest,
                                              const model::EmotionModel& model) {
    for (const auto& golden : manifest.golden) {
        if (model.check(golden.ids)) return different(golden, "the model cannot take its token ids");
        const auto prediction = predict(golden.ids, model, manifest.calibration);
        for (std::size_t i = 0; i < api::kEmotionCount; ++i) {
            const auto difference = std::abs(prediction.probabilities[i] - golden.probabilities[i]);
            if (difference <= model_folder::kGoldenTolerance) continue;
            return different(golden, "a probability differs by " + std::to_string(difference) +
                                         " from the recorded one; copy the model folder again");
        }
    }
    return {};
}

}  // namespace nunchi::engine
