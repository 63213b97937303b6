// Records messages without end, many at once, and prints the id of each when the store has it, until somebody
// ends the process. Each message is counted and has an effect.
//
//   store_writer FILE_OR_URL PREFIX      ids: PREFIX-0, PREFIX-1, …
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "bot/store/store.hpp"

namespace {

namespace asio = boost::asio;
using namespace nunchi;

constexpr int kCallers = 16;

store::HandledMessage message(const std::string& id) {
    const auto now = store::Clock::now();
    const chat::MessageRef ref{{.platform = "web", .community = "", .channel = "room", .thread = ""}, id};
    return {.ref = ref,
            .operation = "created",
            .counted = api::Emotion::sadness,
            .is_counted = true,
            .effect = store::Effect{.id = 0,
                                    .to = ref,
                                    .kind = store::EffectKind::reply,
                                    .locale = chat::Locale::korean,
                                    .probabilities = {0, 0, 0, 1, 0, 0, 0},
                                    .abstained = false,
                                    .model_id = "starter",
                                    .due = now},
            .at = now};
}

asio::awaitable<void> write_forever(store::Store* store, std::string prefix, int* next) {
    while (true) {
        const std::string id = prefix + "-" + std::to_string((*next)++);
        auto handled = message(id);
        const auto recorded = co_await store->record(std::move(handled));
        if (!recorded) {
            std::cerr << recorded.error().message() << std::endl;
            std::exit(EXIT_FAILURE);
        }
        std::cout << id << std::endl;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: store_writer FILE_OR_URL PREFIX\n";
        return EXIT_FAILURE;
    }
    const std::string where = argv[1];
    store::Options options;
    if (where.starts_with("postgres")) {
        options.url = config::Secret(where);
    } else {
        options.sqlite_file = where;
    }
    const auto opened = store::open_store(options);
    if (!opened) {
        std::cerr << opened.error().message << "\n";
        return EXIT_FAILURE;
    }
    asio::io_context context(1);
    int next = 0;
    for (int i = 0; i < kCallers; ++i) {
        asio::co_spawn(context, write_forever(opened->get(), argv[2], &next), asio::detached);
    }
    context.run();
    return EXIT_SUCCESS;
}
