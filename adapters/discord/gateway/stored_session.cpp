#include "adapters/discord/gateway/stored_session.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using SystemClock = std::chrono::system_clock;

constexpr std::int64_t kFarFuture = 100'000'000'000;  // seconds

std::optional<std::string> text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

std::optional<std::int64_t> number_member(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    const auto number = found->get<std::int64_t>();
    return number < 0 ? std::nullopt : std::optional(number);
}

}  // namespace

StoredReading read_stored_session(std::string_view text, int shard_count, SystemClock::time_point now) {
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object()) return {};
    auto id = text_member(parsed, "session_id");
    auto url = text_member(parsed, "resume_gateway_url");
    const auto sequence = number_member(parsed, "seq");
    const auto shards = number_member(parsed, "shard_count");
    const auto alive_at = number_member(parsed, "alive_at");
    if (!id || id->empty() || !url || !sequence || !shards || !alive_at || *alive_at > kFarFuture) return {};
    if (*shards != shard_count) return {.state = StoredState::other_shards, .session = {}};
    const SystemClock::time_point since{seconds(*alive_at)};
    if (now - since > kStaleAfter) return {.state = StoredState::stale, .session = {}};
    return {.state = StoredState::usable,
            .session = {.session_id = std::move(*id),
                        .resume_gateway_url = std::move(*url),
                        .sequence = *sequence,
                        .shard_count = shard_count,
                        .alive_at = since}};
}

std::string write_stored_session(const StoredSession& session) {
    const auto alive_at = std::chrono::duration_cast<seconds>(session.alive_at.time_since_epoch());
    const json text{{"session_id", session.session_id},
                    {"resume_gateway_url", session.resume_gateway_url},
                    {"seq", session.sequence},
                    {"shard_count", session.shard_count},
                    {"alive_at", alive_at.count()}};
    return text.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string_view describe(StoredState state) {
    switch (state) {
        case StoredState::usable: return "can be resumed";
        case StoredState::corrupt: return "is damaged";
        case StoredState::stale: return "is too old";
        case StoredState::other_shards: return "was of another number of shards";
    }
    return "is unknown";
}

}  // namespace nunchi::discord::gateway
