// uses: nunchi_discord_interactions
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <variant>

#include "adapters/discord/interactions/demand.hpp"
#include "adapters/discord/interactions/interaction.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunchi::discord::interactions;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto parsed = parse_interaction(nlohmann::json::parse(body, nullptr, false));
    if (!parsed) return 0;
    const Demand demand = demand_of(*parsed, nunchi::chat::Locale::korean);
    // What goes into the path of a request is an id.
    const auto* why = std::get_if<Why>(&demand);
    if (why != nullptr && why->message.find_first_not_of("0123456789") != std::string::npos) std::abort();
    // Nobody is an admin whom the bytes do not say so of (I17).
    if (!parsed->permissions && invoker_of(*parsed).is_admin) std::abort();
    return 0;
}
