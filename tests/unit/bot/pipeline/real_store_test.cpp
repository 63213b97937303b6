// The pipeline over the store that it serves with: SQLite in a folder of the test's.
#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "bot/pipeline/pipeline.hpp"
#include "tests/unit/bot/pipeline/recording_adapter.hpp"
#include "tests/unit/bot/pipeline/scripted_classifier.hpp"
#include "tests/unit/bot/pipeline/workbench.hpp"
#include "tests/unit/config/temporary_folder.hpp"

namespace nunchi::pipeline {
namespace {

class RealStoreTest : public testing::Test {
public:
    RealStoreTest() { start(); }
    ~RealStoreTest() override { end(); }

    /// A process begins.
    void start() {
        store::Options chosen;
        chosen.sqlite_file = folder.path() / "nunchi.db";
        store = store::open_store(std::move(chosen)).value();
        auto log = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>());
        pipeline = create_pipeline(context.get_executor(), {}, {classifier, *store, observer, log});
        pipeline->set_platform(adapter, options);
    }

    /// A process ends, cutting off what is under way.
    void end() {
        await(pipeline->stop(0s));
        pipeline.reset();
        store.reset();
    }

    void restart() {
        end();
        start();
    }

    /// Runs until the call completes. The deadline is for a broken pipeline only.
    template <typename T>
    T await(boost::asio::awaitable<T> call) {
        std::optional<T> answer;
        boost::asio::co_spawn(context, std::move(call), [&answer](const std::exception_ptr& thrown, T given) {
            ASSERT_FALSE(thrown);
            answer = std::move(given);
        });
        run_until([&answer] { return answer.has_value(); });
        return std::move(answer).value();
    }

    template <typename Condition>
    void run_until(Condition is_met) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        context.restart();
        while (!is_met() && context.run_one_until(deadline) > 0) {
        }
    }

    void run_until_idle() {
        run_until([this] { return pipeline->in_flight() == 0; });
    }

    ReceiptFatePtr deliver(chat::Message given) {
        auto fate = std::make_shared<ReceiptFate>();
        pipeline->deliver({chat::MessageCreated{std::move(given)}, receipt_of(fate)});
        return fate;
    }

    std::size_t pending() { return await(store->pending_effects(std::nullopt)).value().size(); }

    std::int64_t counted() {
        const auto now = store::Clock::now();
        const auto counts = await(store->counts(now - std::chrono::hours(2), now + std::chrono::hours(2)));
        std::int64_t sum = 0;
        for (const store::HourCount& count : counts.value()) sum += count.count;
        return sum;
    }

    config::testing::TemporaryFolder folder;
    boost::asio::io_context context;
    CountingObserver observer;
    RecordingAdapter adapter;
    PlatformOptions options{.burst_window = 0ms};
    std::shared_ptr<ScriptedClassifier> classifier = std::make_shared<ScriptedClassifier>();
    std::unique_ptr<store::Store> store;
    std::unique_ptr<Pipeline> pipeline;
};

TEST_F(RealStoreTest, AnsweredMessageIsCountedOnceAndForgotten) {
    const auto first = deliver(message("1"));
    run_until_idle();
    restart();
    const auto again = deliver(message("1"));
    run_until_idle();

    EXPECT_EQ(first->fired, 1);
    EXPECT_EQ(again->fired, 1);
    EXPECT_EQ(adapter.delivered.size(), 1U);
    EXPECT_EQ(observer.passed_over[PassedOver::duplicate], 1);
    EXPECT_EQ(pending(), 0U);
    EXPECT_EQ(counted(), 1);
}

TEST_F(RealStoreTest, AnswerOfADeadProcessGoesOutOnceAfterTheNextStart) {
    adapter.can.repeats_replies = true;
    adapter.fates = {Fate::hangs};
    chat::Message given = message("1");
    given.locale = chat::Locale::english;
    const auto receipt = deliver(given);
    run_until([&] { return receipt->fired == 1 && adapter.sent.size() == 1; });
    restart();
    ASSERT_EQ(pending(), 1U);

    std::optional<bool> is_read;
    boost::asio::co_spawn(context, pipeline->resend_pending(),
                          [&is_read](const std::exception_ptr& thrown) { is_read = !thrown; });
    run_until([&] { return is_read.has_value(); });
    run_until_idle();

    EXPECT_EQ(is_read, true);
    ASSERT_EQ(adapter.delivered.size(), 1U);
    const auto& before = std::get<chat::Reply>(adapter.sent[0]);
    const auto& after = std::get<chat::Reply>(adapter.delivered[0]);
    EXPECT_EQ(after.to, before.to);
    EXPECT_EQ(after.text, "I sense happiness in your message.");
    EXPECT_EQ(after.reading.scores[0].probability, before.reading.scores[0].probability);
    EXPECT_EQ(after.reading.model_id, before.reading.model_id);
    EXPECT_EQ(pending(), 0U);
}

TEST_F(RealStoreTest, ReaderWhoReturnsAfterARestartGetsTheAnswer) {
    adapter.can.repeats_replies = true;
    adapter.fates = {Fate::waiting};
    deliver(message("1"));
    run_until_idle();
    restart();

    pipeline->deliver({chat::ReaderReturned{message("1").ref.place}, {}});
    run_until_idle();

    EXPECT_EQ(adapter.delivered.size(), 1U);
    EXPECT_EQ(pending(), 0U);
}

TEST_F(RealStoreTest, StoredSettingsAndOptOutsHold) {
    ASSERT_TRUE(await(store->put_channel_settings({"test", "guild", "", ""}, {"silent", std::nullopt})));
    ASSERT_TRUE(await(store->put_channel_settings({"test", "guild", "loud", ""}, {"reply", std::nullopt})));
    ASSERT_TRUE(await(store->set_opted_out("test", "jun", true)));
    chat::Message loud = message("2");
    loud.ref.place.channel = "loud";
    chat::Message by_jun = message("3");
    by_jun.author.id = "jun";

    deliver(message("1"));
    deliver(loud);
    const auto unread = deliver(by_jun);
    run_until_idle();

    EXPECT_EQ(unread->fired, 1);
    EXPECT_EQ(observer.passed_over[PassedOver::silent], 1);
    EXPECT_EQ(observer.passed_over[PassedOver::opted_out], 1);
    ASSERT_EQ(adapter.delivered.size(), 1U);
    EXPECT_EQ(chat::target_of(adapter.delivered[0]).message, "2");
    EXPECT_EQ(classifier->calls.size(), 2U);
}

TEST_F(RealStoreTest, ManyMessagesAtOnceAreEachHandledAndAnsweredOnce) {
    constexpr int kMessages = 1000;
    std::vector<ReceiptFatePtr> receipts;
    for (int i = 0; i < kMessages; ++i) {
        chat::Message given = message(std::to_string(i));
        given.author.id = std::to_string(i % 100);
        receipts.push_back(deliver(given));
        if (i % 3 == 0) receipts.push_back(deliver(given));
    }
    run_until_idle();

    for (const auto& receipt : receipts) EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(adapter.delivered.size(), static_cast<std::size_t>(kMessages));
    EXPECT_EQ(counted(), kMessages);
    EXPECT_EQ(pending(), 0U);
}

}  // namespace
}  // namespace nunchi::pipeline
