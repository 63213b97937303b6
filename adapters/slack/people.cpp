#include "adapters/slack/people.hpp"

#include <algorithm>
#include <utility>

#include "adapters/json/access.hpp"

namespace nunchi::slack {
namespace {

using json_access::flag_of;
using json_access::member;
using json_access::text_of;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kRemembered{60};

}  // namespace

Person person_of(const nlohmann::json& user, const std::string& team) {
    const auto has = [&](const char* flag) { return flag_of(user, flag); };
    const bool has_rank = has("is_admin") || has("is_owner") || has("is_primary_owner");
    const bool is_outsider = has("deleted") || has("is_bot") || has("is_restricted") ||
                             has("is_ultra_restricted") || has("is_stranger");
    const auto locale = text_of(user, "locale");
    Person person;
    person.is_admin = has_rank && !is_outsider && !team.empty() && text_of(user, "team_id") == team;
    const bool is_foreign = !locale.empty() && !locale.starts_with("ko");
    person.locale = is_foreign ? chat::Locale::english : chat::Locale::korean;
    return person;
}

boost::asio::awaitable<Person> People::find(web_api::Caller caller, std::string user) {
    const std::string key = caller.team + "/" + user;
    const auto now = Clock::now();
    if (const auto* known = known_.find(key); known != nullptr && now - known->at < kRemembered) {
        co_return known->person;
    }
    web_api::Call call;
    call.method = web_api::Method::users_info;
    call.arguments = {{"user", user}, {"include_locale", true}};
    call.caller = caller;
    call.max_age = std::chrono::seconds(2);
    const auto answer = co_await web_.send(std::move(call));
    Person person;
    if (answer) person = person_of(member(answer->body, "user"), caller.team);
    if (std::ranges::find(admins_, user) != admins_.end()) person.is_admin = true;
    if (answer) known_.get(key) = {person, now};
    co_return person;
}

}  // namespace nunchi::slack
