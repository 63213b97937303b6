#include "adapters/discord/interactions/snowflake.hpp"

#include <charconv>
#include <cstdint>

namespace nunchi::discord::interactions {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr milliseconds kEpoch{1'420'070'400'000};  // 2015-01-01T00:00:00Z
constexpr unsigned kTimeShift = 22;

}  // namespace

std::optional<system_clock::time_point> created_at(std::string_view id) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (error != std::errc() || end != id.data() + id.size()) return std::nullopt;
    return system_clock::time_point(kEpoch + milliseconds(number >> kTimeShift));
}

std::string id_at(system_clock::time_point time) {
    const auto since = std::chrono::duration_cast<milliseconds>(time.time_since_epoch()) - kEpoch;
    if (since < milliseconds(0)) return "0";
    return std::to_string(static_cast<std::uint64_t>(since.count()) << kTimeShift);
}

}  // namespace nunchi::discord::interactions
