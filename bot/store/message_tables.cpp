#include "bot/store/message_tables.hpp"

#include <bit>
#include <chrono>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "bot/store/column.hpp"
#include "bot/store/prepared.hpp"

namespace nunchi::store {
namespace {

using Integer = long long;
using Text = std::string;

constexpr const char* kTake =
    "INSERT INTO once_key (high, low, expires) VALUES (:high, :low, :expires) "
    "ON CONFLICT (high, low) DO UPDATE SET expires = excluded.expires WHERE once_key.expires <= :now";

constexpr const char* kPutPlace =
    "INSERT INTO place (id, platform, community, channel, thread) "
    "VALUES (:id, :platform, :community, :channel, :thread) ON CONFLICT (id) DO NOTHING";

constexpr const char* kCount =
    "INSERT INTO hour_count (hour, place, emotion, count) VALUES (:hour, :place, :emotion, 1) "
    "ON CONFLICT (hour, place, emotion) DO UPDATE SET count = hour_count.count + 1";

constexpr const char* kCounters =
    "SELECT hour, place, emotion, count, platform, community, channel, thread "
    "FROM hour_count JOIN place ON place.id = hour_count.place "
    "WHERE (hour, place, emotion) > (:hour, :place, :emotion) AND hour < :end_hour "
    "ORDER BY hour, place, emotion LIMIT :at_most";

// An id comes back when its key was taken again before the old effect was removed.
constexpr const char* kPutEffect =
    "INSERT INTO effect (id, platform, community, channel, thread, message, kind, locale, probabilities, "
    "abstained, model_id, tone, due) VALUES (:id, :platform, :community, :channel, :thread, :message, :kind, "
    ":locale, :probabilities, :abstained, :model_id, :tone, :due) "
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, locale = excluded.locale, "
    "probabilities = excluded.probabilities, abstained = excluded.abstained, model_id = excluded.model_id, "
    "tone = excluded.tone, due = excluded.due";

constexpr const char* kEffects =
    "SELECT id, platform, community, channel, thread, message, kind, locale, probabilities, abstained, "
    "model_id, tone, due FROM effect WHERE due > :due";

constexpr const char* kOfPlace =
    " AND platform = :platform AND community = :community AND channel = :channel AND thread = :thread";

constexpr const char* kOldestFirst = " ORDER BY due, id";

using EffectRow =
    std::tuple<Integer, Text, Text, Text, Text, Text, Text, Text, Text, Integer, Text, Text, Integer>;
using CounterColumns = std::tuple<Integer, Integer, Integer, Integer, Text, Text, Text, Text>;

chat::Place place_of(const Text& platform, const Text& community, const Text& channel, const Text& thread) {
    return {from_column(platform), from_column(community), from_column(channel), from_column(thread)};
}

/// Nothing when somebody else wrote the row.
std::optional<Effect> effect_of(const EffectRow& row) {
    const auto& [id, platform, community, channel, thread, message, kind, locale, numbers, abstained, model,
                 tone, due] = row;
    const auto probabilities = probabilities_from_column(numbers);
    if (!probabilities) return {};
    return Effect{.id = id,
                  .to = {place_of(platform, community, channel, thread), from_column(message)},
                  .kind = kind == "reaction" ? EffectKind::reaction : EffectKind::reply,
                  .locale = locale == "en" ? chat::Locale::english : chat::Locale::korean,
                  .probabilities = *probabilities,
                  .abstained = abstained != 0,
                  .model_id = from_column(model),
                  .tone = from_column(tone),
                  .due = Clock::time_point(std::chrono::microseconds(due))};
}

Counter counter_of(const CounterColumns& row) {
    const auto& [hour, place, emotion, count, platform, community, channel, thread] = row;
    const bool is_emotion = emotion >= 0 && emotion < Integer{api::kEmotionCount};
    return {
        .key = {.hour = hour, .place = place, .emotion = static_cast<int>(emotion)},
        .count = {.place = place_of(platform, community, channel, thread),
                  .hour = Clock::time_point(std::chrono::hours(hour)),
                  .emotion = is_emotion ? std::optional(static_cast<api::Emotion>(emotion)) : std::nullopt,
                  .count = count}};
}

}  // namespace

struct MessageTables::Statements {
    soci::session& session;
    Prepared<std::tuple<Integer>(Integer, Integer, Integer)> is_taken{
        session, "SELECT expires FROM once_key WHERE high = :high AND low = :low AND expires > :now"};
    Command<Integer, Integer, Integer, Integer> take{session, kTake};
    Command<Integer, Text, Text, Text, Text> put_place{session, kPutPlace};
    Command<Integer, Integer, Integer> count{session, kCount};
    Prepared<CounterColumns(Integer, Integer, Integer, Integer, Integer)> counters{session, kCounters};
    Command<Integer, Text, Text, Text, Text, Text, Text, Text, Text, Integer, Text, Text, Integer> put_effect{
        session, kPutEffect};
    Command<Integer> remove_effect{session, "DELETE FROM effect WHERE id = :id"};
    Prepared<EffectRow(Integer)> effects{session, std::string(kEffects) + kOldestFirst};
    Prepared<EffectRow(Integer, Text, Text, Text, Text)> effects_of_place{
        session, std::string(kEffects) + kOfPlace + kOldestFirst};
    Command<Integer, Integer, Integer> remove_keys{
        session, "DELETE FROM once_key WHERE high >= :first AND high <= :last AND expires <= :now"};
    Command<Integer> remove_effects{session, "DELETE FROM effect WHERE due <= :due"};
};

MessageTables::MessageTables(soci::session& session) : statements_(std::make_unique<Statements>(session)) {}
MessageTables::~MessageTables() = default;

bool MessageTables::is_taken(OnceKey key, std::int64_t now_seconds) {
    return statements_->is_taken.row(key.high, key.low, now_seconds).has_value();
}

bool MessageTables::take(OnceKey key, std::int64_t now_seconds, std::int64_t expires_seconds) {
    return statements_->take.execute(key.high, key.low, expires_seconds, now_seconds) == 1;
}

void MessageTables::count(const chat::Place& place, std::int64_t hour, std::optional<api::Emotion> emotion) {
    const std::int64_t id = place_id(place);
    statements_->put_place.execute(id, to_column(place.platform), to_column(place.community),
                                   to_column(place.channel), to_column(place.thread));
    statements_->count.execute(hour, id, emotion ? static_cast<int>(api::index_of(*emotion)) : kNoEmotion);
}

void MessageTables::put_effect(std::int64_t id, const Effect& effect) {
    const chat::Place& place = effect.to.place;
    statements_->put_effect.execute(
        id, to_column(place.platform), to_column(place.community), to_column(place.channel),
        to_column(place.thread), to_column(effect.to.message),
        effect.kind == EffectKind::reaction ? "reaction" : "reply",
        effect.locale == chat::Locale::english ? "en" : "ko", probabilities_to_column(effect.probabilities),
        effect.abstained ? 1 : 0, to_column(effect.model_id), to_column(effect.tone),
        microseconds_of(effect.due));
}

void MessageTables::remove_effect(std::int64_t id) {
    statements_->remove_effect.execute(id);
}

std::vector<Effect> MessageTables::effects_due_after(std::int64_t microseconds,
                                                     const std::optional<chat::Place>& place) {
    const auto rows = place ? statements_->effects_of_place.rows(
                                  microseconds, to_column(place->platform), to_column(place->community),
                                  to_column(place->channel), to_column(place->thread))
                            : statements_->effects.rows(microseconds);
    std::vector<Effect> effects;
    for (const EffectRow& row : rows) {
        if (auto effect = effect_of(row)) effects.push_back(std::move(*effect));
    }
    return effects;
}

std::vector<Counter> MessageTables::counters(const CounterKey& behind, std::int64_t end_hour,
                                             std::int64_t at_most) {
    std::vector<Counter> found;
    for (const CounterColumns& row :
         statements_->counters.rows(behind.hour, behind.place, behind.emotion, end_hour, at_most)) {
        found.push_back(counter_of(row));
    }
    return found;
}

void MessageTables::remove_expired_keys(unsigned slice, unsigned slices, std::int64_t now_seconds) {
    // The keys are evenly spread over all numbers, so equal ranges hold equally many.
    const std::uint64_t width = std::numeric_limits<std::uint64_t>::max() / slices;
    const auto border = [&](unsigned index) {
        constexpr auto kLowest = std::numeric_limits<std::int64_t>::min();
        return std::bit_cast<std::int64_t>(std::bit_cast<std::uint64_t>(kLowest) + index * width);
    };
    const std::int64_t last =
        slice + 1 == slices ? std::numeric_limits<std::int64_t>::max() : border(slice + 1) - 1;
    statements_->remove_keys.execute(border(slice), last, now_seconds);
}

void MessageTables::remove_effects_due_before(std::int64_t microseconds) {
    statements_->remove_effects.execute(microseconds);
}

}  // namespace nunchi::store
