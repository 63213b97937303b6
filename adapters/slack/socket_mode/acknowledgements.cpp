#include "adapters/slack/socket_mode/acknowledgements.hpp"

#include <utility>

namespace nunchi::slack::socket_mode {
namespace {

namespace asio = boost::asio;

// Slack has given up on older ones and delivers them again.
constexpr std::size_t kMaxUnsent = 1000;

}  // namespace

void Acknowledgement::handled(nlohmann::json payload) {
    if (state_) state_->handled(payload, false);
}

void Acknowledgement::State::handled(const nlohmann::json& payload, bool is_early) {
    if (std::exchange(is_settled, true)) return;
    if (all->counters_ != nullptr) ++(is_early ? all->counters_->acked_early : all->counters_->handled);
    all->acknowledge(*this, takes_payload ? payload : nlohmann::json());
    all->settle(*this);
}

Acknowledgement::State::~State() {
    if (is_settled) return;
    if (all->counters_ != nullptr) ++all->counters_->not_handled;
    all->settle(*this);
}

void Acknowledgements::open(int connection, Send send) {
    for (; !unsent_.empty(); unsent_.pop_front()) send(std::move(unsent_.front()));
    lines_[connection] = std::move(send);
}

void Acknowledgements::close(int connection) {
    lines_.erase(connection);
}

Acknowledgement Acknowledgements::take(const Envelope& envelope, int connection) {
    auto state = std::make_shared<Acknowledgement::State>(shared_from_this(), envelope, connection);
    ++owed_[connection];
    early_.push_back({Clock::now() + at_latest_, state});
    due_.set();
    return Acknowledgement(std::move(state));
}

asio::awaitable<void> Acknowledgements::run() {
    for (;;) {
        const auto now = Clock::now();
        while (!early_.empty() && (early_.front().at <= now || early_.front().state.expired())) {
            const auto state = early_.front().state.lock();
            early_.pop_front();
            if (state) state->handled(nullptr, true);
        }
        due_.clear();
        const auto next = early_.empty() ? Clock::time_point::max() : early_.front().at;
        co_await due_.wait(next);
    }
}

bool Acknowledgements::owes(int connection) const {
    return owed_.contains(connection);
}

asio::awaitable<void> Acknowledgements::wait_for_less(Clock::time_point deadline) {
    settled_.clear();
    co_await settled_.wait(deadline);
}

void Acknowledgements::acknowledge(const Acknowledgement::State& state, const nlohmann::json& payload) {
    std::string text = acknowledgement(state.envelope_id, payload);
    auto line = lines_.find(state.connection);
    if (line == lines_.end()) line = lines_.begin();
    if (line != lines_.end()) return line->second(std::move(text));
    unsent_.push_back(std::move(text));
    if (unsent_.size() > kMaxUnsent) unsent_.pop_front();
}

void Acknowledgements::settle(const Acknowledgement::State& state) {
    const auto owed = owed_.find(state.connection);
    if (owed == owed_.end()) return;
    if (--owed->second == 0) owed_.erase(owed);
    settled_.set();
}

}  // namespace nunchi::slack::socket_mode
