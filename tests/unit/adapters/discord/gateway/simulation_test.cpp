// A day of two shards against a server that fails in every way, in simulated time.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "tests/unit/adapters/discord/gateway/simulated_shard.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using Kind = Fault::Kind;

class Day {
public:
    explicit Day(std::uint64_t seed) : random_(seed) {
        for (int number = 0; number < 2; ++number) {
            servers.push_back(std::make_unique<SimulatedServer>(time));
            shards.push_back(
                std::make_unique<SimulatedShard>(number, time, *servers.back(), queue, random_()));
            publish(*servers.back());
            trouble(*servers.back());
        }
        crash();
        time.run_until(start + 24h);
        // A last hour without trouble, with some reconnects, so that all that can come again does.
        is_over_ = true;
        for (int i = 0; i < 10; ++i) {
            for (const auto& server : servers) {
                server->is_away = server->is_resume_host_away = server->refuses_resumes = false;
                server->strike({.kind = Kind::reconnect});
            }
            time.run_until(time.now() + 6min);
        }
    }

    SimulatedTime time;
    const SimulatedTime::TimePoint start = time.now();
    SimulatedQueue queue;
    std::vector<std::unique_ptr<SimulatedServer>> servers;
    std::vector<std::unique_ptr<SimulatedShard>> shards;
    int crashes = 0;

private:
    std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
        const auto range = static_cast<std::uint64_t>((most - least).count());
        return least + std::chrono::milliseconds(random_() % range);
    }

    void publish(SimulatedServer& server) {
        if (is_over_) return;
        server.publish();
        time.after(between(500ms, 5s), [this, &server] { publish(server); });
    }

    void trouble(SimulatedServer& server) {
        if (is_over_) return;
        time.after(between(10s, 20min), [this, &server] {
            strike(server);
            trouble(server);
        });
    }

    void strike(SimulatedServer& server) {
        switch (random_() % 12) {
            case 0: return server.strike({.kind = Kind::invalid});
            case 1: return server.strike({.kind = Kind::invalid_resumable});
            case 2: return server.strike({.kind = Kind::silence});
            case 3: return server.strike({.kind = Kind::close, .code = 4000});
            case 4: return server.strike({.kind = Kind::close, .code = 4009});
            case 5: return for_a_while(server.is_away, server);
            case 6: return for_a_while(server.is_resume_host_away, server);
            case 7: return for_a_while(server.refuses_resumes, server);
            case 8: server.strike({.kind = Kind::drop}); return server.end_session();
            default: return server.strike({.kind = random_() % 2 == 0 ? Kind::drop : Kind::reconnect});
        }
    }

    void for_a_while(bool& trouble, SimulatedServer& server) {
        trouble = true;
        server.strike({.kind = Kind::drop});
        time.after(between(1s, 5min), [&trouble] { trouble = false; });
    }

    void crash() {
        time.after(between(1h, 4h), [this] {
            if (is_over_) return;
            ++crashes;
            IdentifyBudget budget({.per_day = 900, .burst = 60});
            if (!queue.stored.empty()) {
                ASSERT_TRUE(budget.load(queue.stored, time.wall()));
            }
            queue.budget = budget;
            queue.gate = IdentifyGate(1);
            for (const auto& shard : shards) shard->crash();
            crash();
        });
    }

    std::mt19937_64 random_;
    bool is_over_ = false;
};

class GatewaySimulation : public testing::TestWithParam<int> {
protected:
    Day day{static_cast<std::uint64_t>(GetParam())};
};

TEST_P(GatewaySimulation, KeepsWhatADayAsksFor) {
    std::size_t excused = 0;
    std::size_t published = 0;
    std::vector<SimulatedTime::TimePoint> identifies;
    for (std::size_t i = 0; i < day.servers.size(); ++i) {
        const SimulatedServer& server = *day.servers[i];
        for (const auto& message : server.messages) {
            ++published;
            excused += message.is_excused && !message.is_handled;
            ASSERT_TRUE(message.is_handled || message.is_excused);
        }
        EXPECT_EQ(server.abandoned_sessions, 0);
        EXPECT_TRUE(day.shards[i]->is_ready());
        EXPECT_GT(server.resumes, 30);
        // Nothing is lost in silence.
        EXPECT_GT(day.shards[i]->gaps, 0);
        EXPECT_GT(day.shards[i]->replayed, 0);
        for (const auto gap : server.heartbeat_gaps) {
            ASSERT_NEAR(std::chrono::duration<double>(gap).count(), 41.25, 0.001);
        }
        identifies.insert(identifies.end(), server.identifies.begin(), server.identifies.end());
    }
    EXPECT_GT(day.crashes, 3);
    EXPECT_GT(published, 50'000U);
    // What was published while the server had no session for us.
    EXPECT_LT(excused, published / 15);

    std::sort(identifies.begin(), identifies.end());
    EXPECT_GT(identifies.size(), 10U);
    EXPECT_LT(identifies.size(), 900U);
    for (std::size_t i = 1; i < identifies.size(); ++i) {
        EXPECT_GE(identifies[i] - identifies[i - 1], 5s) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Days, GatewaySimulation, testing::Range(1, 4));

// A server that takes every login and hangs up at once, for a day.
TEST(GatewayIdentifyStorm, StaysFarBelowDiscordsThousand) {
    SimulatedTime time;
    SimulatedServer server(time);
    SimulatedQueue queue;
    SimulatedShard shard(0, time, server, queue, 3);
    std::function<void()> strike = [&] {
        server.strike({.kind = Kind::invalid});
        time.after(300ms, strike);
    };
    strike();
    time.run_until(time.now() + 24h);
    EXPECT_GT(server.identifies.size(), 100U);
    EXPECT_LE(server.identifies.size(), 900U);
}

}  // namespace
}  // namespace nunchi::discord::gateway
