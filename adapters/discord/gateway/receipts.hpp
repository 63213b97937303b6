// The receipts of one shard's dispatches: how many are out, and the watermark that they move.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "adapters/chat/receipt.hpp"
#include "adapters/discord/gateway/watermark.hpp"

namespace nunchi::discord::gateway {

/// Held by shared_ptr because receipts may outlive their shard. A receipt of a former session counts as one
/// that is out, but moves nothing.
class Receipts : public std::enable_shared_from_this<Receipts> {
public:
    /// Called whenever a receipt was fired or dropped; see forget_owner().
    explicit Receipts(std::function<void()> on_change) : on_change_(std::move(on_change)) {}

    /// From now on the receipts are of another session, which begins or goes on from `start`.
    void begin_session(std::optional<Sequence> start);

    Watermark::Arrival arrive(Sequence sequence) { return watermark_->arrive(sequence); }
    /// Without a receipt: nobody is interested.
    void handle(Sequence sequence) { watermark_->handle(sequence); }
    /// For a sequence that arrived, or for a dispatch that came without one.
    chat::Receipt issue(std::optional<Sequence> sequence);

    std::optional<Sequence> watermark() const { return watermark_->value(); }
    std::size_t out() const { return out_; }
    std::uint64_t abandoned() const { return abandoned_ + watermark_->abandoned(); }

    /// The owner goes; receipts that are still out call nobody.
    void forget_owner() { on_change_ = nullptr; }

private:
    class Out;

    void changed();

    std::function<void()> on_change_;
    std::shared_ptr<Watermark> watermark_ = std::make_shared<Watermark>();
    std::size_t out_ = 0;
    std::uint64_t abandoned_ = 0;  // in former sessions
};

}  // namespace nunchi::discord::gateway
