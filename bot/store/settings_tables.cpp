#include "bot/store/settings_tables.hpp"

#include <tuple>
#include <utility>

#include "bot/store/column.hpp"
#include "bot/store/prepared.hpp"

namespace nunchi::store {
namespace {

using Text = std::string;

constexpr const char* kChannel =
    "SELECT mode, min_confidence, tone FROM channel_settings "
    "WHERE platform = :platform AND community = :community AND channel = :channel AND thread = :thread";

constexpr const char* kPutChannel =
    "INSERT INTO channel_settings (platform, community, channel, thread, mode, min_confidence, tone) "
    "VALUES (:platform, :community, :channel, :thread, :mode, :min_confidence, :tone) "
    "ON CONFLICT (platform, community, channel, thread) "
    "DO UPDATE SET mode = excluded.mode, min_confidence = excluded.min_confidence, tone = excluded.tone";

constexpr const char* kPutState =
    "INSERT INTO state (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

}  // namespace

struct SettingsTables::Statements {
    soci::session& session;
    Prepared<std::tuple<std::optional<Text>, std::optional<double>, std::optional<Text>>(Text, Text, Text,
                                                                                         Text)>
        channel{session, kChannel};
    Command<Text, Text, Text, Text, std::optional<Text>, std::optional<double>, std::optional<Text>>
        put_channel{session, kPutChannel};
    Prepared<std::tuple<Text>(Text, Text)> has_opted_out{
        session, "SELECT person FROM opt_out WHERE platform = :platform AND person = :person"};
    Command<Text, Text> opt_out{
        session, "INSERT INTO opt_out (platform, person) VALUES (:platform, :person) ON CONFLICT DO NOTHING"};
    Command<Text, Text> opt_in{session,
                               "DELETE FROM opt_out WHERE platform = :platform AND person = :person"};
    Prepared<std::tuple<Text>(Text)> state{session, "SELECT value FROM state WHERE key = :key"};
    Command<Text, Text> put_state{session, kPutState};
    Command<Text> erase_state{session, "DELETE FROM state WHERE key = :key"};
};

SettingsTables::SettingsTables(soci::session& session) : statements_(std::make_unique<Statements>(session)) {}
SettingsTables::~SettingsTables() = default;

std::optional<ChannelSettings> SettingsTables::channel(const chat::Place& place) {
    const auto row = statements_->channel.row(to_column(place.platform), to_column(place.community),
                                              to_column(place.channel), to_column(place.thread));
    if (!row) return {};
    const auto& [mode, min_confidence, tone] = *row;
    return ChannelSettings{.mode = mode ? std::optional(from_column(*mode)) : std::nullopt,
                           .min_confidence = min_confidence,
                           .tone = tone ? std::optional(from_column(*tone)) : std::nullopt};
}

void SettingsTables::put_channel(const chat::Place& place, const ChannelSettings& settings) {
    auto mode = settings.mode ? std::optional(to_column(*settings.mode)) : std::nullopt;
    auto tone = settings.tone ? std::optional(to_column(*settings.tone)) : std::nullopt;
    statements_->put_channel.execute(to_column(place.platform), to_column(place.community),
                                     to_column(place.channel), to_column(place.thread), std::move(mode),
                                     settings.min_confidence, std::move(tone));
}

bool SettingsTables::has_opted_out(const std::string& platform, const std::string& person) {
    return statements_->has_opted_out.row(to_column(platform), to_column(person)).has_value();
}

void SettingsTables::set_opted_out(const std::string& platform, const std::string& person, bool opted_out) {
    auto& command = opted_out ? statements_->opt_out : statements_->opt_in;
    command.execute(to_column(platform), to_column(person));
}

std::optional<std::string> SettingsTables::state(const std::string& key) {
    const auto row = statements_->state.row(to_column(key));
    if (!row) return {};
    return from_column(std::get<0>(*row));
}

void SettingsTables::put_state(const std::string& key, const std::string& value) {
    statements_->put_state.execute(to_column(key), to_column(value));
}

void SettingsTables::erase_state(const std::string& key) {
    statements_->erase_state.execute(to_column(key));
}

}  // namespace nunchi::store
