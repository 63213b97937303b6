// How old an interaction is when it comes in.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace nunchi::discord::interactions {

/// Pure. An id tells its age by Discord's clock, and this machine's may be minutes off. So the quickest of
/// the last interactions counts as fresh: what takes longer than it is that much older. Old ones come with
/// the replay of a resumed session. The first in ten minutes counts as fresh, too.
class Lateness {
public:
    using TimePoint = std::chrono::system_clock::time_point;

    std::chrono::system_clock::duration age_of(TimePoint created, TimePoint received);

private:
    struct Arrival {
        TimePoint received{};
        std::chrono::system_clock::duration lag{};
    };

    // Few and recent, so that a clock that is set, or that drifts, is got used to.
    static constexpr std::size_t kRemembered = 4;
    static constexpr std::chrono::minutes kMemory{10};

    std::array<Arrival, kRemembered> arrivals_{};
    std::size_t count_ = 0;
};

}  // namespace nunchi::discord::interactions
