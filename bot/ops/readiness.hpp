// Whether this process can do its work now, told check by check.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/chat/adapter.hpp"
#include "classifier/api/classifier.hpp"
#include "classifier/api/emotion.hpp"

namespace nunchi::ops {

struct Check {
    std::string name;  // "model", "platform:discord"
    bool is_ok = false;
    std::string detail;  // one sentence for the operator; no secret, no chat text
};

/// An adapter is ready when it is connected; otherwise the detail says in which state it is, and why.
Check platform_check(std::string_view platform, const chat::Status& status);

/// Whether the classifier reads one known sentence as it should. Used on one thread.
class GoldenSentence {
public:
    GoldenSentence(std::string text, api::Emotion expected);

    /// Classifies the sentence and remembers the outcome. Cancelling it leaves the last outcome as it was.
    /// The sentence must outlive the call.
    boost::asio::awaitable<void> classify(std::shared_ptr<api::Classifier> classifier);

    /// Named "model"; not ok until classify() has completed well once, and after it completed badly.
    Check check() const { return check_; }

private:
    std::string text_;
    api::Emotion expected_;
    Check check_;
};

/// The checks of all parts. Used on one thread.
class Readiness {
public:
    /// What `check` refers to must outlive the readiness.
    void add(std::function<Check()> check) { checks_.push_back(std::move(check)); }

    /// Asks all, in the order in which they were added.
    std::vector<Check> checks() const;

private:
    std::vector<std::function<Check()>> checks_;
};

/// No check at all is ready, too.
bool all_ok(const std::vector<Check>& checks);

}  // namespace nunchi::ops
