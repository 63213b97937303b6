// Who somebody is in a workspace: users.info decides who may change settings, and says no when it is not
// sure.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/chat/message.hpp"
#include "adapters/chat/recent_map.hpp"
#include "adapters/slack/web_api/web_client.hpp"

namespace nunchi::slack {

struct Person {
    bool is_admin = false;
    chat::Locale locale = chat::Locale::korean;
};

/// Of the "user" of users.info: an admin or owner of this very workspace, who is neither a guest nor a bot
/// nor gone nor of another company (section 4). Pure.
Person person_of(const nlohmann::json& user, const std::string& team);

/// Remembers an answer for a minute at most.
class People {
public:
    /// `admins` are user ids that count as admins whatever Slack says.
    People(web_api::WebClient& web, std::vector<std::string> admins)
        : web_(web), admins_(std::move(admins)) {}

    /// Somebody whom Slack does not tell of is no admin.
    boost::asio::awaitable<Person> find(web_api::Caller caller, std::string user);

private:
    struct Known {
        Person person;
        std::chrono::steady_clock::time_point at;
    };

    web_api::WebClient& web_;
    std::vector<std::string> admins_;
    chat::RecentMap<Known> known_{1000};
};

}  // namespace nunchi::slack
