// What the headers of Slack's requests say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/net/http_message.hpp"
#include "adapters/slack/events/delivery.hpp"

namespace nunchi::slack::events {

/// The value of a header that stands exactly once. Valid until the headers change.
std::optional<std::string_view> only_value(const net::Headers& headers, std::string_view name);

enum class MediaType {
    json,
    form,
    other,
};

/// Parameters such as the charset do not matter (H7).
MediaType media_type_of(const net::Headers& headers);

/// Which delivery of the same event it is, and why there is another one (H9).
Retry retry_of(const net::Headers& headers);

}  // namespace nunchi::slack::events
