#include "adapters/slack/events/reply.hpp"

#include <utility>

#include "adapters/slack/events/open_request.hpp"

namespace nunchi::slack::events {

struct Reply::Guard {
    explicit Guard(std::weak_ptr<OpenRequest> waiting) : request(std::move(waiting)) {}
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() { end(Ending::not_handled); }

    void end(Ending how, nlohmann::json body = nullptr) {
        if (const auto open = request.lock()) open->end(how, std::move(body));
    }

    /// Weak: the request has a timer, which must not outlive the executor.
    std::weak_ptr<OpenRequest> request;
};

Reply::Reply(const std::shared_ptr<OpenRequest>& request) : guard_(std::make_shared<Guard>(request)) {}

void Reply::handled() {
    handled(nullptr);
}

void Reply::handled(nlohmann::json body) {
    if (guard_) guard_->end(Ending::handled, std::move(body));
}

void Reply::unknown_team() {
    if (guard_) guard_->end(Ending::unknown_team);
}

}  // namespace nunchi::slack::events
