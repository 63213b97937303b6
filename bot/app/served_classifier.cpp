#include "bot/app/served_classifier.hpp"

#include <algorithm>
#include <utility>

#include "bot/remote/remote_classifier.hpp"

#ifdef NUNCHI_HAS_TORCH
#include "bot/app/local_model.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/text/text_encoder.hpp"
#endif

namespace nunchi::bot {
namespace {

/// What every model for chat reads right.
constexpr std::string_view kPlainSentence = "오늘은 정말 기분이 좋아요!";

ServedClassifier serve_remote(const config::ClassifierSettings& settings, std::shared_ptr<spdlog::logger> log,
                              boost::asio::any_io_executor executor, net::HttpClient& client) {
    remote::Options options;
    options.url = settings.url;
    options.token = settings.url_token;
    options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(settings.url_timeout * 1000));
    options.on_error = [log = std::move(log)](const std::string& message) { log->warn("{}", message); };
    auto model = std::make_shared<http_api::ServedModel>();
    model->classifier = remote::create_remote_classifier(std::move(executor), std::move(options), client);
    model->id = "remote";
    model->compute_type = "remote";
    for (const auto emotion : api::kEmotions) {
        model->labels[api::index_of(emotion)] = std::string(api::korean_name(emotion));
    }
    return {std::move(model), "", std::string(kPlainSentence), api::Emotion::happiness};
}

#ifdef NUNCHI_HAS_TORCH

/// No limit in practice: the longest message that is read has fewer tokens.
constexpr std::size_t kWholeText = 1'000'000;

/// The folder's own names and ids of the labels; LABEL_0 and the like stand for the notebook's order.
void take_labels(const model_folder::ModelFolder& folder, http_api::ServedModel& model) {
    for (std::size_t id = 0; id < folder.config.labels.size() && id < api::kEmotionCount; ++id) {
        const auto emotion = api::emotion_named(folder.config.labels[id]).value_or(api::kEmotions[id]);
        model.labels[api::index_of(emotion)] = folder.config.labels[id];
        model.label_ids[api::index_of(emotion)] = id;
    }
}

/// The golden sentence that the model is surest of; a folder without any gets the plain one.
void choose_golden(const model_folder::Manifest& manifest, ServedClassifier& served) {
    served.golden_text = kPlainSentence;
    float best = 0;
    for (const auto& golden : manifest.golden) {
        const auto top = std::ranges::max_element(golden.probabilities);
        if (*top <= best) continue;
        best = *top;
        served.golden_text = golden.text;
        served.golden_emotion = api::kEmotions[static_cast<std::size_t>(top - golden.probabilities.begin())];
    }
}

api::outcome<ServedClassifier> serve_local(const config::ClassifierSettings& settings,
                                           const config::Environment& environment,
                                           std::shared_ptr<spdlog::logger> log) {
    auto local = load_local_model(settings, environment, [log](const std::string& message) {
        log->error("inference failed: {}", message);
    });
    if (!local) return local.error();
    auto whole = model_folder::create_encoder(local->folder, kWholeText);
    if (!whole) return whole.error();

    auto model = std::make_shared<http_api::ServedModel>();
    model->classifier = std::move(local->classifier);
    model->encode_whole = [encoder = std::make_shared<const text::TextEncoder>(std::move(*whole))](
                              std::string_view text) { return encoder->encode(text); };
    model->tokens = local->engine;
    model->id = local->folder.model_id();
    model->sha = local->folder.weights_hash;
    model->compute_type = local->device.substr(0, local->device.find(':'));
    model->dtype = local->precision == "bf16" ? "bfloat16" : "float32";
    model->max_input_length = static_cast<std::size_t>(settings.max_tokens);
    model->max_batch_tokens = static_cast<std::size_t>(settings.max_batch_tokens);
    model->thresholds = local->folder.manifest.calibration.thresholds;
    take_labels(local->folder, *model);
    log->info("reading with {} on {} in {}", model->id, local->device, local->precision);

    ServedClassifier served{model, local->folder.manifest.attribution, "", api::Emotion::happiness};
    choose_golden(local->folder.manifest, served);
    return served;
}

#else

api::outcome<ServedClassifier> serve_local(const config::ClassifierSettings&, const config::Environment&,
                                           const std::shared_ptr<spdlog::logger>&) {
    return api::failure(
        api::errc::not_supported,
        "this build has no libtorch: set classifier.url (NUNCHI_CLASSIFIER_URL) to the address of "
        "another Nunchi or of a Text Embeddings Inference server");
}

#endif

}  // namespace

api::outcome<ServedClassifier> make_served_classifier(const config::ClassifierSettings& settings,
                                                      const config::Environment& environment,
                                                      std::shared_ptr<spdlog::logger> log,
                                                      boost::asio::any_io_executor executor,
                                                      net::HttpClient& client) {
    if (settings.url.empty()) return serve_local(settings, environment, std::move(log));
    log->info("reading with the remote classifier at {}", settings.url);
    return serve_remote(settings, std::move(log), std::move(executor), client);
}

}  // namespace nunchi::bot
