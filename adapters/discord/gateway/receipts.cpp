#include "adapters/discord/gateway/receipts.hpp"

#include <utility>

namespace nunchi::discord::gateway {

/// One receipt that is out, until it is fired or dropped.
class Receipts::Out {
public:
    Out(std::shared_ptr<Receipts> owner, std::optional<Sequence> sequence)
        : owner_(std::move(owner)), watermark_(owner_->watermark_), sequence_(sequence) {
        ++owner_->out_;
    }
    Out(const Out&) = delete;
    Out& operator=(const Out&) = delete;
    ~Out() {
        --owner_->out_;
        owner_->changed();
    }

    void handle() {
        if (sequence_) watermark_->handle(*sequence_);
    }

private:
    std::shared_ptr<Receipts> owner_;
    std::shared_ptr<Watermark> watermark_;
    std::optional<Sequence> sequence_;
};

void Receipts::begin_session(std::optional<Sequence> start) {
    abandoned_ += watermark_->abandoned();
    watermark_ = std::make_shared<Watermark>(start);
}

chat::Receipt Receipts::issue(std::optional<Sequence> sequence) {
    return chat::Receipt([out = std::make_shared<Out>(shared_from_this(), sequence)] { out->handle(); });
}

void Receipts::changed() {
    if (on_change_) on_change_();
}

}  // namespace nunchi::discord::gateway
