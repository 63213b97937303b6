#include "adapters/discord/rest/ended_webhooks.hpp"

#include <algorithm>

namespace nunchi::discord::rest {
namespace {

std::string_view token_of(std::string_view major) {
    return major.substr(major.find('/') + 1);
}

}  // namespace

EndedWebhooks::EndedWebhooks(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

void EndedWebhooks::add(std::string_view major, TimePoint now) {
    if (forgotten_at_.size() >= capacity_) {
        std::erase_if(forgotten_at_, [now](const auto& entry) { return now >= entry.second; });
    }
    if (forgotten_at_.size() >= capacity_) forgotten_at_.erase(forgotten_at_.begin());
    forgotten_at_.insert_or_assign(std::string(token_of(major)), now + kLife);
}

bool EndedWebhooks::contains(std::string_view major, TimePoint now) const {
    const auto found = forgotten_at_.find(token_of(major));
    return found != forgotten_at_.end() && now < found->second;
}

}  // namespace nunchi::discord::rest
