#include "bot/app/local_model.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "classifier/engine/engine.hpp"
#include "classifier/engine/golden_check.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/text/text_classifier.hpp"
#include "config/paths.hpp"

namespace nunchi::bot {
namespace {

namespace fs = std::filesystem;

/// The models folder beside an installed program, or that of the source tree for a program in its build
/// folder.
fs::path bundled_models() {
    std::error_code error;
    const auto installed =
        fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "share/nunchi/models";
    return fs::is_directory(installed, error) ? installed : fs::path(NUNCHI_SOURCE_MODELS);
}

std::string device_name(config::Device device) {
    switch (device) {
        case config::Device::automatic: return "auto";
        case config::Device::cpu: return "cpu";
        case config::Device::cuda: return "cuda";
    }
    return "auto";
}

std::string precision_name(config::Precision precision) {
    switch (precision) {
        case config::Precision::automatic: return "auto";
        case config::Precision::fp32: return "fp32";
        case config::Precision::bf16: return "bf16";
    }
    return "auto";
}

engine::Options engine_options(const config::ClassifierSettings& settings,
                               std::function<void(const std::string&)> on_error) {
    engine::Options options;
    options.device = device_name(settings.device);
    options.precision = precision_name(settings.precision);
    options.threads = settings.threads;
    options.max_batch_tokens = static_cast<std::size_t>(settings.max_batch_tokens);
    options.max_queued_tokens = static_cast<std::size_t>(settings.max_queued_tokens);
    options.on_error = std::move(on_error);
    return options;
}

}  // namespace

fs::path own_models(const config::ClassifierSettings& settings, const config::Environment& environment) {
    return settings.models_dir.empty() ? config::data_dir(environment) / "models" : settings.models_dir;
}

model_folder::ModelDirectories model_directories(const config::ClassifierSettings& settings,
                                                 const config::Environment& environment) {
    // Services and containers may have no home; the bundled models need none.
    const bool has_home = !settings.models_dir.empty() || config::value_of(environment, "HOME") ||
                          config::value_of(environment, "XDG_DATA_HOME");
    if (!has_home) return {bundled_models()};
    return {own_models(settings, environment), bundled_models()};
}

api::outcome<LocalModel> load_local_model(const config::ClassifierSettings& settings,
                                          const config::Environment& environment,
                                          std::function<void(const std::string&)> on_error) {
    const auto path = model_folder::find_model(settings.model, model_directories(settings, environment));
    if (!path) return path.error();
    const auto folder = model_folder::open_model_folder(*path);
    if (!folder) return folder.error();
    auto encoder = model_folder::create_encoder(*folder, static_cast<std::size_t>(settings.max_tokens));
    if (!encoder) return encoder.error();
    if (auto checked = engine::check_golden_ids(folder->manifest, *encoder); !checked) return checked.error();
    auto engine = engine::create_engine(*folder, engine_options(settings, std::move(on_error)));
    if (!engine) return engine.error();

    LocalModel local{*folder, nullptr, nullptr, (*engine)->device(), (*engine)->precision()};
    local.engine = std::move(*engine);
    local.classifier = text::create_text_classifier(std::move(*encoder), local.engine);
    return local;
}

}  // namespace nunchi::bot
