#include "bot/app/slack_options.hpp"

#include <chrono>
#include <cstdint>
#include <utility>
#include <variant>

#include "bot/app/platform_url.hpp"

namespace nunchi::bot {
namespace {

using config::SlackSettings;

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

slack::web_api::Options web_options(const SlackSettings& settings) {
    slack::web_api::Options options;
    options.base_url = settings.api_base_url;
    options.request_timeout = milliseconds(settings.request_timeout);
    options.max_in_flight = 24;
    return options;
}

slack::socket_mode::Options socket_options(const SlackSettings& settings) {
    slack::socket_mode::Options options;
    options.connections = settings.connections;
    options.connect_timeout = milliseconds(settings.connect_timeout);
    options.hello_timeout = milliseconds(settings.hello_timeout);
    options.idle = milliseconds(settings.idle_timeout);
    options.ack_at_latest = milliseconds(settings.ack_at_latest);
    options.backoff_max = milliseconds(settings.backoff_max);
    return options;
}

slack::events::Options events_options(const SlackSettings& settings) {
    slack::events::Options options;
    options.signing_secret = settings.signing_secret;
    options.app_id = settings.app_id;
    options.ack_at_latest = milliseconds(settings.ack_at_latest);
    return options;
}

api::Failure wrong(const std::string& key, const std::string& what) {
    return api::failure(api::errc::bad_format, "slack." + key + ": " + what);
}

/// Tokens begin with what they are, so that a wrong one is told before it is sent.
api::outcome<void> check_tokens(const SlackSettings& settings) {
    if (!settings.bot_token.reveal().starts_with("xoxb-")) {
        return wrong("bot_token",
                     "expected the Bot User OAuth Token, which begins with xoxb- (the app's page OAuth & "
                     "Permissions)");
    }
    const bool is_socket = settings.events == config::SlackEvents::socket;
    if (is_socket && !settings.app_token.reveal().starts_with("xapp-")) {
        return wrong("app_token",
                     "expected an app-level token, which begins with xapp- (the app's page Basic "
                     "Information)");
    }
    return {};
}

}  // namespace

api::outcome<slack::Options> slack_options(const SlackSettings& settings,
                                           const config::NetSettings& net_settings) {
    slack::Options options;
    if (auto checked = check_tokens(settings); !checked) return checked.error();
    if (auto checked = check_platform_url("slack.api_base_url", settings.api_base_url,
                                          "https://slack.com/api", net_settings);
        !checked) {
        return checked.error();
    }
    auto emoji = slack::EmojiNames::parse(settings.emoji);
    if (const auto* problem = std::get_if<std::string>(&emoji)) return wrong("emoji", *problem);
    options.emoji = std::get<slack::EmojiNames>(std::move(emoji));
    options.transport =
        settings.events == config::SlackEvents::http ? slack::Transport::http : slack::Transport::socket;
    options.bot_token = settings.bot_token;
    options.app_token = settings.app_token;
    options.web = web_options(settings);
    options.socket = socket_options(settings);
    options.events = events_options(settings);
    options.answer_max_age = milliseconds(settings.answer_max_age);
    options.admins = config::list_items(settings.admins);
    return options;
}

commands::Words slack_words() {
    return {"워크스페이스", "workspace", "`/눈치 설정 채널 켜기`", "`/nunchi settings channel on`"};
}

}  // namespace nunchi::bot
