// The core's promise to an adapter that an event needs no second delivery.
#pragma once

#include <functional>
#include <utility>

namespace nunchi::chat {

/// Move-only. handled() fires the adapter's callback once: from then on the event survives a crash, or was
/// passed over on purpose. A receipt destroyed without it means: not handled, deliver again.
class Receipt {
public:
    Receipt() = default;
    explicit Receipt(std::function<void()> on_handled) : on_handled_(std::move(on_handled)) {}

    Receipt(Receipt&& other) noexcept : on_handled_(std::exchange(other.on_handled_, nullptr)) {}
    Receipt& operator=(Receipt&& other) noexcept {
        on_handled_ = std::exchange(other.on_handled_, nullptr);
        return *this;
    }
    Receipt(const Receipt&) = delete;
    Receipt& operator=(const Receipt&) = delete;
    ~Receipt() = default;

    /// Runs on the I/O thread.
    void handled() {
        if (auto on_handled = std::exchange(on_handled_, nullptr)) on_handled();
    }

private:
    std::function<void()> on_handled_;
};

}  // namespace nunchi::chat
