// The load that the latency benchmarks share: short chat messages that arrive by a Poisson process.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "adapters/net/task_group.hpp"
#include "classifier/api/classifier.hpp"

namespace nunchi::bench {

using Clock = std::chrono::steady_clock;

inline double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Distinct sentences of 8 to 20 tokens, like short chat messages.
inline std::string sentence(std::uint64_t number) {
    static const std::vector<std::string> kWho{"오늘",   "어제 친구가", "우리 팀이",
                                               "엄마가", "그 사람이",   "내일부터"};
    static const std::vector<std::string> kWhat{"영화를 보고",    "회의를 하다가", "밥을 먹는데",
                                                "집에 오는 길에", "게임을 하다가", "전화를 받고"};
    static const std::vector<std::string> kHow{"너무 좋았어", "정말 화가 났어", "조금 슬펐어",
                                               "깜짝 놀랐어", "그냥 그랬어",    "무서웠어"};
    return kWho[number % 6] + " " + std::to_string(number) + "번째로 " + kWhat[number / 6 % 6] + " " +
           kHow[number / 36 % 6];
}

struct Load {
    double per_second = 50;
    std::uint64_t messages = 500;
    std::uint64_t first = 0;  // number of the first sentence
    std::uint64_t seed = 1;
};

/// Completes at the arrival times of a Poisson process; late wake-ups do not shift those that follow.
class Arrivals {
public:
    Arrivals(const boost::asio::any_io_executor& executor, const Load& load)
        : timer_(executor), gap_(load.per_second), random_(load.seed), next_(Clock::now()) {}

    boost::asio::awaitable<Clock::time_point> next() {
        next_ += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(gap_(random_)));
        timer_.expires_at(next_);
        co_await timer_.async_wait(boost::asio::use_awaitable);
        co_return Clock::now();
    }

private:
    boost::asio::steady_timer timer_;
    std::exponential_distribution<double> gap_;
    std::mt19937_64 random_;
    Clock::time_point next_;
};

inline boost::asio::awaitable<void> classify_one(api::Classifier& classifier, std::uint64_t number,
                                                 std::vector<double>& times) {
    const auto start = Clock::now();
    const auto prediction = co_await classifier.classify(sentence(number));
    if (prediction) times.push_back(milliseconds_since(start));
}

/// The classifier alone under the load; appends the milliseconds of each message.
inline boost::asio::awaitable<void> load_classifier(boost::asio::any_io_executor executor,
                                                    api::Classifier& classifier, Load load,
                                                    std::vector<double>& times) {
    net::TaskGroup tasks(executor);
    Arrivals arrivals(executor, load);
    for (std::uint64_t i = 0; i < load.messages; ++i) {
        co_await arrivals.next();
        tasks.spawn(classify_one(classifier, load.first + i, times));
    }
    co_await tasks.join(std::chrono::seconds(10));
}

}  // namespace nunchi::bench
