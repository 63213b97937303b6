// A request that waits for its answer.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "adapters/net/signal.hpp"

namespace nunchi::slack::events {

enum class Ending {
    handled,
    not_handled,   // the last Reply went without an answer
    unknown_team,  // the app is not installed there
};

class OpenRequest {
public:
    explicit OpenRequest(const boost::asio::any_io_executor& executor) : answered(executor) {}

    void end(Ending how, nlohmann::json with = nullptr) {
        if (answered.is_set()) return;
        ending = how;
        body = std::move(with);
        answered.set();
    }

    net::Signal answered;
    Ending ending = Ending::handled;
    nlohmann::json body;  // null: none
};

}  // namespace nunchi::slack::events
