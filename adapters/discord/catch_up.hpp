// Reads what was posted while no session existed. Private to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "adapters/chat/state_store.hpp"
#include "adapters/discord/rest/rest_client.hpp"

namespace nunchi::discord {

/// The last message seen in each channel that was active lately. Pure.
class SeenMessages {
public:
    /// Beyond it the channel that was quiet for longest is forgotten.
    static constexpr std::size_t kMaxChannels = 500;

    struct Seen {
        std::string guild;    // empty: a direct message
        std::string message;  // the highest id
    };

    /// Ids count up with time, so an older one changes nothing.
    void on_message(const std::string& guild, const std::string& channel, const std::string& message);

    /// As JSON, and back; what is malformed is left out.
    std::string to_json() const;
    void add_json(std::string_view text);

    const std::map<std::string, Seen>& channels() const { return channels_; }

private:
    std::map<std::string, Seen> channels_;
};

/// Whether the first of two snowflakes is the older one.
bool is_older(std::string_view left, std::string_view right);

/// Asks for at most `limit` messages of each channel behind the last one seen, and gives them to `deliver`,
/// oldest first, with the guild's id added as the gateway does. The references must outlive the call.
boost::asio::awaitable<void> read_missed(rest::RestClient& rest,
                                         std::map<std::string, SeenMessages::Seen> channels, int limit,
                                         std::function<void(nlohmann::json)> deliver);

}  // namespace nunchi::discord
