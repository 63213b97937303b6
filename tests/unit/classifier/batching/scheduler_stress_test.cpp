// Ten thousand requests from several threads, half of them cancelled: what ThreadSanitizer looks at.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <random>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/classifier/batching/gated_scheduler.hpp"

namespace nunchi::batching {
namespace {

namespace asio = boost::asio;

constexpr int kConversations = 8;
constexpr int kRequestsEach = 1250;
constexpr int kCancellationsBeforeTheFirstBatchEnds = 500;

struct Request {
    asio::cancellation_signal cancellation;
    int completions = 0;
    Answer answer;
};

/// Shared by all threads.
struct Scene {
    asio::io_context context;
    std::atomic<int> run_by_worker = 0;
    std::atomic<int> cancellations = 0;
    std::atomic<int> off_strand = 0;
    std::binary_semaphore first_batch_may_end{0};
    Scheduler scheduler{{.batch = {.max_tokens = 256, .max_requests = 16}, .max_queued_tokens = 1 << 20},
                        [this](std::span<BatchItem* const> items) {
                            if (run_by_worker == 0) first_batch_may_end.acquire();
                            run_by_worker += static_cast<int>(items.size());
                            answer_by_name(items);
                        }};
};

/// Lives on its own strand: each turn sends one request and, for half of them, plans its cancellation.
class Conversation {
public:
    Conversation(Scene& scene, int number)
        : scene_(scene), number_(number), random_(static_cast<unsigned>(number)), requests(kRequestsEach) {}

    void start() {
        asio::post(strand_, [this] { send_next(); });
    }

private:
    void send_next() {
        if (sent_ == kRequestsEach) return;
        Request& request = requests[static_cast<std::size_t>(sent_)];
        const auto token_count = std::uniform_int_distribution<std::size_t>(3, 40)(random_);
        asio::co_spawn(
            strand_, scene_.scheduler.submit(message(name(sent_), token_count)),
            asio::bind_cancellation_slot(request.cancellation.slot(),
                                         [this, &request](std::exception_ptr thrown, Answer answer) {
                                             receive(request, thrown, std::move(answer));
                                         }));
        if (sent_ % 2 == 0) cancel_after(request, std::uniform_int_distribution<int>(1, 6)(random_));
        ++sent_;
        start();
    }

    void cancel_after(Request& request, int turns) {
        asio::post(strand_, [this, &request, turns] {
            if (turns > 0) return cancel_after(request, turns - 1);
            request.cancellation.emit(asio::cancellation_type::terminal);
            if (++scene_.cancellations == kCancellationsBeforeTheFirstBatchEnds)
                scene_.first_batch_may_end.release();
        });
    }

    void receive(Request& request, std::exception_ptr thrown, Answer answer) {
        ASSERT_FALSE(thrown);
        if (!strand_.running_in_this_thread()) ++scene_.off_strand;
        ++request.completions;
        request.answer = std::move(answer);
    }

    Scene& scene_;
    int number_;
    int sent_ = 0;
    std::minstd_rand random_;  // seeded with the number: the same requests in every run
    asio::strand<asio::io_context::executor_type> strand_ = asio::make_strand(scene_.context);

public:
    std::int32_t name(int index) const { return number_ * kRequestsEach + index; }

    std::vector<Request> requests;
};

struct Tally {
    int answered = 0;
    int cancelled = 0;
};

/// Fails for a request that did not complete exactly once, with its own answer or as cancelled.
void count(const Conversation& conversation, Tally& tally) {
    for (int index = 0; index < kRequestsEach; ++index) {
        const Request& request = conversation.requests[static_cast<std::size_t>(index)];
        ASSERT_EQ(request.completions, 1);
        if (request.answer) {
            EXPECT_EQ(request.answer->model_id, std::to_string(conversation.name(index)));
            ++tally.answered;
        } else {
            EXPECT_EQ(request.answer.error(), api::errc::cancelled);
            ++tally.cancelled;
        }
    }
}

TEST(SchedulerStress, CompletesEachOfTenThousandRequestsExactlyOnce) {
    Scene scene;
    std::vector<std::unique_ptr<Conversation>> conversations;
    for (int number = 0; number < kConversations; ++number) {
        conversations.push_back(std::make_unique<Conversation>(scene, number));
        conversations.back()->start();
    }

    std::array<std::thread, 4> threads;
    for (std::thread& thread : threads) thread = std::thread([&] { scene.context.run(); });
    for (std::thread& thread : threads) thread.join();

    Tally tally;
    for (const auto& conversation : conversations) count(*conversation, tally);
    EXPECT_EQ(tally.answered + tally.cancelled, kConversations * kRequestsEach);
    EXPECT_EQ(tally.answered, scene.run_by_worker)
        << "a cancelled request ran, or one that ran was not answered";
    EXPECT_GE(tally.answered, kConversations * kRequestsEach / 2);
    EXPECT_GT(tally.cancelled, 0);
    EXPECT_EQ(scene.off_strand, 0);
}

}  // namespace
}  // namespace nunchi::batching
