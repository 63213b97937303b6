// How many of something may go on in one place at the same time.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "adapters/chat/ids.hpp"

namespace nunchi::pipeline {

/// Kept by shared_ptr, because a slot may end after its owner.
class PlaceSlots : public std::enable_shared_from_this<PlaceSlots> {
public:
    /// Taken until its end.
    class Slot {
    public:
        Slot(std::shared_ptr<PlaceSlots> slots, chat::Place place)
            : slots_(std::move(slots)), place_(std::move(place)) {}
        Slot(Slot&&) = default;
        Slot& operator=(Slot&&) = delete;
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
        ~Slot() {
            if (slots_) slots_->give_back(place_);
        }

    private:
        std::shared_ptr<PlaceSlots> slots_;
        chat::Place place_;
    };

    explicit PlaceSlots(std::size_t per_place) : per_place_(per_place) {}

    /// Nothing when all slots of the place are taken.
    std::optional<Slot> take(const chat::Place& place) {
        std::size_t& taken = taken_[place];
        if (taken >= per_place_) {
            if (taken == 0) taken_.erase(place);
            return std::nullopt;
        }
        ++taken;
        return Slot(shared_from_this(), place);
    }

private:
    void give_back(const chat::Place& place) {
        const auto found = taken_.find(place);
        if (--found->second == 0) taken_.erase(found);
    }

    std::size_t per_place_;
    std::map<chat::Place, std::size_t> taken_;
};

}  // namespace nunchi::pipeline
