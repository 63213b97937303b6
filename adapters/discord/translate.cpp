#include "adapters/discord/translate.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "adapters/discord/json_access.hpp"

namespace nunchi::discord {
namespace {

using nlohmann::json;

constexpr std::int64_t kOrdinary = 0;
constexpr std::int64_t kReply = 19;

/// G50. Direct messages come to shard 0.
bool is_of_shard(const std::string& guild, int shard, int shard_count) {
    if (guild.empty()) return shard == 0;
    std::uint64_t id = 0;
    std::from_chars(guild.data(), guild.data() + guild.size(), id);
    return (id >> 22U) % static_cast<std::uint64_t>(std::max(shard_count, 1)) ==
           static_cast<std::uint64_t>(shard);
}

bool mentions(const json& data, const std::string& self_id) {
    const auto& list = member(data, "mentions");
    return list.is_array() &&
           std::ranges::any_of(list, [&](const json& user) { return id_of(user, "id") == self_id; });
}

bool is_reply_to(const json& data, const std::string& self_id) {
    return id_of(member(member(data, "referenced_message"), "author"), "id") == self_id;
}

chat::MessageKind kind_of(const json& data) {
    if (!id_of(data, "webhook_id").empty()) return chat::MessageKind::webhook;
    const auto type = number_of(data, "type");
    // Without a type: an update, or a server that leaves it out.
    return type == -1 || type == kOrdinary || type == kReply ? chat::MessageKind::ordinary
                                                             : chat::MessageKind::system;
}

bool has_anything(const json& data) {
    return std::ranges::any_of(
        std::initializer_list<const char*>{"attachments", "embeds", "sticker_items", "components"},
        [&](const char* list) { return member(data, list).is_array() && !member(data, list).empty(); });
}

}  // namespace

Translated message_of(const json& data, const std::string& self_id, Profile profile, int shard,
                      int shard_count) {
    Translated translated;
    chat::Message message;
    const auto& author = member(data, "author");
    message.ref.place = {"discord", id_of(data, "guild_id"), id_of(data, "channel_id"), {}};
    message.ref.message = id_of(data, "id");
    message.author = {id_of(author, "id"), id_of(author, "id") == self_id, flag_of(author, "bot")};
    if (message.ref.message.empty() || message.ref.place.channel.empty() || message.author.id.empty()) {
        return translated;
    }
    translated.unread = Unread::other_shard;
    if (!is_of_shard(message.ref.place.community, shard, shard_count)) return translated;
    message.kind = kind_of(data);
    message.text = text_of(data, "content");
    message.is_addressed =
        message.ref.place.community.empty() || mentions(data, self_id) || is_reply_to(data, self_id);
    const bool is_person =
        !message.author.is_bot && !message.author.is_self && message.kind == chat::MessageKind::ordinary;
    const bool is_unasked = is_person && !message.is_addressed;
    translated.is_blank =
        is_unasked && message.text.empty() && !has_anything(data) && !member(data, "poll").is_object();
    translated.proves_intent = is_unasked && !message.text.empty();
    translated.unread = Unread::not_addressed;
    if (profile == Profile::mention && !message.is_addressed) return translated;
    translated.message = std::move(message);
    return translated;
}

}  // namespace nunchi::discord
