#include "adapters/web/confirmations.hpp"

#include <utility>

namespace nunchi::web {

Confirmations::Wait::Wait(std::shared_ptr<Confirmations> owner, std::string id, std::function<void()> wake)
    : owner_(std::move(owner)),
      id_(std::move(id)),
      wake_(std::move(wake)),
      place_(owner_->waits_.insert(owner_->waits_.end(), this)) {}

Confirmations::Wait::~Wait() {
    owner_->waits_.erase(place_);
}

void Confirmations::Wait::settle(Outcome outcome) {
    if (outcome_ != Outcome::pending) return;
    outcome_ = outcome;
    wake_();
}

void Confirmations::confirm(std::string_view id) {
    for (Wait* wait : waits_) {
        if (wait->id_ == id) wait->settle(Outcome::confirmed);
    }
}

void Confirmations::reader_gone() {
    for (Wait* wait : waits_) wait->settle(Outcome::reader_gone);
}

}  // namespace nunchi::web
