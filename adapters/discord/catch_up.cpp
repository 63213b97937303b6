#include "adapters/discord/catch_up.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "adapters/discord/json_access.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord {

namespace asio = boost::asio;
using nlohmann::json;

bool is_older(std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

void SeenMessages::on_message(const std::string& guild, const std::string& channel,
                              const std::string& message) {
    auto [found, is_new] = channels_.try_emplace(channel, Seen{guild, message});
    if (!is_new && is_older(found->second.message, message)) found->second.message = message;
    if (channels_.size() <= kMaxChannels) return;
    const auto quietest = std::ranges::min_element(channels_, [](const auto& left, const auto& right) {
        return is_older(left.second.message, right.second.message);
    });
    channels_.erase(quietest);
}

std::string SeenMessages::to_json() const {
    json list = json::array();
    for (const auto& [channel, seen] : channels_) {
        list.push_back({{"channel", channel}, {"guild", seen.guild}, {"message", seen.message}});
    }
    return list.dump();
}

void SeenMessages::add_json(std::string_view text) {
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return;
    for (const auto& item : list) {
        const auto channel = id_of(item, "channel");
        const auto message = id_of(item, "message");
        if (!channel.empty() && !message.empty()) on_message(id_of(item, "guild"), channel, message);
    }
}

asio::awaitable<void> read_missed(rest::RestClient& rest, std::map<std::string, SeenMessages::Seen> channels,
                                  int limit, std::function<void(json)> deliver) {
    for (const auto& [channel, seen] : channels) {
        rest::Call call;
        call.route = rest::channel_messages(channel, seen.message, std::clamp(limit, 1, 100));
        call.permission = channel + "/read";
        const auto answer = co_await rest.send(std::move(call));
        if (!answer || !answer->body.is_array()) continue;
        std::vector<json> messages(answer->body.begin(), answer->body.end());
        std::ranges::sort(messages, [](const json& left, const json& right) {
            return is_older(id_of(left, "id"), id_of(right, "id"));
        });
        for (json& message : messages) {
            if (!message.is_object()) continue;
            if (!seen.guild.empty()) message["guild_id"] = seen.guild;
            deliver(std::move(message));
        }
    }
}

}  // namespace nunchi::discord
