#include "bot/app/discord_metrics.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace nunchi::bot {
namespace {

using discord::Counters;
using discord::DiscordAdapter;

/// One label's series of a family whose numbers the adapter keeps.
struct Series {
    const char* label;
    std::uint64_t (*read)(const Counters&);
};

template <typename List>
void add(ops::Metrics& metrics, const DiscordAdapter& adapter, const char* name, const char* help,
         const char* label, const List& list) {
    for (const Series& series : list) {
        metrics.add_counter(name, help, {{label, series.label}}, [&adapter, read = series.read] {
            return static_cast<double>(read(adapter.counters()));
        });
    }
}

constexpr Series kGateway[] = {
    {"reconnect", [](const Counters& all) { return all.gateway.reconnects; }},
    {"connect_failure", [](const Counters& all) { return all.gateway.connect_failures; }},
    {"identify", [](const Counters& all) { return all.gateway.identifies; }},
    {"resume", [](const Counters& all) { return all.gateway.resumes; }},
    {"resumed", [](const Counters& all) { return all.gateway.resumed; }},
    {"zombie", [](const Counters& all) { return all.gateway.zombies; }},
    {"gap", [](const Counters& all) { return all.gateway.gaps; }},
    {"malformed_payload", [](const Counters& all) { return all.gateway.malformed_payloads; }},
    {"unknown_payload", [](const Counters& all) { return all.gateway.unknown_payloads; }},
    {"decode_error", [](const Counters& all) { return all.gateway.decode_errors; }},
    {"oversized", [](const Counters& all) { return all.gateway.oversized; }},
    {"caught_up", [](const Counters& all) { return all.caught_up; }},
};

constexpr Series kRequests[] = {
    {"succeeded", [](const Counters& all) { return all.rest.succeeded; }},
    {"refused", [](const Counters& all) { return all.rest.refused; }},
    {"server_error", [](const Counters& all) { return all.rest.server_errors; }},
    {"unanswered", [](const Counters& all) { return all.rest.unanswered; }},
    {"rate_limited_user", [](const Counters& all) { return all.rest.limited_user; }},
    {"rate_limited_shared", [](const Counters& all) { return all.rest.limited_shared; }},
    {"rate_limited_global", [](const Counters& all) { return all.rest.limited_global; }},
    {"muted", [](const Counters& all) { return all.rest.muted; }},
    {"dropped_old", [](const Counters& all) { return all.rest.dropped_old; }},
    {"dropped_full", [](const Counters& all) { return all.rest.dropped_full; }},
};

constexpr Series kInteractions[] = {
    {"taken", [](const Counters& all) { return all.interactions.taken; }},
    {"answered", [](const Counters& all) { return all.interactions.answered; }},
    {"unanswered", [](const Counters& all) { return all.interactions.unanswered; }},
    {"late", [](const Counters& all) { return all.interactions.late; }},
    {"lost", [](const Counters& all) { return all.interactions.lost; }},
    {"duplicate", [](const Counters& all) { return all.interactions.duplicates; }},
    {"malformed", [](const Counters& all) { return all.interactions.malformed; }},
    {"refused", [](const Counters& all) { return all.interactions.refused; }},
};

}  // namespace

void add_discord_metrics(ops::Metrics& metrics, const DiscordAdapter& adapter) {
    add(metrics, adapter, "nunchi_discord_gateway_total", "What happened to the gateway's connections.",
        "event", kGateway);
    add(metrics, adapter, "nunchi_discord_requests_total", "Requests of the REST API, by what came of them.",
        "outcome", kRequests);
    add(metrics, adapter, "nunchi_discord_interactions_total", "Commands, menus and buttons.", "event",
        kInteractions);
    metrics.add_gauge("nunchi_discord_requests_waiting", "Requests of the REST API that wait", {},
                      [&adapter] { return static_cast<double>(adapter.counters().rest.waiting); });
}

}  // namespace nunchi::bot
