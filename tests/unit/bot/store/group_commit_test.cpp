// How calls share transactions, and what becomes of them when one fails, the queue is full, the caller leaves
// or the store goes.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <fstream>
#include <iterator>

#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class GroupCommit : public ::testing::TestWithParam<Backend>, public StoreFixture {
protected:
    GroupCommit() : StoreFixture(GetParam()) {}

    void SetUp() override {
        NUNCHI_NEEDS(database);
        open();
    }

    /// Makes the storage thread wait within a call until the session given back goes.
    std::unique_ptr<soci::session> hold_up_writers() {
        auto session = database.connect();
        if (GetParam() == Backend::sqlite) {
            *session << "BEGIN IMMEDIATE";
        } else {
            *session << "BEGIN";
            *session << "LOCK TABLE state IN ACCESS EXCLUSIVE MODE";
        }
        return session;
    }

    /// Makes the database refuse the key "bad".
    void refuse_bad_key() {
        const auto session = database.connect();
        if (GetParam() == Backend::sqlite) {
            *session << "CREATE TRIGGER no_bad BEFORE INSERT ON state WHEN NEW.key = 'bad' "
                        "BEGIN SELECT RAISE(ABORT, 'not that key'); END";
        } else {
            *session << "ALTER TABLE state ADD CONSTRAINT no_bad CHECK (key <> 'bad')";
        }
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, GroupCommit, ::testing::Values(Backend::sqlite, Backend::postgresql),
                         name_of);

TEST_P(GroupCommit, ManyCallsAtOnceAllComplete) {
    std::vector<std::future<result<Recorded>>> answers;
    for (int i = 0; i < 1000; ++i)
        answers.push_back(start(store->record(message(std::to_string(i % 500), now))));
    finish();

    const auto first = std::count_if(answers.begin(), answers.end(),
                                     [](auto& answer) { return answer.get().value().is_first; });

    EXPECT_EQ(first, 500);
    const auto counts = run(store->counts(now, now + 1h)).value();
    ASSERT_THAT(counts, SizeIs(1));
    EXPECT_EQ(counts[0].count, 500);
}

TEST_P(GroupCommit, OnlyTheBadCallFails) {
    refuse_bad_key();
    open();
    auto blocker = hold_up_writers();
    auto before = start(store->put("before", "secret"));
    ASSERT_TRUE(comes_true([&] { return store->backlog() == 0; }));
    auto good = start(store->put("good", "secret"));
    auto bad = start(store->put("bad", "secret"));
    auto reading = start(store->get("good"));
    auto better = start(store->put("better", "secret"));

    blocker.reset();
    finish();

    EXPECT_TRUE(before.get());
    EXPECT_TRUE(good.get());
    EXPECT_EQ(bad.get().error(), errc::failed);
    EXPECT_EQ(reading.get().value(), "secret");
    EXPECT_TRUE(better.get());
    EXPECT_EQ(run(store->get("better")).value(), "secret");
    EXPECT_EQ(run(store->get("bad")).value(), std::nullopt);
    ASSERT_THAT(errors.all(), SizeIs(1));
    EXPECT_THAT(errors.all()[0], HasSubstr("put failed: "));
    EXPECT_THAT(errors.all()[0], Not(HasSubstr("secret")));
}

TEST_P(GroupCommit, CallsBeyondTheBacklogFail) {
    auto few = options();
    few.max_backlog = 2;
    open(few);
    auto blocker = hold_up_writers();
    auto running = start(store->put("0", ""));
    ASSERT_TRUE(comes_true([&] { return store->backlog() == 0; }));
    auto first = start(store->put("1", ""));
    auto second = start(store->put("2", ""));
    EXPECT_EQ(store->backlog(), 2U);

    auto third = start(store->put("3", ""));

    blocker.reset();
    finish();
    EXPECT_EQ(third.get().error(), errc::overloaded);
    EXPECT_TRUE(running.get());
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(second.get());
}

TEST_P(GroupCommit, DestructionCompletesWhatWaits) {
    auto blocker = hold_up_writers();
    auto running = start(store->put("0", ""));
    ASSERT_TRUE(comes_true([&] { return store->backlog() == 0; }));
    std::vector<std::future<result<void>>> waiting;
    for (int i = 1; i <= 5; ++i) waiting.push_back(start(store->put(std::to_string(i), "")));
    auto cleaning = start(store->remove_expired());
    ASSERT_EQ(store->backlog(), 6U);

    std::thread destroyer([&] { store.reset(); });
    EXPECT_TRUE(comes_true([&] {
        context.restart();
        context.poll();
        return waiting.back().wait_for(0s) == std::future_status::ready;
    }));
    blocker.reset();
    destroyer.join();
    finish();

    EXPECT_TRUE(running.get());
    for (auto& answer : waiting) EXPECT_EQ(answer.get().error(), errc::closing);
    EXPECT_EQ(cleaning.get().error(), errc::closing);
}

TEST_P(GroupCommit, ACallThatIsAwaitedAfterTheStoreIsGoneFails) {
    auto late = store->put("key", "value");
    store.reset();

    EXPECT_EQ(run(std::move(late)).error(), errc::closing);
}

TEST_P(GroupCommit, WorkIsDoneAlthoughItsCallerIsCancelled) {
    auto blocker = hold_up_writers();
    boost::asio::cancellation_signal signal;
    bool is_done = false;
    const auto put = [](Store& keeper, bool& done) -> boost::asio::awaitable<void> {
        done = (co_await keeper.put("key", "value")).has_value();
    };
    boost::asio::co_spawn(context, put(*store, is_done),
                          boost::asio::bind_cancellation_slot(signal.slot(), boost::asio::detached));
    context.restart();
    context.poll();

    signal.emit(boost::asio::cancellation_type::terminal);
    blocker.reset();
    finish();

    EXPECT_TRUE(is_done);
    EXPECT_EQ(run(store->get("key")).value(), "value");
}

class SharedDatabase : public GroupCommit {};

INSTANTIATE_TEST_SUITE_P(Databases, SharedDatabase, ::testing::Values(Backend::postgresql), name_of);

TEST_P(SharedDatabase, OfTwoStoresOneIsFirst) {
    const auto other = open_store(options()).value();
    std::vector<std::future<result<Recorded>>> recorded;
    std::vector<std::future<result<bool>>> claimed;
    for (int i = 0; i < 400; ++i) {
        auto& keeper = i % 2 == 0 ? store : other;
        recorded.push_back(start(keeper->record(message(std::to_string(i / 2), now))));
        claimed.push_back(start(keeper->claim(std::to_string(i / 2), 60s)));
    }
    finish();

    const auto first = std::count_if(recorded.begin(), recorded.end(),
                                     [](auto& answer) { return answer.get().value().is_first; });
    const auto ours =
        std::count_if(claimed.begin(), claimed.end(), [](auto& answer) { return answer.get().value(); });
    EXPECT_EQ(first, 200);
    EXPECT_EQ(ours, 200);
    EXPECT_EQ(run(store->counts(now, now + 1h)).value().at(0).count, 200);
}

/// Transactions in a write-ahead log: frames that name the size of the database are those that commit.
/// Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
std::size_t transactions_in(const std::filesystem::path& log) {
    std::ifstream in(log, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    constexpr std::size_t kHeader = 32;
    constexpr std::size_t kFrame = 24 + 4096;
    std::size_t commits = 0;
    for (std::size_t at = kHeader; at + kFrame <= bytes.size(); at += kFrame) {
        if (bytes.compare(at + 4, 4, std::string(4, '\0')) != 0) ++commits;
    }
    return commits;
}

TEST(GroupCommitInTheLog, CallsThatWaitTogetherShareATransaction) {
    StoreFixture fixture(Backend::sqlite);
    fixture.open();
    const auto log = fixture.database.file().string() + "-wal";
    auto blocker = fixture.database.connect();
    *blocker << "BEGIN IMMEDIATE";
    std::vector<std::future<result<Recorded>>> answers;
    const auto record = [&](int i) {
        answers.push_back(fixture.start(fixture.store->record(message(std::to_string(i), fixture.now))));
    };
    record(0);
    ASSERT_TRUE(comes_true([&] { return fixture.store->backlog() == 0; }));
    const std::size_t before = transactions_in(log);
    for (int i = 1; i <= 256; ++i) record(i);

    blocker.reset();
    fixture.finish();

    for (auto& answer : answers) EXPECT_TRUE(answer.get().value().is_first);
    EXPECT_EQ(transactions_in(log) - before, 2U);
}

}  // namespace
}  // namespace nunchi::store::testing
