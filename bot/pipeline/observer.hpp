// What the pipeline tells about its work, for metrics and logs. Never a text, a user or a channel.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "classifier/api/emotion.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::pipeline {

/// Why a message got no answer.
enum class PassedOver {
    own_message,
    bot,
    webhook,
    system_message,
    empty,
    no_hangul,  // also what is only links, code, mentions or emoji
    opted_out,
    duplicate,  // handled before
    burst,      // the author's message before was answered within the burst window; counted
    cooldown,   // of the person, the channel or the community; counted
    silent,     // the channel's mode; counted
    not_asked,  // mode on-demand, and the bot was not addressed; not even classified
    abstained,  // no emotion was probable enough, and nothing was addressed to the bot; counted
    overloaded,
    failed,  // classifier or store
};

/// "no_hangul", as in metric labels.
std::string_view name_of(PassedOver reason);

class Observer {
public:
    virtual ~Observer() = default;
    virtual void on_received(std::string_view platform) = 0;
    virtual void on_passed_over(std::string_view platform, PassedOver reason) = 0;
    virtual void on_classified(std::string_view platform, const api::Prediction& prediction) = 0;
    /// The answer was given to the adapter and the adapter completed; `since_received` is the whole way.
    virtual void on_answered(std::string_view platform, std::chrono::nanoseconds since_received) = 0;
    virtual void on_send_failed(std::string_view platform) = 0;
};

}  // namespace nunchi::pipeline
