#include "adapters/slack/happening.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "adapters/json/access.hpp"

namespace nunchi::slack {
namespace {

using json_access::flag_of;
using json_access::member;
using json_access::text_of;
using nlohmann::json;

/// What people write; every other subtype is Slack's own or a bot's (E1, E2).
bool is_written_by_people(std::string_view subtype) {
    constexpr std::array<std::string_view, 4> kSubtypes{"", "thread_broadcast", "file_share", "me_message"};
    return std::ranges::find(kSubtypes, subtype) != kSubtypes.end();
}

chat::Author author_of(const json& message, const Identity& self) {
    chat::Author author;
    author.id = text_of(message, "user");
    const auto bot = text_of(message, "bot_id");
    // Either may be missing of an own message (E5).
    author.is_self = author.id == self.user || (!bot.empty() && bot == self.bot);
    author.is_bot = !bot.empty();
    return author;
}

/// `message` is the event itself, or its "message" where it tells of an edit.
chat::Message message_of(const json& event, const json& message, const Identity& self) {
    chat::Message written;
    const auto thread = text_of(message, "thread_ts");
    written.ref.message = text_of(message, "ts");
    const bool is_direct = text_of(event, "channel_type") == "im";
    written.ref.place = {"slack", is_direct ? std::string() : self.team, text_of(event, "channel"),
                         thread == written.ref.message ? std::string() : thread};
    written.author = author_of(message, self);
    written.text = text_of(message, "text");
    const bool is_mentioned = written.text.find("<@" + self.user + ">") != std::string::npos;
    const bool is_to_us = text_of(message, "parent_user_id") == self.user;
    written.is_addressed = is_direct || is_mentioned || is_to_us || text_of(event, "type") == "app_mention";
    return written;
}

bool is_complete(const chat::Message& message) {
    return !message.ref.message.empty() && !message.ref.place.channel.empty() && !message.author.id.empty();
}

Happening edit_of(const json& event, const Identity& self) {
    const auto& message = member(event, "message");
    const auto& before = member(event, "previous_message");
    const bool is_rewritten = text_of(message, "text") != text_of(before, "text");
    // Links that unfold and "also send to channel" are told as changes, too (E3).
    if (!is_rewritten || !is_written_by_people(text_of(message, "subtype"))) return NothingToDo{};
    auto rewritten = message_of(event, message, self);
    if (!is_complete(rewritten) || rewritten.author.is_bot || rewritten.author.is_self) return NothingToDo{};
    return MessageRewritten{std::move(rewritten)};
}

Happening message_happening(const json& event, const Identity& self) {
    const auto subtype = text_of(event, "subtype");
    if (subtype == "message_changed") return edit_of(event, self);
    if (subtype == "message_deleted") {
        return MessageGone{text_of(event, "channel"), text_of(event, "deleted_ts")};
    }
    const bool has_joined = subtype == "channel_join" || subtype == "group_join";
    if (has_joined && text_of(event, "user") == self.user) {
        return BotInvited{text_of(event, "channel"), text_of(event, "inviter")};
    }
    if (!is_written_by_people(subtype) || flag_of(event, "hidden")) return NothingToDo{};
    auto written = message_of(event, event, self);
    if (!is_complete(written)) return NothingToDo{};
    return MessageWritten{std::move(written)};
}

}  // namespace

Happening happening_of(const json& envelope, const Identity& self) {
    if (text_of(envelope, "type") == "app_rate_limited") return EventsLimited{};
    const auto& event = member(envelope, "event");
    const auto type = text_of(event, "type");
    if (type == "message" || type == "app_mention") return message_happening(event, self);
    if (type == "app_home_opened" && text_of(event, "tab") != "messages") {
        return HomeOpened{text_of(event, "user")};
    }
    if (type == "app_uninstalled" || type == "tokens_revoked") return Uninstalled{};
    return NothingToDo{};
}

}  // namespace nunchi::slack
