#include "bot/remote/server_info.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

namespace nunchi::remote {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxBody = 1024 * 1024;
constexpr std::size_t kMaxName = 200;

api::Failure unusable(const std::string& why) {
    return api::failure(api::errc::not_supported, "/info: " + why);
}

/// The member, or null when `object` is none or does not have it.
const Json& member(const Json& object, const char* key) {
    static const Json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>().substr(0, kMaxName) : std::string();
}

std::size_t count_of(const Json& value, std::size_t fallback) {
    if (!value.is_number_unsigned()) return fallback;
    return static_cast<std::size_t>(value.get<std::uint64_t>());
}

/// transformers' names for labels that nobody named.
bool has_default_names(const Json& labels) {
    for (std::size_t id = 0; id < api::kEmotionCount; ++id) {
        const Json& label = member(labels, std::to_string(id).c_str());
        if (!label.is_string() || label.get_ref<const std::string&>() != "LABEL_" + std::to_string(id)) {
            return false;
        }
    }
    return labels.size() == api::kEmotionCount;
}

api::outcome<EmotionOfLabel> labels_of(const Json& id2label) {
    EmotionOfLabel labels;
    if (has_default_names(id2label)) {
        for (const api::Emotion emotion : api::kEmotions) {
            labels["LABEL_" + std::to_string(api::index_of(emotion))] = emotion;
        }
        return labels;
    }
    std::set<api::Emotion> named;
    for (const Json& label : id2label) {
        const std::string name = text_of(label);
        const auto emotion = api::emotion_named(name);
        if (!emotion) {
            return unusable("the label \"" + name +
                            "\" is none of the seven emotions; serve a model whose id2label names 공포, "
                            "놀람, 분노, 슬픔, 중립, 행복 and 혐오, in Korean or English");
        }
        if (!named.insert(*emotion).second) {
            return unusable("two labels are " + std::string(api::korean_name(*emotion)));
        }
        labels[name] = *emotion;
    }
    for (const api::Emotion emotion : api::kEmotions) {
        if (!named.contains(emotion)) {
            return unusable("id2label lacks " + std::string(api::korean_name(emotion)));
        }
    }
    return labels;
}

std::array<float, api::kEmotionCount> thresholds_of(const Json& abstain_below, const EmotionOfLabel& labels) {
    std::array<float, api::kEmotionCount> thresholds{};
    for (const auto& [label, emotion] : labels) {
        const Json& value = member(abstain_below, label.c_str());
        if (!value.is_number()) continue;
        const auto threshold = value.get<float>();
        if (threshold >= 0.0F && threshold <= 1.0F) thresholds[api::index_of(emotion)] = threshold;
    }
    return thresholds;
}

}  // namespace

api::outcome<ServerInfo> parse_server_info(std::string_view body) {
    if (body.size() > kMaxBody) return unusable("larger than 1 MiB");
    const Json info = Json::parse(body, nullptr, false);
    if (!info.is_object()) {
        return unusable("no JSON object; is this a Nunchi or a Text Embeddings Inference server?");
    }
    const Json& id2label = member(member(member(info, "model_type"), "classifier"), "id2label");
    if (!id2label.is_object()) return unusable("model_type is no classifier with id2label");
    auto labels = labels_of(id2label);
    if (!labels) return labels.error();

    ServerInfo server;
    server.model_id = text_of(member(info, "model_id"));
    const std::string sha = text_of(member(info, "model_sha"));
    if (!sha.empty() && server.model_id.find('@') == std::string::npos) {
        server.model_id += "@" + sha.substr(0, 12);
    }
    server.max_client_batch_size =
        std::max<std::size_t>(1, count_of(member(info, "max_client_batch_size"), 32));
    server.max_input_length = count_of(member(info, "max_input_length"), 0);
    server.abstain_below = thresholds_of(member(info, "abstain_below"), *labels);
    server.labels = std::move(*labels);
    return server;
}

}  // namespace nunchi::remote
