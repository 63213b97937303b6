// What the bot adds to the classifier: messages arrive by a Poisson process, once straight at the classifier
// and once at the pipeline with a real SQLite store, in alternating blocks of the same arrivals and texts.
//
//   bot_latency MODEL_FOLDER [messages per second] [messages per block] [pairs of blocks]
//
// Prints one JSON object with the percentiles of both, in milliseconds, and their difference.
#include <spdlog/logger.h>
#include <stdlib.h>  // mkdtemp

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "bench/arrivals.hpp"
#include "bot/app/local_model.hpp"
#include "bot/ops/metrics.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"

namespace {

namespace asio = boost::asio;
namespace bot = nunchi::bot;
namespace chat = nunchi::chat;
namespace pipeline = nunchi::pipeline;
namespace bench = nunchi::bench;
using bench::Arrivals;
using bench::Clock;
using bench::Load;

/// Notes when an answer leaves.
class Bench final : public chat::Adapter {
public:
    explicit Bench(std::vector<double>& times) : times_(times) {}

    std::string_view platform() const override { return "bench"; }
    chat::Capabilities capabilities() const override { return {.can_reply = true, .shows_notices = true}; }
    chat::Status status() const override { return {chat::Health::connected, ""}; }
    asio::awaitable<void> run(chat::Inbox&) override { co_return; }
    void stop_intake() override {}

    asio::awaitable<boost::system::result<chat::Sent>> send(chat::Outgoing outgoing) override {
        const auto& id = chat::target_of(outgoing).message;
        times_.push_back(bench::milliseconds_since(arrived[id]));
        co_return chat::Sent::delivered;
    }

    std::map<std::string, Clock::time_point> arrived;

private:
    std::vector<double>& times_;
};

chat::Delivery delivery(std::uint64_t number) {
    chat::Message message;
    message.ref = {{"bench", "", "channel" + std::to_string(number % 16), ""}, std::to_string(number)};
    message.author.id = "author" + std::to_string(number % 64);
    message.text = bench::sentence(number);
    message.received = Clock::now();
    return {chat::MessageCreated{std::move(message)}, chat::Receipt([] {})};
}

asio::awaitable<void> load_pipeline(asio::any_io_executor executor, pipeline::Pipeline& inbox, Bench& adapter,
                                    Load load) {
    Arrivals arrivals(executor, load);
    asio::steady_timer timer(executor);
    for (std::uint64_t i = 0; i < load.messages; ++i) {
        const auto now = co_await arrivals.next();
        adapter.arrived[std::to_string(load.first + i)] = now;
        inbox.deliver(delivery(load.first + i));
    }
    while (inbox.in_flight() > 0) {
        timer.expires_after(std::chrono::milliseconds(5));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(index));
    return values[index];
}

nlohmann::json summary(const std::vector<double>& times) {
    return {{"messages", times.size()},
            {"p50_ms", percentile(times, 0.5)},
            {"p95_ms", percentile(times, 0.95)},
            {"p99_ms", percentile(times, 0.99)}};
}

/// Runs one coroutine to its end.
void complete(asio::io_context& context, asio::awaitable<void> work) {
    bool is_done = false;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
        is_done = true;
    });
    context.restart();
    while (!is_done) context.run_one();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: bot_latency MODEL_FOLDER [per second] [messages] [pairs]\n";
        return 64;
    }
    Load load;
    if (argc > 2) load.per_second = std::stod(argv[2]);
    if (argc > 3) load.messages = std::stoull(argv[3]);
    const int pairs = argc > 4 ? std::stoi(argv[4]) : 4;

    std::string folder = (std::filesystem::temp_directory_path() / "nunchi-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    asio::io_context context{1};
    nunchi::config::ClassifierSettings settings;
    settings.model = argv[1];
    auto local =
        bot::load_local_model(settings, {}, [](const std::string& error) { std::cerr << error << "\n"; });
    if (!local) {
        std::cerr << local.error().message << "\n";
        return 1;
    }
    const std::shared_ptr<nunchi::api::Classifier> classifier = std::move(local->classifier);
    nunchi::store::Options store_options;
    store_options.sqlite_file = std::filesystem::path(folder) / "nunchi.db";
    auto store = nunchi::store::open_store(store_options);
    if (!store) {
        std::cerr << store.error().message << "\n";
        return 1;
    }
    std::vector<double> direct;
    std::vector<double> whole;
    std::vector<double> warm_up;
    Bench adapter(whole);
    nunchi::ops::Metrics metrics;
    auto inbox =
        pipeline::create_pipeline(context.get_executor(), {},
                                  {classifier, **store, metrics, std::make_shared<spdlog::logger>("bench")});
    pipeline::PlatformOptions options;
    options.burst_window = {};
    inbox->set_platform(adapter, options);

    auto warming = load;
    warming.messages = 100;
    complete(context, bench::load_classifier(context.get_executor(), *classifier, warming, warm_up));
    for (int pair = 0; pair < pairs; ++pair) {
        load.seed = static_cast<std::uint64_t>(pair) + 1;
        load.first = 1000 + static_cast<std::uint64_t>(pair) * load.messages;
        complete(context, bench::load_classifier(context.get_executor(), *classifier, load, direct));
        complete(context, load_pipeline(context.get_executor(), *inbox, adapter, load));
    }
    nlohmann::json report{
        {"per_second", load.per_second}, {"classifier", summary(direct)}, {"bot", summary(whole)}};
    for (const char* key : {"p50_ms", "p95_ms", "p99_ms"}) {
        report["added"][key] = report["bot"][key].get<double>() - report["classifier"][key].get<double>();
    }
    std::cout << report.dump(2) << "\n";
    complete(context, [](pipeline::Pipeline& ending) -> asio::awaitable<void> {
        co_await ending.stop(std::chrono::seconds(5));
    }(*inbox));
    inbox.reset();
    store->reset();
    std::filesystem::remove_all(folder);
    return 0;
}
