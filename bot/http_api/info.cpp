#include "bot/http_api/info.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "config/build_info.hpp"

namespace nunchi::http_api {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

/// {"classifier": {"id2label": {"0": "공포", …}, "label2id": {"공포": 0, …}}}
Json model_type(const ServedModel& model) {
    std::map<std::size_t, std::string> labels;
    for (std::size_t i = 0; i < model.labels.size(); ++i) labels[model.label_ids[i]] = model.labels[i];
    Json classifier;
    for (const auto& [id, label] : labels) {
        classifier["id2label"][std::to_string(id)] = label;
        classifier["label2id"][label] = id;
    }
    return {{"classifier", classifier}};
}

Json thresholds(const ServedModel& model) {
    Json by_label;
    for (std::size_t i = 0; i < model.labels.size(); ++i) by_label[model.labels[i]] = model.thresholds[i];
    return by_label;
}

}  // namespace

std::string info_json(const ServedModel& model, const Options& options) {
    const config::BuildInfo& build = config::build_info();
    Json info;
    info["model_id"] = model.id;
    info["model_sha"] = or_null(model.sha.value_or(""));
    info["model_dtype"] = model.dtype;
    info["model_type"] = model_type(model);
    info["max_concurrent_requests"] = options.max_concurrent_requests;
    info["max_input_length"] = model.max_input_length;
    info["max_batch_tokens"] = model.max_batch_tokens;
    info["max_batch_requests"] = model.max_batch_requests;
    info["max_client_batch_size"] = options.max_client_batch_size;
    info["auto_truncate"] = true;
    info["tokenization_workers"] = 1;
    info["version"] = build.version;
    info["sha"] = or_null(build.commit);
    info["docker_label"] = nullptr;
    info["abstain_below"] = thresholds(model);
    return info.dump();
}

}  // namespace nunchi::http_api
