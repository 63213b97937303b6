// What the Slack adapter counts, as Prometheus series.
#pragma once

#include "adapters/slack/adapter.hpp"
#include "bot/ops/metrics.hpp"

namespace nunchi::bot {

/// Never by workspace, channel or person. The adapter must outlive the metrics' last use.
void add_slack_metrics(ops::Metrics& metrics, const slack::SlackAdapter& adapter);

}  // namespace nunchi::bot
