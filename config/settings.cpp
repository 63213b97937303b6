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
        .choice(
            "precision", classifier.precision,
            {{"auto", Precision::automatic}, {"fp32", Precision::fp32}, {"bf16", Precision::bf16}},
            "The number format that it computes in; \"auto\" measures at the start whether bf16 is faster "
            "here.")
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
        .choice("tone", bot.tone,
                {{"original", AnswerTone::original},
                 {"friendly", AnswerTone::friendly},
                 {"short", AnswerTone::brief}},
                "How answers in words sound.")
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

void declare_discord(Schema& schema, DiscordSettings& discord) {
    schema
        .section("discord",
                 "Discord; docs/discord.md leads through it. Only the token is needed. Times are in seconds.")
        .secret("token", discord.token, "The bot's token; without one there is no Discord.")
        .choice(
            "profile", discord.profile,
            {{"mention", DiscordProfile::mention}, {"auto", DiscordProfile::automatic}},
            "Read only what addresses the bot, or all messages of the channels that admins choose; that needs "
            "the privileged intent Message Content.")
        .text("emoji", discord.emoji, EmptyText::allowed,
              "Other emoji than the standard ones, as in happiness=🥳, fear=name:123456789.")
        .number(
            "catch_up", discord.catch_up, 0, 100,
            "The most messages of each channel that are read when the bot could not be reached for a while; 0 "
            "reads none.")
        .choice("interactions", discord.interactions,
                {{"gateway", DiscordInteractions::gateway}, {"http", DiscordInteractions::http}},
                "How commands and buttons come in; http is /discord/interactions on the public listener.")
        .text("public_key", discord.public_key, EmptyText::allowed,
              "The application's public key (64 hexadecimal digits), for interactions over http.")
        .number("shards", discord.shards, 0, 4096,
                "Shards of the gateway; 0 is as many as Discord recommends.")
        .text("gateway_url", discord.gateway_url, EmptyText::allowed,
              "The gateway's address; \"\" asks Discord for it.")
        .text("rest_base_url", discord.rest_base_url, EmptyText::refused, "Where the REST API is.")
        .choice("compression", discord.compression,
                {{"none", DiscordCompression::none},
                 {"zlib-stream", DiscordCompression::zlib_stream},
                 {"zstd-stream", DiscordCompression::zstd_stream}},
                "How the gateway packs what it sends.")
        .text("user_agent", discord.user_agent, EmptyText::allowed,
              "What Discord is told; \"\" is Nunchi's own.")
        .real("connect_timeout", discord.connect_timeout, 0.1, 300, "For a connection to the gateway.")
        .real("hello_timeout", discord.hello_timeout, 0.1, 300, "Until the gateway greets.")
        .real("ready_timeout", discord.ready_timeout, 0.1, 300, "Until a session is ready.")
        .real("request_timeout", discord.request_timeout, 0.1, 300, "For one request of the REST API.")
        .real("request_max_age", discord.request_max_age, 1, 3600,
              "Older requests that still wait are dropped.")
        .number("requests_per_second", discord.requests_per_second, 1, 100'000,
                "The most requests of the REST API; Discord grants very large bots more than 50.")
        .real("mute_time", discord.mute_time, 1, 86400,
              "For so long nothing is sent where a right was missing.")
        .real("backoff_max", discord.backoff_max, 0.1, 3600,
              "The longest wait between two attempts to connect.")
        .number("resume_attempts", discord.resume_attempts, 1, 100,
                "Attempts to resume a session before a new one is begun.")
        .number(
            "identify_ceiling", discord.identify_ceiling, 1, 100'000,
            "The most sessions that are begun in 24 hours; Discord resets the token of bots that begin more "
            "than 1000.")
        .number("max_message_bytes", discord.max_message_bytes, 65'536, 268'435'456,
                "The largest message that is taken from the gateway.");
}

void declare_slack(Schema& schema, SlackSettings& slack) {
    schema
        .section("slack",
                 "Slack; docs/slack.md leads through it. Two secrets are needed: bot_token, and app_token or "
                 "signing_secret. Times are in seconds.")
        .secret("bot_token", slack.bot_token, "The bot token (xoxb-...); without one there is no Slack.")
        .secret("app_token", slack.app_token, "The app-level token (xapp-...), for events by socket.")
        .secret("signing_secret", slack.signing_secret, "The signing secret, for events by http.")
        .choice("events", slack.events, {{"socket", SlackEvents::socket}, {"http", SlackEvents::http}},
                "How events come in: by Socket Mode, or by http to /slack/events on the public listener.")
        .text("emoji", slack.emoji, EmptyText::allowed,
              "Other emoji than the standard ones, as in happiness=party_parrot, fear=scream_cat.")
        .text("admins", slack.admins, EmptyText::allowed,
              "Members who may change settings beside the workspace's admins, as in U0123ABC, U0456DEF.")
        .text("app_id", slack.app_id, EmptyText::allowed,
              "The app's id; http events of other apps are refused then.")
        .text("api_base_url", slack.api_base_url, EmptyText::refused, "Where the Web API is.")
        .number("connections", slack.connections, 1, 10,
                "Connections of Socket Mode at the same time; with two, one is replaced without a gap.")
        .real("connect_timeout", slack.connect_timeout, 0.1, 300, "For a connection of Socket Mode.")
        .real("hello_timeout", slack.hello_timeout, 0.1, 300, "Until a connection greets.")
        .real("idle_timeout", slack.idle_timeout, 0.5, 300,
              "Without any frame for so long a connection is dead; a ping goes out at the half of it.")
        .real("ack_at_latest", slack.ack_at_latest, 0.1, 2.9,
              "When an event is acknowledged at the latest; Slack gives up after 3.")
        .real("request_timeout", slack.request_timeout, 0.1, 300, "For one request of the Web API.")
        .real("answer_max_age", slack.answer_max_age, 1, 3600, "Older answers that still wait are dropped.")
        .real("backoff_max", slack.backoff_max, 0.1, 3600,
              "The longest wait between two attempts to connect.");
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

void check_slack(const Settings& settings, ReadReport& report) {
    const auto& slack = settings.slack;
    if (slack.bot_token.empty()) return;
    const bool is_http = slack.events == SlackEvents::http;
    if (!is_http && slack.app_token.empty()) {
        report.problems.emplace_back(
            "slack.app_token: expected an app-level token (xapp-...; the app's page Basic Information), because "
            "slack.events is \"socket\"");
    }
    if (is_http && slack.signing_secret.empty()) {
        report.problems.emplace_back(
            "slack.signing_secret: expected the signing secret (the app's page Basic Information), because "
            "slack.events is \"http\"");
    }
    if (is_http && settings.http.public_port == 0) {
        report.problems.emplace_back(
            "http.public_port: expected a port, because slack.events is \"http\" and Slack has to reach "
            "/slack/events");
    }
}

void check_discord(const Settings& settings, ReadReport& report) {
    const auto& discord = settings.discord;
    if (discord.interactions != DiscordInteractions::http || discord.token.empty()) return;
    if (discord.public_key.empty()) {
        report.problems.emplace_back(
            "discord.public_key: expected the application's public key (Discord's developer portal, General "
            "Information), because discord.interactions is \"http\"");
    }
    if (settings.http.public_port == 0) {
        report.problems.emplace_back(
            "http.public_port: expected a port, because discord.interactions is \"http\" and Discord has to reach "
            "/discord/interactions");
    }
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
    declare_discord(schema, settings.discord);
    declare_slack(schema, settings.slack);
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
    check_discord(loaded.settings, report);
    check_slack(loaded.settings, report);
    if (!report.problems.empty()) throw SettingsError(std::move(report.problems));
    loaded.warnings = std::move(report.warnings);
    return loaded;
}

std::string example_settings() {
    Settings defaults;
    return example_file(schema_of(defaults));
}

}  // namespace nunchi::config
