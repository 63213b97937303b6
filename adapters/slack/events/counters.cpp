#include "adapters/slack/events/counters.hpp"

namespace nunchi::slack::events {

void tally(Counters& counters, Reason reason) {
    ++counters.by_reason[static_cast<std::size_t>(reason)];
}

void tally(Counters& counters, const Delivery& delivery) {
    ++counters.by_retry_reason[static_cast<std::size_t>(delivery.retry.reason)];
    switch (delivery.kind) {
        case Kind::event: ++counters.events; return;
        case Kind::command: ++counters.commands; return;
        case Kind::interaction: ++counters.interactions; return;
    }
}

}  // namespace nunchi::slack::events
