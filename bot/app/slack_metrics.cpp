#include "bot/app/slack_metrics.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace nunchi::bot {
namespace {

using slack::Counters;
using slack::SlackAdapter;
using slack::web_api::Method;
using slack::web_api::MethodCounters;

/// One label's series of a family whose numbers the adapter keeps.
struct Series {
    const char* label;
    std::uint64_t (*read)(const Counters&);
};

constexpr Series kEvents[] = {
    {"connection", [](const Counters& all) { return all.socket.connections; }},
    {"refresh", [](const Counters& all) { return all.socket.refreshes; }},
    {"connection_lost", [](const Counters& all) { return all.socket.deaths; }},
    {"stranger", [](const Counters& all) { return all.socket.strangers; }},
    {"unknown_frame", [](const Counters& all) { return all.socket.unknown; }},
    {"event", [](const Counters& all) { return all.socket.events + all.events.events; }},
    {"command", [](const Counters& all) { return all.socket.commands + all.events.commands; }},
    {"interaction", [](const Counters& all) { return all.socket.interactions + all.events.interactions; }},
    {"handled", [](const Counters& all) { return all.socket.handled + all.events.handled; }},
    {"acked_early", [](const Counters& all) { return all.socket.acked_early + all.events.acked_early; }},
    {"not_handled", [](const Counters& all) { return all.socket.not_handled + all.events.not_handled; }},
    {"overloaded", [](const Counters& all) { return all.events.overloaded; }},
    {"unknown_team", [](const Counters& all) { return all.events.unknown_team; }},
    {"limited", [](const Counters& all) { return all.events_limited; }},
};

struct Outcome {
    const char* label;
    std::uint64_t MethodCounters::*count;
};

constexpr Outcome kOutcomes[] = {
    {"succeeded", &MethodCounters::succeeded},       {"refused", &MethodCounters::refused},
    {"rate_limited", &MethodCounters::rate_limited}, {"server_error", &MethodCounters::server_errors},
    {"unanswered", &MethodCounters::unanswered},     {"retry", &MethodCounters::retries},
    {"dropped_old", &MethodCounters::dropped_old},   {"dropped_full", &MethodCounters::dropped_full},
    {"stopped", &MethodCounters::stopped},           {"outcome_unknown", &MethodCounters::outcome_unknown},
};

/// Those that a workspace's limits can make a difference to.
constexpr Method kMethods[] = {Method::reactions_add, Method::reactions_remove,     Method::chat_post_message,
                               Method::chat_update,   Method::users_info,           Method::response_url,
                               Method::views_publish, Method::apps_connections_open};

void add_requests(ops::Metrics& metrics, const SlackAdapter& adapter) {
    for (const Method method : kMethods) {
        const std::string name(slack::web_api::traits(method).name);
        for (const Outcome& outcome : kOutcomes) {
            metrics.add_counter(
                "nunchi_slack_requests_total", "Requests of the Web API, by method and by what came of them.",
                {{"method", name}, {"outcome", outcome.label}}, [&adapter, method, count = outcome.count] {
                    return static_cast<double>(adapter.counters().web.of(method).*count);
                });
        }
    }
}

/// -1: never.
double seconds_since(std::optional<std::chrono::steady_clock::time_point> time) {
    if (!time) return -1;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - *time).count();
}

}  // namespace

void add_slack_metrics(ops::Metrics& metrics, const SlackAdapter& adapter) {
    for (const Series& series : kEvents) {
        metrics.add_counter("nunchi_slack_events_total", "What came from Slack, and what became of it.",
                            {{"event", series.label}}, [&adapter, read = series.read] {
                                return static_cast<double>(read(adapter.counters()));
                            });
    }
    add_requests(metrics, adapter);
    metrics.add_gauge("nunchi_slack_connections", "Open connections of Socket Mode", {},
                      [&adapter] { return static_cast<double>(adapter.counters().socket.open); });
    metrics.add_gauge("nunchi_slack_requests_waiting", "Requests of the Web API that wait", {},
                      [&adapter] { return static_cast<double>(adapter.counters().web.waiting); });
    metrics.add_gauge("nunchi_slack_last_frame_age_seconds", "Since the last frame of Socket Mode; -1: none",
                      {}, [&adapter] { return seconds_since(adapter.counters().socket.last_frame); });
    metrics.add_gauge("nunchi_slack_last_event_age_seconds", "Since the last event of Socket Mode; -1: none",
                      {}, [&adapter] { return seconds_since(adapter.counters().socket.last_event); });
}

}  // namespace nunchi::bot
