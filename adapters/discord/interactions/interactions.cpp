#include "adapters/discord/interactions/interactions.hpp"

#include <utility>

#include "adapters/discord/interactions/core.hpp"

namespace nunchi::discord::interactions {

namespace asio = boost::asio;

namespace {

asio::awaitable<net::Response> serve_request(std::shared_ptr<Core> core, Core::FindInbox find_inbox,
                                             net::Request request) {
    co_return core->on_request(request, std::move(find_inbox));
}

}  // namespace

Interactions::Interactions(asio::any_io_executor executor, Options options, Dependencies dependencies)
    : core_(std::make_shared<Core>(std::move(executor), std::move(options), std::move(dependencies))) {}

Interactions::~Interactions() {
    core_->shut_down();
}

void Interactions::take(const nlohmann::json& interaction_create, chat::Inbox& inbox) {
    core_->take(interaction_create, [&inbox] { return &inbox; });
}

net::Handler Interactions::endpoint(std::function<chat::Inbox*()> inbox) {
    return [core = core_, inbox = std::move(inbox)](net::Request request) {
        return serve_request(core, inbox, std::move(request));
    };
}

void Interactions::stop_intake() {
    core_->stop_intake();
}

asio::awaitable<void> Interactions::register_commands(std::string application_id) {
    return Core::register_commands(core_, std::move(application_id));
}

asio::awaitable<boost::system::result<void>> Interactions::answer(std::string interaction_id,
                                                                  nlohmann::json message) {
    return Core::answer(core_, std::move(interaction_id), std::move(message));
}

bool Interactions::knows(std::string_view interaction_id) const {
    return core_->knows(interaction_id);
}

Counters Interactions::counters() const {
    return core_->counters();
}

}  // namespace nunchi::discord::interactions
