#include "bot/pipeline/explanation.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "bot/pipeline/code_point.hpp"
#include "bot/pipeline/decision.hpp"
#include "bot/pipeline/occlusion.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kClassifiedTogether = 8;

/// Texts that are classified side by side.
struct Trials {
    std::shared_ptr<api::Classifier> classifier;
    std::vector<std::string> texts;
    std::vector<api::Prediction> predictions;  // by text
    std::size_t next = 0;
    boost::system::error_code error;  // the first one; no further text is begun
};

asio::awaitable<void> work_off(std::shared_ptr<Trials> trials) {
    while (trials->next < trials->texts.size() && !trials->error) {
        const std::size_t mine = trials->next++;
        auto prediction = co_await trials->classifier->classify(std::move(trials->texts[mine]));
        if (prediction && !is_sound(*prediction)) prediction = make_error_code(api::errc::inference_failed);
        if (prediction) {
            trials->predictions[mine] = std::move(*prediction);
        } else if (!trials->error) {
            trials->error = prediction.error();
        }
    }
}

asio::awaitable<void> classify_all(std::shared_ptr<Trials> trials) {
    const auto executor = co_await asio::this_coro::executor;
    using Worker = decltype(asio::co_spawn(executor, work_off(trials), asio::deferred));
    std::vector<Worker> workers;
    for (std::size_t i = 0; i < std::min(kClassifiedTogether, trials->texts.size()); ++i) {
        workers.push_back(asio::co_spawn(executor, work_off(trials), asio::deferred));
    }
    const auto [order, thrown] = co_await asio::experimental::make_parallel_group(std::move(workers))
                                     .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (const std::exception_ptr& exception : thrown) {
        if (exception) std::rethrow_exception(exception);
    }
}

/// The whole text first, then it without each of its words.
std::shared_ptr<Trials> trials_of(std::shared_ptr<api::Classifier> classifier, std::string_view text,
                                  const std::vector<Span>& words) {
    auto trials = std::make_shared<Trials>();
    trials->classifier = std::move(classifier);
    trials->texts.emplace_back(text);
    if (words.size() > 1) {
        for (const Span& word : words) trials->texts.push_back(without(text, word));
    }
    trials->predictions.resize(trials->texts.size());
    return trials;
}

Explained explained(const std::vector<api::Prediction>& predictions, const std::vector<Span>& words) {
    Explained result;
    result.emotion = predictions.front().top();
    const std::size_t top = api::index_of(result.emotion);
    const float whole = predictions.front().probabilities[top];
    for (std::size_t i = 0; i < words.size(); ++i) {
        const float rest = words.size() > 1 ? predictions[i + 1].probabilities[top] : 0.0F;
        result.words.push_back({words[i].begin, words[i].end, whole - rest});
    }
    return result;
}

}  // namespace

asio::awaitable<api::result<Explained>> explain(std::shared_ptr<api::Classifier> classifier,
                                                std::string text) {
    const std::string_view read = beginning_of(text, kMaxExplainedBytes);
    const std::vector<Span> words = words_of(read);
    const auto trials = trials_of(std::move(classifier), read, words);
    co_await classify_all(trials);
    if (trials->error) co_return trials->error;
    co_return explained(trials->predictions, words);
}

}  // namespace nunchi::pipeline
