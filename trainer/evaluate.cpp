#include "trainer/evaluate.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>

#include "trainer/length_buckets.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kBatchSize = 64;

api::Emotion most_probable(const model::EmotionLogits& logits) {
    const auto best = std::max_element(logits.begin(), logits.end());
    return api::kEmotions[static_cast<std::size_t>(best - logits.begin())];
}

void print_confusion(std::ostream& out, const ConfusionMatrix& confusion) {
    // A Hangul syllable is two columns wide and three bytes long, so the columns are set by hand.
    out << "\n정답 \\ 예측 ";
    for (const auto emotion : api::kEmotions) out << "   " << api::korean_name(emotion);
    out << "\n";
    for (const auto truth : api::kEmotions) {
        out << "       " << api::korean_name(truth) << " ";
        for (const auto count : confusion[api::index_of(truth)]) out << std::setw(7) << count;
        out << "\n";
    }
}

}  // namespace

std::vector<api::Emotion> predict(const model::EmotionModel& model, const TrainingSet& set) {
    std::vector<api::Emotion> predicted(set.size());
    for (const auto& batch : batches_by_length(set.lengths(), kBatchSize)) {
        std::vector<model::Message> messages;
        messages.reserve(batch.size());
        for (const auto row : batch) messages.push_back({.ids = set.ids[row]});
        const auto logits = model.logits(messages);
        for (std::size_t i = 0; i < batch.size(); ++i) predicted[batch[i]] = most_probable(logits[i]);
    }
    return predicted;
}

nlohmann::ordered_json to_json(const Metrics& metrics) {
    nlohmann::ordered_json classes;
    nlohmann::ordered_json labels;
    for (const auto emotion : api::kEmotions) {
        const auto& of_class = metrics.classes[api::index_of(emotion)];
        labels.push_back(api::korean_name(emotion));
        classes[std::string(api::korean_name(emotion))] = {{"precision", of_class.precision},
                                                           {"recall", of_class.recall},
                                                           {"f1", of_class.f1},
                                                           {"support", of_class.support}};
    }
    return {{"rows", metrics.rows},
            {"accuracy", metrics.accuracy},
            {"macro_f1", metrics.macro_f1},
            {"classes", classes},
            {"confusion", {{"labels", labels}, {"matrix", metrics.confusion}}}};
}

void print(std::ostream& out, const Metrics& metrics) {
    out << std::fixed << std::setprecision(4);
    out << "rows      " << metrics.rows << "\n";
    out << "accuracy  " << metrics.accuracy << "\n";
    out << "macro-F1  " << metrics.macro_f1 << "\n\n";
    out << "       precision  recall      F1    rows\n";
    for (const auto emotion : api::kEmotions) {
        const auto& of_class = metrics.classes[api::index_of(emotion)];
        out << api::korean_name(emotion) << std::setw(12) << of_class.precision << std::setw(8)
            << of_class.recall << std::setw(8) << of_class.f1 << std::setw(8) << of_class.support << "\n";
    }
    print_confusion(out, metrics.confusion);
}

}  // namespace nunchi::trainer
