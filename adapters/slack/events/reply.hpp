// The answer to one delivery, which whoever handles it gives.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>

namespace nunchi::slack::events {

class OpenRequest;

/// Copies answer the same request, and the first answer counts. Destroyed with its last copy without an
/// answer: not handled, and Slack is told to deliver again (503). It may outlive the request, the receiver
/// and the server; it then does nothing. Used on the I/O thread.
class Reply {
public:
    Reply() = default;  // of nothing
    explicit Reply(const std::shared_ptr<OpenRequest>& request);

    /// 200. What was delivered needs no second delivery.
    void handled();
    /// The same with a body: a command's immediate answer, or a view's response_action (C2, C5).
    void handled(nlohmann::json body);
    /// 401: the app is not installed there (O6).
    void unknown_team();

private:
    struct Guard;

    std::shared_ptr<Guard> guard_;
};

}  // namespace nunchi::slack::events
