#include "config/settings.hpp"

#include <spdlog/fmt/fmt.h>

#include <utility>

#include "config/escape.hpp"
#include "config/example_file.hpp"
#include "config/limited_file.hpp"
#include "config/paths.hpp"
#include "config/settings_error.hpp"
#include "config/settings_reader.hpp"
#include "config/toml_document.hpp"

namespace nunchi::config {
namespace {

void declare_log(Schema& schema, LogSettings& log) {
    schema.section("log", "What Nunchi writes to standard error.")
        .choice("level", log.level,
                {{"trace", LogLevel::trace},
                 {"debug", LogLevel::debug},
                 {"info", LogLevel::info},
                 {"warn", LogLevel::warn},
                 {"error", LogLevel::error}},
                "The least severe lines that are written.")
        .choice("format", log.format, {{"human", LogFormat::human}, {"json", LogFormat::json}},
                "Lines for people, or one JSON object per line for log collectors.");
}

void declare_classifier(Schema& schema, ClassifierSettings& classifier) {
    schema.section("classifier", "The model that reads emotions, and how much of the machine it may use.")
        .text("model", classifier.model, EmptyText::refused,
              "The model: the path of its folder, or the name of a folder in models_dir.")
        .path("models_dir", classifier.models_dir, EmptyText::allowed,
              "Where models are kept; \"\" is the folder models in $XDG_DATA_HOME/nunchi "
              "(~/.local/share/nunchi).")
        .choice("device", classifier.device,
                {{"auto", Device::automatic}, {"cpu", Device::cpu}, {"cuda", Device::cuda}},
                "Where the model runs; \"auto\" takes a GPU when there is one that works.")
        .number("threads", classifier.threads, 0, 256, "Threads that compute; 0 is one per physical core.")
        .number("max_batch_tokens", classifier.max_batch_tokens, 16, 65536,
                "The most tokens that are computed at once; at least max_tokens.")
        .number(
            "max_queued_tokens", classifier.max_queued_tokens, 64, 10'000'000,
            "The most tokens that wait, at least max_tokens; beyond it messages are refused as overloaded.")
        .number("max_tokens", classifier.max_tokens, 3, 512,
                "The most tokens of one message, with [CLS] and [SEP]; longer messages are cut.");
}

/// A message that fills max_tokens must fit in.
void check_fits_message(const char* key, int value, int max_tokens, ReadReport& report) {
    if (value >= max_tokens) return;
    const auto origin = report.origins.find(key);
    report.problems.push_back(fmt::format("{}: expected at least classifier.max_tokens ({}), got {}",
                                          origin == report.origins.end() ? key : origin->second, max_tokens,
                                          value));
}

void check(const ClassifierSettings& classifier, ReadReport& report) {
    check_fits_message("classifier.max_batch_tokens", classifier.max_batch_tokens, classifier.max_tokens,
                       report);
    check_fits_message("classifier.max_queued_tokens", classifier.max_queued_tokens, classifier.max_tokens,
                       report);
}

TomlDocument read_document(const std::filesystem::path& file) {
    const LimitedFile read = read_limited_file(file, kMaxTomlBytes);
    if (read.error.empty()) return parse_toml(read.content);
    throw SettingsError(
        {fmt::format("{}: the settings file cannot be read: {}", printable(file.string()), read.error)});
}

}  // namespace

Schema schema_of(Settings& settings) {
    Schema schema;
    declare_log(schema, settings.log);
    declare_classifier(schema, settings.classifier);
    return schema;
}

LoadedSettings load_settings(const std::optional<std::filesystem::path>& explicit_file,
                             const Environment& environment) {
    LoadedSettings loaded;
    loaded.file = find_settings_file(explicit_file, environment);
    const TomlDocument document = loaded.file ? read_document(*loaded.file) : TomlDocument{};
    const std::string name = loaded.file ? printable(loaded.file->string()) : "";

    ReadReport report = read_settings(schema_of(loaded.settings), name, document, environment);
    check(loaded.settings.classifier, report);
    if (!report.problems.empty()) throw SettingsError(std::move(report.problems));
    loaded.warnings = std::move(report.warnings);
    return loaded;
}

std::string example_settings() {
    Settings defaults;
    return example_file(schema_of(defaults));
}

}  // namespace nunchi::config
