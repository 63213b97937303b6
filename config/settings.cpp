#include "config/settings.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
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
                "The most tokens of one message, with [CLS] and [SEP]; longer messages are cut.")
        .text(
            "url", classifier.url, EmptyText::allowed,
            "A remote classifier in place of the model: the address of another Nunchi or of a Text Embeddings "
            "Inference server, as in https://gpu.example.com:8080; \"\" reads messages in this process.")
        .secret("url_token", classifier.url_token, "The bearer token of the remote classifier.")
        .real("url_timeout", classifier.url_timeout, 0.1, 600,
              "Seconds that the remote classifier may take.");
}

void declare_bot(Schema& schema, BotSettings& bot) {
    schema.section("bot", "How messages are answered unless an admin chose otherwise. Times are in seconds.")
        .choice("mode", bot.mode,
                {{"reply", AnswerMode::reply},
                 {"reaction", AnswerMode::reaction},
                 {"silent", AnswerMode::silent},
                 {"on-demand", AnswerMode::on_demand}},
                "In words, with an emoji, counted only, or only when the bot is addressed.")
        .real(
            "burst_window", bot.burst_window, 0, 3600,
            "After an answer, further messages of the same author are counted and not answered for so long.")
        .real("user_cooldown", bot.user_cooldown, 0, 86400, "The least time between two answers to a person.")
        .real("channel_cooldown", bot.channel_cooldown, 0, 86400,
              "The least time between two answers in a channel.")
        .real("community_cooldown", bot.community_cooldown, 0, 86400,
              "The least time between two answers in a server or workspace.")
        .real("min_confidence", bot.min_confidence, 0, 1,
              "Below this probability no emotion is named, beside the model's own thresholds.")
        .number("max_in_flight", bot.max_in_flight, 1, 1'000'000,
                "The most messages that are worked on at once; further ones are refused as overloaded.");
}

void declare_web(Schema& schema, WebSettings& web) {
    schema.section("web", "The chat page, on the private listener.")
        .flag("enabled", web.enabled, "Whether there is a chat page.")
        .flag("open_browser", web.open_browser, "Open the page in a browser when started on a desktop.")
        .real("burst_window", web.burst_window, 0, 3600, "As bot.burst_window, for the chat page.");
}

void declare_http(Schema& schema, HttpSettings& http) {
    schema
        .section("http", "The private listener (chat page, API, metrics) and the public one (webhooks only).")
        .text("address", http.address, EmptyText::refused,
              "Where the private listener listens; off loopback it needs a token.")
        .number("port", http.port, 0, 65535, "Its port; 0 takes one that is free.")
        .secret("token", http.token, "The token of the private listener; browsers enter by a one-time link.")
        .text(
            "allowed_hosts", http.allowed_hosts, EmptyText::allowed,
            "Host names beside localhost that browsers may reach the private listener by, separated by commas.")
        .text("public_address", http.public_address, EmptyText::refused, "Where the public listener listens.")
        .number("public_port", http.public_port, 0, 65535, "Its port; 0 is no public listener.");
}

void declare_store(Schema& schema, StoreSettings& store) {
    schema.section("store", "Settings, counters and what is still to be sent. Never a message's text.")
        .secret("url", store.url,
                "PostgreSQL, as in postgresql://nunchi:password@db/nunchi; \"\" is a SQLite file.")
        .path("path", store.path, EmptyText::allowed,
              "The SQLite file; \"\" is nunchi.db in $XDG_STATE_HOME/nunchi (~/.local/state/nunchi).");
}

void declare_net(Schema& schema, NetSettings& net) {
    schema.section("net", "How other machines are reached.")
        .path("ca_file", net.ca_file, EmptyText::allowed,
              "A PEM file with certificates that are trusted beside the system's.")
        .secret("proxy", net.proxy, "An HTTP proxy, as in http://user:password@proxy:3128.")
        .text("allow_plain", net.allow_plain, EmptyText::allowed,
              "Hosts beside localhost that are spoken to without TLS, separated by commas.");
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
    declare_bot(schema, settings.bot);
    declare_web(schema, settings.web);
    declare_http(schema, settings.http);
    declare_store(schema, settings.store);
    declare_net(schema, settings.net);
    return schema;
}

std::vector<std::string> list_items(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        auto item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (!item.empty()) items.emplace_back(item);
    }
    return items;
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
