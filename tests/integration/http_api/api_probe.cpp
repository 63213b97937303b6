// The HTTP API over a classifier that answers by rules a test can repeat, or over a remote classifier.
//
//   api_probe [--remote URL [--token T] [--timeout-ms N]] [--max-concurrent N]
//
// Prints "port N" when it listens, and ends with its standard input. What the remote classifier has to say
// goes to standard error.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "adapters/net/http_client.hpp"
#include "adapters/net/http_server.hpp"
#include "bot/http_api/api_routes.hpp"
#include "bot/ops/metrics.hpp"
#include "bot/ops/readiness.hpp"
#include "bot/remote/remote_classifier.hpp"

namespace {

using namespace nunchi;
namespace asio = boost::asio;

/// The logit of an emotion is 4 for its Korean name in the text, else -0.5 for its index in the list of
/// emotions. "과부하", "고장" and "느림" in the text stand for the errors of a busy and of a broken model,
/// and for a model that takes half a second.
class RuleClassifier final : public api::Classifier, public api::TokenClassifier {
public:
    asio::awaitable<api::result<api::Prediction>> classify(std::string text) override {
        if (text.find("과부하") != std::string::npos) co_return api::make_error_code(api::errc::overloaded);
        if (text.find("고장") != std::string::npos)
            co_return api::make_error_code(api::errc::inference_failed);
        if (text.find("느림") != std::string::npos) {
            asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(500));
            co_await timer.async_wait(asio::use_awaitable);
        }
        co_return predict(text);
    }

    /// From the ids of encode(): one per byte, between 2 and 3.
    asio::awaitable<api::result<api::Prediction>> classify(api::Encoded message) override {
        std::string text;
        for (std::size_t i = 1; i + 1 < message.ids.size(); ++i) {
            text += static_cast<char>(static_cast<unsigned char>(message.ids[i] - 256));
        }
        return classify(std::move(text));
    }

    static api::Encoded encode(std::string_view text) {
        api::Encoded encoded;
        encoded.ids.push_back(2);
        for (const char c : text) encoded.ids.push_back(256 + static_cast<unsigned char>(c));
        encoded.ids.push_back(3);
        return encoded;
    }

private:
    static api::Prediction predict(const std::string& text) {
        std::array<float, api::kEmotionCount> logits{};
        api::Prediction prediction;
        float total = 0;
        for (const auto emotion : api::kEmotions) {
            const auto i = api::index_of(emotion);
            const bool is_named = text.find(api::korean_name(emotion)) != std::string::npos;
            logits[i] = is_named ? 4.0F : -0.5F * static_cast<float>(i);
            total += prediction.probabilities[i] = std::exp(logits[i]);
        }
        for (float& probability : prediction.probabilities) probability /= total;
        prediction.logits = logits;
        prediction.label = prediction.top();
        prediction.model_id = "rules@0";
        prediction.token_count = text.size() + 2;
        return prediction;
    }
};

struct Arguments {
    std::string remote;
    std::string token;
    int timeout_ms = 2000;
    std::size_t max_concurrent = 512;
};

http_api::ServedModel served_model(std::shared_ptr<api::Classifier> classifier) {
    http_api::ServedModel model;
    model.classifier = std::move(classifier);
    model.id = "rules@0";
    std::ranges::transform(api::kEmotions, model.labels.begin(),
                           [](api::Emotion emotion) { return std::string(api::korean_name(emotion)); });
    return model;
}

std::shared_ptr<const http_api::ServedModel> ruled_model() {
    auto rules = std::make_shared<RuleClassifier>();
    auto model = served_model(rules);
    model.tokens = rules;
    model.encode_whole = &RuleClassifier::encode;
    return std::make_shared<const http_api::ServedModel>(std::move(model));
}

std::shared_ptr<const http_api::ServedModel> remote_model(const asio::any_io_executor& executor,
                                                          const Arguments& arguments,
                                                          net::HttpClient& client) {
    remote::Options options;
    options.url = arguments.remote;
    options.token = config::Secret(arguments.token);
    options.timeout = std::chrono::milliseconds(arguments.timeout_ms);
    options.on_error = [](const std::string& error) { std::cerr << error << std::endl; };
    auto model = served_model(remote::create_remote_classifier(executor, std::move(options), client));
    model.compute_type = "remote";
    return std::make_shared<const http_api::ServedModel>(std::move(model));
}

int serve(const Arguments& arguments) {
    asio::io_context context(1);
    const auto client = net::create_http_client(context.get_executor(), {});
    if (!client) return EXIT_FAILURE;
    ops::Metrics metrics;
    ops::GoldenSentence golden("행복", api::Emotion::happiness);
    auto model =
        arguments.remote.empty() ? ruled_model() : remote_model(context.get_executor(), arguments, **client);
    if (arguments.remote.empty()) asio::co_spawn(context, golden.classify(model->classifier), asio::detached);

    net::Router router;
    http_api::add_api_routes(router,
                             {.model = [&model] { return model; },
                              .checks = [&golden] { return std::vector{golden.check()}; },
                              .metrics = metrics},
                             {.max_concurrent_requests = arguments.max_concurrent});
    const auto server = net::create_http_server(context.get_executor(), std::move(router), {});
    if (!server) return EXIT_FAILURE;
    std::cout << "port " << (*server)->port() << std::endl;

    asio::posix::stream_descriptor input(context, dup(STDIN_FILENO));
    std::array<char, 64> ignored{};
    input.async_read_some(asio::buffer(ignored), [&context](const auto&...) { context.stop(); });
    context.run();

    // What is still under way ends before what it uses.
    asio::co_spawn(context, (*server)->stop(std::chrono::seconds(1)),
                   [&model](const std::exception_ptr&) { model.reset(); });
    context.restart();
    context.run_for(std::chrono::seconds(3));
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The HTTP API over a scripted or a remote classifier."};
    Arguments arguments;
    app.add_option("--remote", arguments.remote);
    app.add_option("--token", arguments.token);
    app.add_option("--timeout-ms", arguments.timeout_ms);
    app.add_option("--max-concurrent", arguments.max_concurrent);
    CLI11_PARSE(app, argc, argv);
    return serve(arguments);
}
