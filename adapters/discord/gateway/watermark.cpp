#include "adapters/discord/gateway/watermark.hpp"

#include <algorithm>

namespace nunchi::discord::gateway {

Watermark::Arrival Watermark::arrive(Sequence sequence) {
    if (value_ && sequence <= *value_) return Arrival::handled;
    const auto [place, is_new] = later_.try_emplace(sequence, false);
    if (!is_new) return place->second ? Arrival::handled : Arrival::repeated;
    const auto last = std::max(highest_, value_);
    highest_ = std::max(highest_, std::optional(sequence));
    if (later_.size() > kMostPending) {
        ++abandoned_;
        handle(later_.begin()->first);
    }
    return last && sequence > *last + 1 ? Arrival::gap : Arrival::expected;
}

void Watermark::handle(Sequence sequence) {
    const auto place = later_.find(sequence);
    if (place == later_.end()) return;
    place->second = true;
    advance();
}

void Watermark::advance() {
    while (!later_.empty() && later_.begin()->second) {
        value_ = later_.begin()->first;
        later_.erase(later_.begin());
    }
}

}  // namespace nunchi::discord::gateway
