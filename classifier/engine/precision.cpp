#include "classifier/engine/precision.hpp"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <vector>

#include "classifier/calibration/calibration.hpp"

namespace nunchi::engine {
namespace {

using Clock = std::chrono::steady_clock;
using model::EmotionModel;
using model::Precision;

constexpr std::size_t kLength = 14;     // tokens of a usual chat message
constexpr std::size_t kMessages = 32;   // a usual batch under load
constexpr double kClearlyFaster = 0.9;  // of the time
constexpr double kNotSlower = 1.05;

/// Messages of ids from all over the vocabulary.
std::vector<std::vector<std::int32_t>> probe_messages(const EmotionModel& model) {
    const auto length =
        std::min<std::size_t>(kLength, static_cast<std::size_t>(model.config().max_position_embeddings));
    std::vector<std::vector<std::int32_t>> messages(kMessages, std::vector<std::int32_t>(length));
    std::int64_t next = 0;
    for (auto& message : messages) {
        for (auto& id : message) {
            next = (next + 7919) % model.config().vocab_size;
            id = static_cast<std::int32_t>(next);
        }
    }
    return messages;
}

std::vector<model::Message> views_of(const std::vector<std::vector<std::int32_t>>& messages) {
    std::vector<model::Message> views;
    views.reserve(messages.size());
    for (const auto& message : messages) views.push_back({message});
    return views;
}

/// The shortest of some passes; the first one compiles kernels and does not count.
Clock::duration time_of(const EmotionModel& model, std::span<const model::Message> messages, int passes) {
    model.logits(messages);
    auto best = Clock::duration::max();
    for (int pass = 0; pass < passes; ++pass) {
        const auto start = Clock::now();
        model.logits(messages);
        best = std::min(best, Clock::now() - start);
    }
    return best;
}

bool is_close(const EmotionModel& one, const EmotionModel& other, std::span<const model::Message> messages) {
    const auto expected = one.logits(messages);
    const auto actual = other.logits(messages);
    for (std::size_t message = 0; message < expected.size(); ++message) {
        api::Prediction a;
        api::Prediction b;
        calibration::apply({}, expected[message], a);
        calibration::apply({}, actual[message], b);
        for (std::size_t emotion = 0; emotion < api::kEmotionCount; ++emotion) {
            const auto difference = std::abs(a.probabilities[emotion] - b.probabilities[emotion]);
            // Written so that a NaN is not close.
            if (!(difference <= model_folder::kGoldenTolerance)) return false;
        }
    }
    return true;
}

bool is_worth_it(const EmotionModel& exact, const EmotionModel& narrow) {
    const auto ids = probe_messages(exact);
    const auto messages = views_of(ids);
    const std::span one(messages.data(), 1);
    return is_close(exact, narrow, messages) &&
           time_of(narrow, messages, 3) < kClearlyFaster * time_of(exact, messages, 3) &&
           time_of(narrow, one, 5) < kNotSlower * time_of(exact, one, 5);
}

}  // namespace

api::outcome<ModelInPrecision> load_in_precision(const model_folder::ModelFolder& folder,
                                                 const at::Device& device, const Options& options) {
    const auto first = options.precision == "bf16" ? Precision::bf16 : Precision::fp32;
    auto model = EmotionModel::load(folder, device, first);
    if (!model) return model.error();
    if (options.precision != "auto") return ModelInPrecision{*model, first};
    auto narrow = EmotionModel::load(folder, device, Precision::bf16);
    if (!narrow) return narrow.error();
    // On a thread of its own, since OpenMP keeps the number of threads per calling thread.
    const bool takes_narrow = std::async(std::launch::async, [&] {
                                  if (options.threads > 0) at::set_num_threads(options.threads);
                                  return is_worth_it(**model, **narrow);
                              }).get();
    return takes_narrow ? ModelInPrecision{*narrow, Precision::bf16} : ModelInPrecision{*model, first};
}

}  // namespace nunchi::engine
