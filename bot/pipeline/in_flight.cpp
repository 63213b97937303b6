#include "bot/pipeline/in_flight.hpp"

#include <utility>

namespace nunchi::pipeline {

bool InFlight::claim(const chat::MessageRef& ref, chat::Receipt receipt) {
    const auto [place, is_new] = messages_.try_emplace(ref);
    Message& message = place->second;
    if (message.is_handled) {
        receipt.handled();
        return false;
    }
    message.receipts.push_back(std::move(receipt));
    waiting_ += is_new ? 0 : 1;
    return is_new;
}

void InFlight::handled(const chat::MessageRef& ref) {
    const auto found = messages_.find(ref);
    if (found == messages_.end()) return;
    found->second.is_handled = true;
    // Taken out first, because a receipt may lead to the next delivery.
    std::vector<chat::Receipt> receipts = std::exchange(found->second.receipts, {});
    if (!receipts.empty()) waiting_ -= receipts.size() - 1;
    for (chat::Receipt& receipt : receipts) receipt.handled();
}

void InFlight::forget(const chat::MessageRef& ref) {
    auto message = messages_.extract(ref);
    if (message.empty() || message.mapped().receipts.empty()) return;
    waiting_ -= message.mapped().receipts.size() - 1;
}

}  // namespace nunchi::pipeline
