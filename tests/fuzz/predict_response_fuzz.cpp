// uses: nunchi_remote
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bot/remote/predict_response.hpp"
#include "bot/remote/server_info.hpp"

/// Both answers of a remote classifier: its /info, and its /predict with the Korean labels.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunchi;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto info = remote::parse_server_info(body);
    if (info && info->labels.size() != api::kEmotionCount) std::abort();

    remote::EmotionOfLabel labels;
    for (const auto emotion : api::kEmotions) labels[std::string(api::korean_name(emotion))] = emotion;
    const auto predictions = remote::parse_predict_response(body, labels, 2);
    if (!predictions) return predictions.error().message.empty() ? (std::abort(), 0) : 0;
    if (predictions->size() != 2) std::abort();
    for (const auto& probabilities : *predictions) {
        for (const float probability : probabilities) {
            const bool is_probability = probability >= 0.0F && probability <= 1.1F;
            if (!is_probability) std::abort();
        }
    }
    return 0;
}
