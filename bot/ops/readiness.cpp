#include "bot/ops/readiness.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::ops {
namespace {

std::string_view name_of(chat::Health health) {
    switch (health) {
        case chat::Health::starting: return "starting";
        case chat::Health::connected: return "connected";
        case chat::Health::reconnecting: return "reconnecting";
        case chat::Health::failed: return "failed";
        case chat::Health::stopped: return "stopped";
    }
    return "unknown";
}

std::string outcome_of(const api::result<api::Prediction>& prediction, api::Emotion expected) {
    if (!prediction) return "the known sentence could not be classified: " + prediction.error().message();
    const auto read = prediction->top();
    if (read == expected) return "the known sentence was read as " + std::string(api::english_name(expected));
    return "the known sentence was read as " + std::string(api::english_name(read)) + " instead of " +
           std::string(api::english_name(expected)) + "; check the model with `nunchi model verify`";
}

}  // namespace

Check platform_check(std::string_view platform, const chat::Status& status) {
    Check check{"platform:" + std::string(platform), status.health == chat::Health::connected,
                std::string(name_of(status.health))};
    if (!status.reason.empty()) check.detail += ": " + status.reason;
    return check;
}

GoldenSentence::GoldenSentence(std::string text, api::Emotion expected)
    : text_(std::move(text)),
      expected_(expected),
      check_{"model", false, "the known sentence has not been classified yet"} {}

boost::asio::awaitable<void> GoldenSentence::classify(std::shared_ptr<api::Classifier> classifier) {
    const auto prediction = co_await classifier->classify(text_);
    if (!prediction && prediction.error() == api::make_error_code(api::errc::cancelled)) co_return;
    check_.is_ok = prediction && prediction->top() == expected_;
    check_.detail = outcome_of(prediction, expected_);
}

std::vector<Check> Readiness::checks() const {
    std::vector<Check> answers;
    answers.reserve(checks_.size());
    for (const auto& check : checks_) answers.push_back(check());
    return answers;
}

bool all_ok(const std::vector<Check>& checks) {
    return std::ranges::all_of(checks, &Check::is_ok);
}

}  // namespace nunchi::ops
