// All settings of Nunchi, and how they are loaded.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.hpp"
#include "config/schema.hpp"
#include "config/secret.hpp"

namespace nunchi::config {

enum class LogLevel { trace, debug, info, warn, error };
enum class LogFormat { human, json };

struct LogSettings {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::human;

    bool operator==(const LogSettings&) const = default;
};

enum class Device {
    automatic,  // CUDA when there is a GPU that libtorch can use, else the CPU
    cpu,
    cuda,
};

enum class Precision {
    automatic,  // what a measurement at the start favours
    fp32,
    bf16,
};

struct ClassifierSettings {
    std::string model = "starter";     // a model folder's path, or the name of one in the models folder
    std::filesystem::path models_dir;  // empty: data_dir() / "models"
    Device device = Device::automatic;
    Precision precision = Precision::automatic;
    int threads = 0;                // 0: one per physical core
    int max_batch_tokens = 1024;    // at least max_tokens
    int max_queued_tokens = 65536;  // at least max_tokens; beyond it requests are refused as overloaded
    int max_tokens = 64;            // of one message, with [CLS] and [SEP]
    std::string url;                // a remote classifier in place of a model; empty: none
    Secret url_token;               // sent to it as a bearer token; may be empty
    double url_timeout = 10;        // seconds

    bool operator==(const ClassifierSettings&) const = default;
};

/// How a message with an emotion is answered.
enum class AnswerMode { reply, reaction, silent, on_demand };

/// How an answer in words sounds.
enum class AnswerTone { original, friendly, brief };

/// What holds on every platform unless an admin chose otherwise for a channel. Times in seconds.
struct BotSettings {
    AnswerMode mode = AnswerMode::reply;
    AnswerTone tone = AnswerTone::original;
    double burst_window = 3;
    double user_cooldown = 0;
    double channel_cooldown = 0;
    double community_cooldown = 0;
    double min_confidence = 0;
    int max_in_flight = 4096;

    bool operator==(const BotSettings&) const = default;
};

struct WebSettings {
    bool enabled = true;
    bool open_browser = true;  // on a desktop, when standard output is a terminal
    double burst_window = 0;

    bool operator==(const WebSettings&) const = default;
};

struct HttpSettings {
    std::string address = "127.0.0.1";
    int port = 8080;            // 0: one that is free
    Secret token;               // needed when the address is not loopback
    std::string allowed_hosts;  // host names beside loopback that browsers may use; separated by commas
    std::string public_address = "0.0.0.0";
    int public_port = 0;  // 0: no public listener

    bool operator==(const HttpSettings&) const = default;
};

enum class DiscordProfile { mention, automatic };
enum class DiscordCompression { none, zlib_stream, zstd_stream };
enum class DiscordInteractions { gateway, http };

/// Times in seconds.
struct DiscordSettings {
    Secret token;  // empty: no Discord
    DiscordProfile profile = DiscordProfile::mention;
    std::string emoji;
    int catch_up = 0;
    DiscordInteractions interactions = DiscordInteractions::gateway;
    std::string public_key;

    int shards = 0;           // 0: as many as Discord recommends
    std::string gateway_url;  // empty: as Discord says
    std::string rest_base_url = "https://discord.com/api/v10";
    DiscordCompression compression = DiscordCompression::zstd_stream;
    std::string user_agent;  // empty: Nunchi's own
    double connect_timeout = 10;
    double hello_timeout = 60;
    double ready_timeout = 15;
    double request_timeout = 15;
    double request_max_age = 60;
    int requests_per_second = 50;
    double mute_time = 600;
    double backoff_max = 128;
    int resume_attempts = 3;
    int identify_ceiling = 900;
    int max_message_bytes = 16 * 1024 * 1024;

    bool operator==(const DiscordSettings&) const = default;
};

enum class SlackEvents { socket, http };

/// Times in seconds.
struct SlackSettings {
    Secret bot_token;       // empty: no Slack
    Secret app_token;       // for SlackEvents::socket
    Secret signing_secret;  // for SlackEvents::http
    SlackEvents events = SlackEvents::socket;
    std::string emoji;
    std::string admins;
    std::string app_id;

    std::string api_base_url = "https://slack.com/api";
    int connections = 2;
    double connect_timeout = 10;
    double hello_timeout = 10;
    double idle_timeout = 9;
    double ack_at_latest = 2;
    double request_timeout = 15;
    double answer_max_age = 120;
    double backoff_max = 60;

    bool operator==(const SlackSettings&) const = default;
};

struct StoreSettings {
    Secret url;                  // PostgreSQL; empty: SQLite
    std::filesystem::path path;  // of the SQLite file; empty: state_dir() / "nunchi.db"

    bool operator==(const StoreSettings&) const = default;
};

/// How other machines are reached.
struct NetSettings {
    std::filesystem::path ca_file;
    Secret proxy;             // may hold a password
    std::string allow_plain;  // hosts beside loopback that http and ws may be used with; separated by commas

    bool operator==(const NetSettings&) const = default;
};

struct Settings {
    LogSettings log;
    ClassifierSettings classifier;
    BotSettings bot;
    WebSettings web;
    DiscordSettings discord;
    SlackSettings slack;
    HttpSettings http;
    StoreSettings store;
    NetSettings net;
};

/// The items of a setting that is a list: "a, b" -> {"a", "b"}.
std::vector<std::string> list_items(std::string_view text);

/// The one place where sections and keys are declared. The settings must outlive the schema.
Schema schema_of(Settings& settings);

struct LoadedSettings {
    Settings settings;
    std::optional<std::filesystem::path> file;  // nothing: no file was found, the defaults hold
    std::vector<std::string> warnings;          // for the log, once it is set up
};

/// Finds the file (find_settings_file), reads it and the environment. Throws SettingsError with all that is
/// wrong.
LoadedSettings load_settings(const std::optional<std::filesystem::path>& explicit_file,
                             const Environment& environment);

/// config/nunchi.example.toml.
std::string example_settings();

}  // namespace nunchi::config
