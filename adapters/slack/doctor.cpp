#include "adapters/slack/doctor.hpp"

#include <string_view>
#include <utility>

#include "adapters/json/access.hpp"
#include "adapters/slack/scopes.hpp"

namespace nunchi::slack {
namespace {

namespace asio = boost::asio;
using json_access::member;
using json_access::text_of;
using Verdict = Finding::Verdict;
using web_api::Method;

constexpr std::string_view kNewApp =
    "https://api.slack.com/apps?new_app=1, From a manifest, with config/slack/manifest-socket.yaml";

web_api::Call call(Method method, web_api::Caller caller) {
    web_api::Call made;
    made.method = method;
    made.caller = std::move(caller);
    made.max_age = std::chrono::seconds(15);
    return made;
}

Finding trouble(std::string subject, const web_api::Failure& failure, std::string fix) {
    const bool is_refused = !failure.error_code.empty();
    if (is_refused)
        return {Verdict::wrong, std::move(subject), "Slack says " + failure.error_code, std::move(fix)};
    return {Verdict::wrong, std::move(subject), "Slack does not answer: " + failure.message,
            "check the network, net.proxy and slack.api_base_url"};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Finding scopes_finding(const std::string& granted) {
    if (granted.empty()) return {Verdict::notice, "scopes", "Slack does not tell them", ""};
    const auto missing = missing_scopes(granted);
    if (missing.empty()) return {Verdict::fine, "scopes", "all that are needed"};
    return {Verdict::wrong, "scopes", "missing: " + joined(missing),
            "add them on the app's page OAuth & Permissions, then Reinstall to Workspace"};
}

asio::awaitable<Finding> check_connection(web_api::WebClient& web, const Options& options) {
    if (options.transport == Transport::http) {
        co_return Finding{Verdict::fine, "events",
                          "by http: Slack posts to /slack/events of the public listener"};
    }
    web_api::Call opening = call(Method::apps_connections_open, {{}, options.app_token});
    const auto opened = co_await web.send(std::move(opening));
    if (!opened) {
        co_return trouble("events", opened.error(),
                          "the app's page Basic Information, App-Level Tokens: make one with the scope "
                          "connections:write, and put it into the file of slack.app_token_file");
    }
    co_return Finding{Verdict::fine, "events", "by Socket Mode: Slack gives out an address"};
}

/// Only with the scope emoji:read, which is not asked for: without it a missing one is found when it is used.
asio::awaitable<Finding> check_emoji(web_api::WebClient& web, web_api::Caller caller,
                                     const EmojiNames& emoji) {
    std::vector<std::string> own;
    for (const auto& [emotion, name] : emoji.names()) {
        if (name != EmojiNames::standard_name(emotion)) own.push_back(name);
    }
    if (own.empty()) co_return Finding{Verdict::fine, "emoji", "the standard ones"};
    web_api::Call listing = call(Method::emoji_list, std::move(caller));
    const auto listed = co_await web.send(std::move(listing));
    if (!listed) {
        co_return Finding{Verdict::notice, "emoji",
                          joined(own) + " cannot be checked without the scope emoji:read",
                          "the standard one is used where one is missing"};
    }
    std::vector<std::string> missing;
    for (const auto& name : own) {
        if (!member(listed->body, "emoji").contains(name)) missing.push_back(name);
    }
    if (missing.empty()) co_return Finding{Verdict::fine, "emoji", joined(own) + " are there"};
    co_return Finding{
        Verdict::notice, "emoji", "not among the workspace's own: " + joined(missing),
        "standard emoji are fine; others must be added to the workspace, or change slack.emoji"};
}

}  // namespace

asio::awaitable<std::vector<Finding>> examine(web_api::WebClient& web, const Options& options) {
    std::vector<Finding> findings;
    web_api::Call test = call(Method::auth_test, {{}, options.bot_token});
    const auto tested = co_await web.send(std::move(test));
    if (!tested) {
        findings.push_back(
            trouble("slack", tested.error(),
                    "the app's page OAuth & Permissions: copy the Bot User OAuth Token into the file "
                    "of slack.bot_token_file; or make the app: " +
                        std::string(kNewApp)));
        co_return findings;
    }
    findings.push_back({Verdict::fine, "slack",
                        "the bot token is that of " + text_of(tested->body, "user") + " in the workspace " +
                            text_of(tested->body, "team")});
    findings.push_back(scopes_finding(tested->scopes));
    auto connection = co_await check_connection(web, options);
    findings.push_back(std::move(connection));
    web_api::Caller caller{text_of(tested->body, "team_id"), options.bot_token};
    auto emoji = co_await check_emoji(web, std::move(caller), options.emoji);
    findings.push_back(std::move(emoji));
    co_return findings;
}

}  // namespace nunchi::slack
