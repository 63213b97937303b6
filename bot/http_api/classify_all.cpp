#include "bot/http_api/classify_all.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace nunchi::http_api {
namespace {

namespace asio = boost::asio;

using Answer = api::result<api::Prediction>;

asio::awaitable<Answer> start(const ServedModel& model, Input input) {
    if (auto* text = std::get_if<std::string>(&input)) return model.classifier->classify(std::move(*text));
    return model.tokens->classify(std::move(std::get<api::Encoded>(input)));
}

auto spawn(const asio::any_io_executor& executor, asio::awaitable<Answer> task) {
    return asio::co_spawn(executor, std::move(task), asio::deferred);
}

api::result<std::vector<api::Prediction>> collect(std::vector<Answer> answers) {
    std::vector<api::Prediction> predictions;
    predictions.reserve(answers.size());
    for (Answer& answer : answers) {
        if (!answer) return answer.error();
        predictions.push_back(std::move(*answer));
    }
    return predictions;
}

}  // namespace

asio::awaitable<api::result<std::vector<api::Prediction>>> classify_all(
    std::shared_ptr<const ServedModel> model, std::vector<Input> inputs) {
    if (inputs.size() == 1) {
        std::vector<Answer> answers;
        answers.push_back(co_await start(*model, std::move(inputs.front())));
        co_return collect(std::move(answers));
    }
    const auto executor = co_await asio::this_coro::executor;
    using Task = decltype(spawn(executor, std::declval<asio::awaitable<Answer>>()));
    std::vector<Task> tasks;
    tasks.reserve(inputs.size());
    for (Input& input : inputs) tasks.push_back(spawn(executor, start(*model, std::move(input))));
    auto [order, exceptions, answers] =
        co_await asio::experimental::make_parallel_group(std::move(tasks))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (const std::exception_ptr& exception : exceptions) {
        if (exception) std::rethrow_exception(exception);
    }
    co_return collect(std::move(answers));
}

}  // namespace nunchi::http_api
