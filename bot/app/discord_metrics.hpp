// What adapters/discord counts, for Prometheus.
#pragma once

#include "adapters/discord/adapter.hpp"
#include "bot/ops/metrics.hpp"

namespace nunchi::bot {

/// The adapter must outlive the metrics, or their last text().
void add_discord_metrics(ops::Metrics& metrics, const discord::DiscordAdapter& adapter);

}  // namespace nunchi::bot
