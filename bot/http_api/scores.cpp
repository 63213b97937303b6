#include "bot/http_api/scores.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace nunchi::http_api {
namespace {

using Scores = std::array<float, api::kEmotionCount>;
using Order = std::array<api::Emotion, api::kEmotionCount>;

std::optional<Scores> scores_of(const api::Prediction& prediction, ScoreKind kind) {
    if (kind == ScoreKind::softmax) return prediction.probabilities;
    if (kind == ScoreKind::logits || !prediction.logits) return prediction.logits;
    Scores scores = *prediction.logits;
    for (float& score : scores) score = 1.0F / (1.0F + std::exp(-score));
    return scores;
}

Order ranked(const Scores& scores, const ServedModel& model) {
    Order order = api::kEmotions;
    std::ranges::sort(order, [&](api::Emotion left, api::Emotion right) {
        const auto a = api::index_of(left), b = api::index_of(right);
        return scores[a] != scores[b] ? scores[a] > scores[b] : model.label_ids[a] < model.label_ids[b];
    });
    return order;
}

void append_number(std::string& out, float number) {
    std::array<char, 24> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), written.ptr);
}

/// The end of an entry, by Emotion: ,"label":"행복"}
std::array<std::string, api::kEmotionCount> label_members(const ServedModel& model) {
    std::array<std::string, api::kEmotionCount> members;
    std::ranges::transform(model.labels, members.begin(), [](const std::string& label) {
        return ",\"label\":" + nlohmann::json(label).dump() + "}";
    });
    return members;
}

std::string milliseconds(std::chrono::nanoseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

}  // namespace

result<std::string> scores_json(const PredictRequest& request, const ServedModel& model,
                                const std::vector<api::Prediction>& predictions) {
    const auto labels = label_members(model);
    const std::size_t count =
        request.top_k == 0 ? labels.size() : std::min<std::size_t>(request.top_k, labels.size());
    const bool is_nested = request.is_batch || request.has_parameters;
    std::string json;
    json.reserve(predictions.size() * 384);
    if (is_nested) json += '[';
    for (const api::Prediction& prediction : predictions) {
        const auto scores = scores_of(prediction, request.scores);
        if (!scores) {
            return ApiError{Refusal::not_readable,
                            "this server asks another one, which tells probabilities only; leave out "
                            "`raw_scores` and `function_to_apply`"};
        }
        if (!std::ranges::all_of(*scores, [](float score) { return std::isfinite(score); })) {
            return ApiError{Refusal::inference_failed, "a score is no finite number"};
        }
        if (json.size() > 1) json += ',';
        const Order order = ranked(*scores, model);
        for (std::size_t rank = 0; rank < count; ++rank) {
            const auto emotion = api::index_of(order[rank]);
            json += rank == 0 ? "[{\"score\":" : ",{\"score\":";
            append_number(json, (*scores)[emotion]);
            json += labels[emotion];
        }
        json += ']';
    }
    if (is_nested) json += ']';
    return json;
}

api::Timings mean_timings(const std::vector<api::Prediction>& predictions) {
    api::Timings sum;
    for (const api::Prediction& prediction : predictions) {
        sum.tokenization += prediction.timings.tokenization;
        sum.queue += prediction.timings.queue;
        sum.inference += prediction.timings.inference;
    }
    const auto count = static_cast<std::chrono::nanoseconds::rep>(predictions.size());
    return {sum.tokenization / count, sum.queue / count, sum.inference / count};
}

void set_compute_headers(net::Headers& headers, const ServedModel& model,
                         const std::vector<api::Prediction>& predictions, std::size_t characters,
                         std::chrono::nanoseconds total) {
    std::size_t token_count = 0;
    for (const api::Prediction& prediction : predictions) token_count += prediction.token_count;
    const api::Timings mean = mean_timings(predictions);
    headers.set("x-compute-type", model.compute_type);
    headers.set("x-compute-time", milliseconds(total));
    headers.set("x-compute-characters", std::to_string(characters));
    headers.set("x-compute-tokens", std::to_string(token_count));
    headers.set("x-total-time", milliseconds(total));
    headers.set("x-tokenization-time", milliseconds(mean.tokenization));
    headers.set("x-queue-time", milliseconds(mean.queue));
    headers.set("x-inference-time", milliseconds(mean.inference));
}

std::size_t count_characters(const std::vector<std::string>& texts) {
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    std::size_t count = 0;
    for (const std::string& text : texts) {
        count += static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
    }
    return count;
}

}  // namespace nunchi::http_api
