// Which answers are being sent, so that none is sent twice at the same time.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

namespace nunchi::pipeline {

/// By the store's effect ids. Who reads effects from the store begins them in the same moment: the store's
/// answers come in the order of its work, so an effect that was read and is not begun is nobody else's. An id
/// whose sending was cut off, or that is delivered and could not be removed from the store, is never ended:
/// this process does not touch it again.
class Underway {
public:
    /// True: the effect is the caller's. False: it is somebody else's, who is told that the reader is back.
    bool begin(std::int64_t id) {
        const auto [place, is_new] = ids_.try_emplace(id, false);
        place->second = !is_new;
        return is_new;
    }

    /// Whether the reader came back since begin() or the last call. Who was told that the reader is away
    /// tries again then.
    bool has_reader_returned(std::int64_t id) {
        const auto found = ids_.find(id);
        return found != ids_.end() && std::exchange(found->second, false);
    }

    void end(std::int64_t id) { ids_.erase(id); }

private:
    std::map<std::int64_t, bool> ids_;  // whether the reader has returned
};

}  // namespace nunchi::pipeline
