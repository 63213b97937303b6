#include "adapters/discord/interactions/deferral.hpp"

#include <nlohmann/json.hpp>

namespace nunchi::discord::interactions {

nlohmann::json deferral() {
    constexpr int kDeferredMessage = 5;
    constexpr int kEphemeral = 64;
    return {{"type", kDeferredMessage}, {"data", {{"flags", kEphemeral}}}};
}

nlohmann::json no_choices() {
    constexpr int kAutocompleteResult = 8;
    return {{"type", kAutocompleteResult}, {"data", {{"choices", nlohmann::json::array()}}}};
}

nlohmann::json pong() {
    return {{"type", 1}};
}

}  // namespace nunchi::discord::interactions
