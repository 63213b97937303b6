// Random orders of deliveries, repetitions, faults, readers' comings and goings, and restarts. Whatever the
// order: a handled message has exactly one record, or a reason that needs none; and an answer that was
// recorded is seen once, or counted as failed, or still waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

class Interleaving {
public:
    Interleaving(unsigned seed, bool is_repeatable) : random_(seed) {
        bench_.adapter.can.repeats_replies = is_repeatable;
        bench_.classifier->script = nullptr;
        bench_.store.held = {StoreCall::record, StoreCall::finish, StoreCall::settings, StoreCall::opt_out};
        bench_.adapter.is_held = true;
        bench_.store.opted_out.insert({"test", "author-0"});
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) step();
        settle();
    }

    void check() const {
        std::set<std::string> recorded;
        for (const store::HandledMessage& record : bench_.store.records) {
            EXPECT_TRUE(recorded.insert(record.ref.message).second) << "recorded twice";
        }
        for (const Sent& message : messages_) {
            const std::string& id = message.given.ref.message;
            EXPECT_TRUE(is_handled(message)) << id;
            const bool needs_no_record = message.given.author.id == "author-0";
            EXPECT_EQ(recorded.contains(id), !needs_no_record) << id;
        }
        check_answers();
    }

private:
    struct Sent {
        chat::Message given;
        std::vector<ReceiptFatePtr> receipts;
    };

    static bool is_handled(const Sent& message) {
        return std::ranges::any_of(message.receipts, [](const auto& receipt) { return receipt->fired > 0; });
    }

    int draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

    void step() {
        switch (draw(12)) {
            case 0:
            case 1:
            case 2: deliver_new(); break;
            case 3: deliver_again(); break;
            case 4:
            case 5: complete_classification(); break;
            case 6: bench_.store.let_go(); break;
            case 7:
                bench_.adapter.fates.push_back(std::array{Fate::delivered, Fate::delivered, Fate::waiting,
                                                          Fate::refused, Fate::throws}[size(draw(5))]);
                bench_.adapter.let_go();
                break;
            case 8: bench_.advance(std::chrono::milliseconds(draw(2000))); break;
            case 9: bench_.pipeline->deliver({chat::ReaderReturned{message("").ref.place}, {}}); break;
            case 10: add_fault(); break;
            default:
                if (draw(8) == 0) restart();
        }
        bench_.run();
    }

    static std::size_t size(int value) { return static_cast<std::size_t>(value); }

    void deliver_new() {
        chat::Message given = message(std::to_string(messages_.size()));
        given.author.id = "author-" + std::to_string(draw(4));
        given.is_addressed = draw(3) == 0;
        messages_.push_back({given, {}});
        deliver(messages_.back());
    }

    void deliver_again() {
        if (!messages_.empty()) deliver(messages_[size(draw(static_cast<int>(messages_.size())))]);
    }

    void deliver(Sent& message) { message.receipts.push_back(bench_.deliver(message.given)); }

    void complete_classification() {
        std::vector<ScriptedClassifier::Call*> open;
        for (const auto& call : bench_.classifier->calls) {
            if (!call->answer) open.push_back(call.get());
        }
        if (open.empty()) return;
        auto& call = *open[size(draw(static_cast<int>(open.size())))];
        switch (draw(6)) {
            case 0: call.complete(abstention()); break;
            case 1: call.complete(make_error_code(api::errc::overloaded)); break;
            case 2: call.complete(make_error_code(api::errc::inference_failed)); break;
            default: call.complete(prediction(api::Emotion::happiness));
        }
    }

    void add_fault() {
        const std::array calls{StoreCall::record, StoreCall::finish, StoreCall::settings, StoreCall::opt_out};
        const StoreFault fault = draw(2) == 0 ? StoreFault::before : StoreFault::after;
        bench_.store.faults[calls[size(draw(4))]].push_back(fault);
    }

    void restart() {
        const auto stopped = bench_.stop(0ms);
        for (int i = 0; i < 100 && !stopped->has_value(); ++i) {
            bench_.run();
            bench_.store.let_go();
            bench_.adapter.let_go();
        }
        ASSERT_TRUE(stopped->has_value());
        bench_.classifier->calls.clear();
        bench_.restart();
        bench_.resend_pending();
    }

    /// The faults end; the platform delivers until everything is handled; the readers stay.
    void settle() {
        bench_.store.faults.clear();
        bench_.adapter.fates.clear();
        bench_.classifier->script = [](const std::string&) {
            return ScriptedClassifier::Answer(prediction(api::Emotion::happiness));
        };
        for (const auto& call : bench_.classifier->calls) {
            if (!call->answer) call->complete(prediction(api::Emotion::happiness));
        }
        for (int i = 0; i < 5; ++i) bench_.let_everything_go();
        for (Sent& message : messages_) {
            if (!is_handled(message)) deliver(message);
        }
        restart();
        bench_.let_everything_go();
        bench_.deliver(chat::ReaderReturned{message("").ref.place});
        EXPECT_EQ(bench_.pipeline->in_flight(), 0U);
    }

    void check_answers() const {
        std::map<std::string, int> seen;
        for (const chat::Outgoing& outgoing : bench_.adapter.delivered)
            ++seen[chat::target_of(outgoing).message];
        int unseen = 0;
        for (const store::HandledMessage& record : bench_.store.records) {
            const int times = seen.contains(record.ref.message) ? seen.at(record.ref.message) : 0;
            // A reply that may be repeated shows once, however often it goes out.
            const int most = !record.effect ? 0 : bench_.adapter.can.repeats_replies ? 1000 : 1;
            EXPECT_LE(times, most) << "answered too often: " << record.ref.message;
            if (record.effect && times == 0) ++unseen;
        }
        EXPECT_LE(unseen, bench_.observer.send_failed) << "an answer was lost in silence";
        if (bench_.adapter.can.repeats_replies) {
            EXPECT_EQ(unseen, 0) << "an answer was lost";
        }
        EXPECT_TRUE(bench_.store.effects.empty());
    }

    std::mt19937 random_;
    Workbench bench_;
    std::vector<Sent> messages_;
};

class InterleavingTest : public testing::TestWithParam<unsigned> {};

TEST_P(InterleavingTest, LosesNothingAndRepeatsNothing) {
    for (const bool is_repeatable : {false, true}) {
        for (unsigned i = 0; i < 50; ++i) {
            SCOPED_TRACE(testing::Message() << "seed " << GetParam() + i << ", repeatable " << is_repeatable);
            Interleaving interleaving(GetParam() + i, is_repeatable);
            interleaving.run(200);
            interleaving.check();
            if (testing::Test::HasFailure()) return;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, InterleavingTest, testing::Values(1U, 1000U, 2000U, 3000U));

}  // namespace
}  // namespace nunchi::pipeline
