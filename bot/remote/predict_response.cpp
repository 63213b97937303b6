#include "bot/remote/predict_response.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

namespace nunchi::remote {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxBody = 4 * 1024 * 1024;
constexpr float kTolerance = 0.02F;  // Servers compute with half precision, too.

api::Failure strange(const std::string& what) {
    return api::failure(api::errc::bad_format, "/predict: " + what);
}

api::outcome<Probabilities> probabilities_of(const Json& list, const EmotionOfLabel& labels) {
    if (!list.is_array() || list.size() != api::kEmotionCount) {
        return strange("expected a list of seven labels for each text");
    }
    Probabilities probabilities;
    probabilities.fill(-1.0F);
    for (const Json& entry : list) {
        if (!entry.is_object() || !entry.contains("label") || !entry.contains("score") ||
            !entry["label"].is_string() || !entry["score"].is_number()) {
            return strange("expected entries of a score and a label");
        }
        const auto found = labels.find(entry["label"].get_ref<const std::string&>());
        if (found == labels.end()) return strange("a label that /info does not name");
        const auto score = entry["score"].get<float>();
        const bool is_probability = score >= 0.0F && score <= 1.0F + kTolerance;
        if (!is_probability) return strange("a score that is no probability");
        probabilities[api::index_of(found->second)] = score;
    }
    const float total = std::accumulate(probabilities.begin(), probabilities.end(), 0.0F);
    for (const float probability : probabilities) {
        if (probability < 0.0F) return strange("a label that comes twice");
    }
    if (std::abs(total - 1.0F) > kTolerance) return strange("scores that do not add up to 1");
    return probabilities;
}

}  // namespace

api::outcome<std::vector<Probabilities>> parse_predict_response(std::string_view body,
                                                                const EmotionOfLabel& labels,
                                                                std::size_t texts) {
    if (body.size() > kMaxBody) return strange("an answer larger than 4 MiB");
    const Json answer = Json::parse(body, nullptr, false);
    if (answer.is_discarded()) return strange("an answer that is not JSON");
    if (!answer.is_array() || answer.size() != texts) {
        return strange("expected a list of " + std::to_string(texts) + " lists, one for each text");
    }
    std::vector<Probabilities> all;
    all.reserve(texts);
    for (const Json& list : answer) {
        auto probabilities = probabilities_of(list, labels);
        if (!probabilities) return probabilities.error();
        all.push_back(*probabilities);
    }
    return all;
}

}  // namespace nunchi::remote
