#include "adapters/net/connection_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <optional>

#include "tests/unit/adapters/net/coroutine_runner.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using asio::ip::tcp;
using Clock = ConnectionPool::Clock;
using Lease = ConnectionPool::Lease;

constexpr auto kLong = std::chrono::hours(1);

const PoolKey kHost{.is_secure = false, .host = "a.example", .port = 80};

/// One acquire() and what came of it.
struct Call {
    std::optional<result<Lease>> outcome;
    asio::cancellation_signal cancellation;
};

class ConnectionPoolTest : public testing::Test {
protected:
    void create(PoolLimits limits) {
        pool_ = std::make_shared<ConnectionPool>(context_.get_executor(), limits);
    }

    Call& acquire(Clock::duration at_most = kLong, const PoolKey& key = kHost) {
        Call& call = calls_.emplace_back();
        asio::co_spawn(context_, ConnectionPool::acquire(pool_, key, Clock::now() + at_most),
                       asio::bind_cancellation_slot(call.cancellation.slot(),
                                                    [&call](const std::exception_ptr&, result<Lease> lease) {
                                                        call.outcome.emplace(std::move(lease));
                                                    }));
        poll();
        return call;
    }

    void poll() {
        context_.restart();
        context_.poll();
    }

    /// A connection whose other end is kept in peers_.
    std::unique_ptr<ClientStream> connect() {
        auto stream = std::make_unique<ClientStream>(context_.get_executor());
        stream->socket().connect(acceptor_.local_endpoint());
        peers_.push_back(acceptor_.accept());
        return stream;
    }

    static bool has_place(const Call& call) { return call.outcome && *call.outcome; }

    static void give_back(Call& call, std::unique_ptr<ClientStream> stream = nullptr) {
        if (stream) {
            (*call.outcome)->stream = std::move(stream);
            (*call.outcome)->keep();
        }
        call.outcome.reset();
    }

    asio::io_context context_{1};
    tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
    std::vector<tcp::socket> peers_;
    std::shared_ptr<ConnectionPool> pool_;
    std::deque<Call> calls_;
};

TEST_F(ConnectionPoolTest, GivesPlacesUpToTheMost) {
    create({.max_per_host = 2});

    EXPECT_TRUE(has_place(acquire()));
    EXPECT_TRUE(has_place(acquire()));
    EXPECT_FALSE(acquire().outcome);
}

TEST_F(ConnectionPoolTest, CountsEachHostByItself) {
    create({.max_per_host = 1});

    EXPECT_TRUE(has_place(acquire()));
    EXPECT_TRUE(has_place(acquire(kLong, {.is_secure = true, .host = "a.example", .port = 80})));
    EXPECT_TRUE(has_place(acquire(kLong, {.is_secure = false, .host = "b.example", .port = 80})));
    EXPECT_TRUE(has_place(acquire(kLong, {.is_secure = false, .host = "a.example", .port = 81})));
}

TEST_F(ConnectionPoolTest, GivesAFreePlaceToWhoHasWaitedLongest) {
    create({.max_per_host = 1});
    Call& first = acquire();
    Call& second = acquire();
    Call& third = acquire();

    give_back(first);
    poll();
    EXPECT_TRUE(has_place(second));
    EXPECT_FALSE(third.outcome);

    give_back(second);
    Call& late = acquire();
    EXPECT_TRUE(has_place(third));
    EXPECT_FALSE(late.outcome);
}

TEST_F(ConnectionPoolTest, KeepsConnectionsThatMayServeAgain) {
    create({.max_per_host = 2});
    auto stream = connect();
    const ClientStream* kept = stream.get();
    give_back(acquire(), std::move(stream));
    EXPECT_EQ(pool_->idle_count(), 1U);

    Call& next = acquire();

    EXPECT_EQ((*next.outcome)->stream.get(), kept);
    EXPECT_EQ(pool_->idle_count(), 0U);
    EXPECT_FALSE((*acquire().outcome)->stream);
}

TEST_F(ConnectionPoolTest, HandsAConnectionOverToWhoWaits) {
    create({.max_per_host = 1});
    Call& first = acquire();
    Call& second = acquire();
    auto stream = connect();
    const ClientStream* kept = stream.get();

    give_back(first, std::move(stream));
    poll();

    EXPECT_EQ((*second.outcome)->stream.get(), kept);
}

TEST_F(ConnectionPoolTest, GivesNoConnectionThatThePeerHasClosedOrSpokenOn) {
    create({.max_per_host = 2});
    give_back(acquire(), connect());
    peers_.back().close();
    EXPECT_FALSE((*acquire().outcome)->stream);

    calls_.clear();
    give_back(acquire(), connect());
    peers_.back().send(asio::buffer("unasked"));
    EXPECT_FALSE((*acquire().outcome)->stream);
}

TEST_F(ConnectionPoolTest, ForgetsConnectionsThatHaveBeenIdleForTooLong) {
    create({.max_per_host = 2, .keep_idle = std::chrono::seconds(60)});
    give_back(acquire(), connect());

    pool_->drop_stale(Clock::now() + std::chrono::seconds(59));
    EXPECT_EQ(pool_->idle_count(), 1U);
    pool_->drop_stale(Clock::now() + std::chrono::seconds(61));
    EXPECT_EQ(pool_->idle_count(), 0U);
}

TEST_F(ConnectionPoolTest, WaitsNoLongerThanTheDeadline) {
    create({.max_per_host = 1});
    Call& first = acquire();

    const auto late =
        run(context_, ConnectionPool::acquire(pool_, kHost, Clock::now() + std::chrono::milliseconds(5)));

    EXPECT_EQ(late.error(), errc::timed_out);
    give_back(first);
    EXPECT_TRUE(has_place(acquire()));
}

TEST_F(ConnectionPoolTest, ForgetsWhoIsCancelledWhileWaiting) {
    create({.max_per_host = 1});
    Call& first = acquire();
    Call& cancelled = acquire();
    Call& third = acquire();

    cancelled.cancellation.emit(asio::cancellation_type::terminal);
    poll();
    EXPECT_EQ(cancelled.outcome->error(), asio::error::operation_aborted);

    give_back(first);
    poll();
    EXPECT_TRUE(has_place(third));
}

TEST_F(ConnectionPoolTest, RefusesWhenTooManyWait) {
    create({.max_per_host = 1, .max_waiting_per_host = 2});
    for (int i = 0; i < 3; ++i) acquire();

    EXPECT_EQ(acquire().outcome->error(), errc::too_many);
}

}  // namespace
}  // namespace nunchi::net
