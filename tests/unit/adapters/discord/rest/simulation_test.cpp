#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/unit/adapters/discord/rest/simulated_discord.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Call message_to(int channel_number, seconds max_age = seconds(60)) {
    Call call;
    const std::string channel = std::to_string(channel_number);
    call.route = create_message(channel);
    call.permission = channel + "/reply";
    call.is_repeatable = true;
    call.max_age = max_age;
    return call;
}

Call callback(int number) {
    Call call;
    call.route = interaction_callback(std::to_string(number), "token" + std::to_string(number));
    call.lane = Lane::interaction;
    call.max_age = seconds(3);
    return call;
}

net::Response rate_limit(const char* scope, const char* retry_after) {
    auto response = net::make_response(429, "application/json",
                                       std::string(R"({"retry_after":)") + retry_after + R"(,"global":)" +
                                           (scope == std::string("global") ? "true" : "false") + "}");
    response.headers.set("X-RateLimit-Scope", scope);
    return response;
}

class RestSimulation : public testing::Test {
protected:
    Timeline timeline_;
    SimulatedDiscord server_;
    TimePoint start_ = timeline_.now();
};

TEST_F(RestSimulation, FiveHundredMessagesStayBelowFiftyASecondAndCallbacksPassAtOnce) {
    SimulatedClient client(timeline_, server_, {.max_in_flight = 1000});
    for (int i = 0; i < 500; ++i) client.send(message_to(i % 250));
    for (int i = 0; i < 100; ++i) {
        timeline_.at(start_ + milliseconds(90 * i), [&client, i] { client.send(callback(i)); });
    }

    timeline_.run();

    EXPECT_EQ(client.succeeded, 600U);
    EXPECT_LE(server_.busiest_second(), 50U);
    EXPECT_GE(server_.busiest_second(), 40U);  // the limit is used
    EXPECT_EQ(server_.count(429), 0U);
    EXPECT_EQ(client.longest_exempt_wait, Duration(0));
}

TEST_F(RestSimulation, ABusyChannelNeverTripsItsLimit) {
    SimulatedClient client(timeline_, server_);
    for (int i = 0; i < 60; ++i) client.send(message_to(1, seconds(3600)));

    timeline_.run();

    EXPECT_EQ(client.succeeded, 60U);
    EXPECT_EQ(server_.count(429), 0U);
    // Five in five seconds, and little lost beside it.
    EXPECT_LE(server_.seen.back().at - start_, seconds(70));
}

TEST_F(RestSimulation, AServerThatTellsOneTooManyIsAskedOnceInVainPerWindow) {
    SimulatedClient client(timeline_, server_);
    server_.deviates = true;
    server_.limit = 10;
    for (int i = 0; i < 60; ++i) client.send(message_to(1, seconds(3600)));

    timeline_.run();

    EXPECT_EQ(client.succeeded, 60U);
    EXPECT_LE(server_.count(429), 6U);
}

TEST_F(RestSimulation, NobodyKnocksWhileAGlobalBlockLasts) {
    SimulatedClient client(timeline_, server_);
    bool has_blocked = false;
    server_.script = [&](const Call&) {
        const bool blocks = !has_blocked && server_.seen.size() > 50;
        has_blocked = has_blocked || blocks;
        return blocks ? rate_limit("global", "7.5") : net::make_response(200, "application/json", "{}");
    };
    for (int i = 0; i < 200; ++i) client.send(message_to(i));
    timeline_.at(start_ + seconds(4), [&] { client.send(callback(1)); });

    timeline_.run();

    const auto blocked = std::find_if(server_.seen.begin(), server_.seen.end(),
                                      [](const auto& one) { return one.status == 429; });
    ASSERT_NE(blocked, server_.seen.end());
    for (const auto& one : server_.seen) {
        // What had left before the answer came arrives within a round trip.
        const bool is_in_block =
            one.at > blocked->at + milliseconds(80) && one.at < blocked->at + milliseconds(7500);
        EXPECT_FALSE(is_in_block && !one.is_exempt) << one.path;
    }
    EXPECT_EQ(client.succeeded, 201U);
    EXPECT_EQ(client.longest_exempt_wait, Duration(0));
}

TEST_F(RestSimulation, SurvivesAStormOf429) {
    SimulatedClient client(timeline_, server_);
    std::mt19937_64 random(7);
    const TimePoint over = start_ + seconds(20);
    server_.script = [&](const Call&) {
        if (timeline_.now() >= over || random() % 3 != 0)
            return net::make_response(200, "application/json", "{}");
        const char* scopes[] = {"user", "shared", "global", "user"};
        return rate_limit(scopes[random() % 4], random() % 2 == 0 ? "0" : "0.7");
    };
    for (int i = 0; i < 300; ++i) client.send(message_to(i % 40, seconds(300)));

    timeline_.run();

    EXPECT_EQ(client.succeeded, 300U);
    EXPECT_LE(server_.count(429), 250U);
    EXPECT_LE(server_.busiest_second(), 50U);
}

TEST_F(RestSimulation, AServerThatSaysZeroForEverIsNotHammered) {
    SimulatedClient client(timeline_, server_);
    server_.limit = 1000;
    server_.script = [](const Call&) { return rate_limit("user", "0"); };
    client.send(message_to(1, seconds(60)));

    timeline_.run();

    EXPECT_LE(server_.seen.size(), 15U);
    EXPECT_GE(server_.seen.size(), 5U);
    EXPECT_EQ(client.expired + client.given_up[errc::rate_limited], 1U);
}

TEST_F(RestSimulation, EachOfAHundredForbiddenChannelsIsAskedOncePerMuteTime) {
    SimulatedClient client(timeline_, server_);
    server_.script = [](const Call&) {
        return net::make_response(403, "application/json", R"({"code":50013})");
    };
    for (int minute = 0; minute < 60; ++minute) {
        for (int channel = 0; channel < 100; ++channel) {
            for (int i = 0; i < 3; ++i) {
                timeline_.at(start_ + minutes(minute) + seconds(i),
                             [&client, channel] { client.send(message_to(channel)); });
            }
        }
    }

    timeline_.run();

    // Six mute times in an hour.
    EXPECT_EQ(server_.seen.size(), 600U);
    for (std::size_t i = 0; i < 6; ++i) {
        std::set<std::string> asked;
        for (std::size_t one = i * 100; one < (i + 1) * 100; ++one) asked.insert(server_.seen[one].path);
        EXPECT_EQ(asked.size(), 100U);
    }
    EXPECT_EQ(client.refused, 600U);
    EXPECT_EQ(client.given_up[errc::muted], 18'000U - 600U);
}

TEST_F(RestSimulation, ForbiddenChannelsOpenAgainWhenTheyAreAllowed) {
    SimulatedClient client(timeline_, server_);
    const TimePoint allowed = start_ + minutes(5);
    server_.script = [&](const Call&) {
        return net::make_response(timeline_.now() < allowed ? 403 : 200, "application/json", "{}");
    };
    for (int minute = 0; minute < 20; ++minute) {
        timeline_.at(start_ + minutes(minute), [&client] { client.send(message_to(1)); });
    }

    timeline_.run();

    // One at the start, then from the tenth minute on.
    EXPECT_EQ(client.refused, 1U);
    EXPECT_EQ(client.given_up[errc::muted] + client.succeeded, 19U);
    EXPECT_GE(client.succeeded, 9U);
}

TEST_F(RestSimulation, TheBreakerOpensLongBeforeTheBan) {
    SimulatedClient client(timeline_, server_);
    server_.script = [](const Call&) { return net::make_response(403, "application/json", "{}"); };
    for (int i = 0; i < 60'000; ++i) {
        timeline_.at(start_ + milliseconds(30 * i), [&client, i] {
            Call call = message_to(i);
            call.permission.clear();  // nothing is muted
            client.send(std::move(call));
        });
    }

    timeline_.run();

    std::deque<TimePoint> last;
    std::size_t most = 0;
    for (const auto& one : server_.seen) {
        last.push_back(one.at);
        while (one.at - last.front() >= minutes(10)) last.pop_front();
        most = std::max(most, last.size());
    }
    EXPECT_LE(most, 5010U);
    EXPECT_GE(most, 4900U);
    EXPECT_GT(client.given_up[errc::breaker_open], 20'000U);
}

TEST_F(RestSimulation, ABadTokenIsTriedByThoseUnderWayOnly) {
    SimulatedClient client(timeline_, server_);
    server_.script = [](const Call&) { return net::make_response(401, "application/json", "{}"); };
    for (int i = 0; i < 500; ++i) client.send(message_to(i));

    timeline_.run();

    EXPECT_LE(server_.seen.size(), 6U);  // max_in_flight
    EXPECT_EQ(client.given_up[errc::unauthorized], 500U - server_.seen.size());
}

TEST_F(RestSimulation, ABurstOfReactionsIsBoundedAndSerial) {
    SimulatedClient client(timeline_, server_, {.max_queued_per_bucket = 20});
    server_.limit = 1;
    server_.window = milliseconds(1000);  // what the headers say, whatever the truth is (R24)
    for (int i = 0; i < 100; ++i) {
        Call call;
        call.route = put_reaction("1", std::to_string(i + 1), "😀");
        call.max_age = seconds(10);
        client.send(std::move(call));
    }

    timeline_.run();

    EXPECT_EQ(server_.count(429), 0U);
    // One leaves at once, twenty wait.
    EXPECT_EQ(client.given_up[errc::queue_full], 79U);
    EXPECT_EQ(client.succeeded + client.expired + client.given_up[errc::rate_limited], 21U);
    EXPECT_GE(client.succeeded, 8U);
}

}  // namespace
}  // namespace nunchi::discord::rest
