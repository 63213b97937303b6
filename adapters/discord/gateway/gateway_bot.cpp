#include "adapters/discord/gateway/gateway_bot.hpp"

#include <algorithm>
#include <cstdint>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMostShards = 10'000;
constexpr std::uint64_t kMostIdentifies = 1'000'000;
constexpr std::uint64_t kMostWait = 24ULL * 3600 * 1000;  // ms

/// A number from 0 to `most`, or `missing` for anything else.
std::uint64_t number(const json& object, const char* name, std::uint64_t missing, std::uint64_t most) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) return missing;
    if (!found->is_number_unsigned() && found->get<std::int64_t>() < 0) return missing;
    return std::min(found->get<std::uint64_t>(), most);
}

StartLimit read_start_limit(const json& body) {
    const auto found = body.find("session_start_limit");
    if (found == body.end() || !found->is_object()) return {};
    const StartLimit usual;
    return {.total = number(*found, "total", usual.total, kMostIdentifies),
            .remaining = number(*found, "remaining", usual.remaining, kMostIdentifies),
            .reset_after = std::chrono::milliseconds(number(*found, "reset_after", 0, kMostWait)),
            .max_concurrency = static_cast<int>(
                std::max<std::uint64_t>(1, number(*found, "max_concurrency", 1, kMostShards)))};
}

}  // namespace

std::optional<GatewayBot> read_gateway_bot(const json& body) {
    if (!body.is_object()) return std::nullopt;
    const auto url = body.find("url");
    if (url == body.end() || !url->is_string() || url->get_ref<const std::string&>().empty())
        return std::nullopt;
    const auto shards = static_cast<int>(std::max<std::uint64_t>(1, number(body, "shards", 1, kMostShards)));
    return GatewayBot{
        .url = url->get<std::string>(), .shards = shards, .start_limit = read_start_limit(body)};
}

}  // namespace nunchi::discord::gateway
