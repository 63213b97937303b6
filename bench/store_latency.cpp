// How long a call of the store takes, from the caller to the disk and back: record() of a counted message
// with an effect, and finish_effect() after it, as for each answered message.
//
//   store_latency FILE_OR_URL [MESSAGES]
//
// Prints, for an idle store (one caller after the other) and for 32 callers at once, the median and the 99th
// percentile in milliseconds, and messages in a second. A URL should name an empty schema of its own.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "bot/store/store.hpp"

namespace {

namespace asio = boost::asio;
using namespace nunchi;
using Clock = std::chrono::steady_clock;

struct Round {
    store::Store* store;
    std::string name;
    int messages;
    int next = 0;
    std::vector<double> milliseconds{};
};

store::HandledMessage message(const std::string& id, int channel) {
    const auto now = store::Clock::now();
    const chat::MessageRef ref{{.platform = "discord",
                                .community = "846209781206941736",
                                .channel = std::to_string(846209781206941700 + channel),
                                .thread = ""},
                               id};
    return {.ref = ref,
            .operation = "created",
            .counted = api::Emotion::happiness,
            .is_counted = true,
            .effect = store::Effect{.id = 0,
                                    .to = ref,
                                    .kind = store::EffectKind::reply,
                                    .locale = chat::Locale::korean,
                                    .probabilities = {0.1F, 0.2F, 0.05F, 0.05F, 0.3F, 0.2F, 0.1F},
                                    .abstained = false,
                                    .model_id = "starter@3f2a",
                                    .due = now},
            .at = now};
}

asio::awaitable<void> call(Round* round) {
    while (round->next < round->messages) {
        const int number = round->next++;
        auto handled = message(round->name + std::to_string(number), number % 50);
        const auto start = Clock::now();
        const auto recorded = co_await round->store->record(std::move(handled));
        round->milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        const std::int64_t effect = recorded ? recorded->effect_id : 0;
        const auto finished = co_await round->store->finish_effect(effect);
        if (!recorded || !recorded->is_first || !finished) {
            std::cerr << "store_latency: a call failed; is the database empty?\n";
            std::exit(EXIT_FAILURE);
        }
    }
}

double percentile(const std::vector<double>& sorted, double share) {
    return sorted.at(static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1)));
}

void measure(store::Store& store, const std::string& name, int callers, int messages) {
    Round round{.store = &store, .name = name, .messages = messages};
    asio::io_context context(1);
    const auto start = Clock::now();
    for (int i = 0; i < callers; ++i) asio::co_spawn(context, call(&round), asio::detached);
    context.run();
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    std::sort(round.milliseconds.begin(), round.milliseconds.end());
    std::printf("%2d callers: record() p50 %.3f ms, p99 %.3f ms; %.0f messages/s\n", callers,
                percentile(round.milliseconds, 0.5), percentile(round.milliseconds, 0.99),
                static_cast<double>(messages) / elapsed.count());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: store_latency FILE_OR_URL [MESSAGES]\n";
        return EXIT_FAILURE;
    }
    const std::string where = argv[1];
    const int messages = argc > 2 ? std::atoi(argv[2]) : 5000;
    store::Options options;
    if (where.starts_with("postgres")) {
        options.url = config::Secret(where);
    } else {
        options.sqlite_file = where;
    }
    options.on_error = [](const std::string& sentence) { std::cerr << sentence << "\n"; };
    const auto opened = store::open_store(options);
    if (!opened) {
        std::cerr << opened.error().message << "\n";
        return EXIT_FAILURE;
    }
    measure(**opened, "warm", 32, messages / 10);
    measure(**opened, "idle", 1, messages);
    measure(**opened, "busy", 32, messages);
    return EXIT_SUCCESS;
}
