#include "adapters/slack/events/receiver.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <stdexcept>
#include <utility>
#include <variant>

#include "adapters/slack/events/open_request.hpp"
#include "adapters/slack/events/signature.hpp"

namespace nunchi::slack::events {

namespace asio = boost::asio;

namespace {

Verifier verifier_of(const config::Secret& signing_secret) {
    auto verifier = Verifier::create(signing_secret);
    if (verifier) return std::move(*verifier);
    throw std::invalid_argument(
        "slack.signing_secret: expected the app's signing secret (api.slack.com/apps, Basic Information, App "
        "Credentials), got nothing; without it anybody could send events");
}

net::Response response_of(OpenRequest& request) {
    net::Response response;
    switch (request.ending) {
        case Ending::not_handled: response.status = 503; break;
        case Ending::unknown_team:
            response.status = 401;
            response.headers.set("X-Slack-No-Retry", "1");
            break;
        case Ending::handled:
            if (request.body.is_null()) break;
            response = net::make_response(
                200, "application/json",
                request.body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
            break;
    }
    return response;
}

}  // namespace

/// Shared with the routes, which the server keeps.
class ReceiverCore {
public:
    ReceiverCore(Options options, Handler handler, std::shared_ptr<spdlog::logger> log)
        : verifier_(verifier_of(options.signing_secret)),
          rules_{.app_id = options.app_id, .max_body_bytes = options.max_body_bytes},
          max_open_(options.max_open),
          ack_at_latest_(options.ack_at_latest),
          handler_(std::move(handler)),
          log_(std::move(log)) {}

    static asio::awaitable<net::Response> serve(std::shared_ptr<ReceiverCore> core, net::Request request);

    void close() { is_open_ = false; }
    const Counters& counters() const { return counters_; }

private:
    /// Counts a delivery as open as long as its frame lives.
    class Presence {
    public:
        explicit Presence(std::size_t& open) : open_(open) { ++open_; }
        Presence(const Presence&) = delete;
        Presence& operator=(const Presence&) = delete;
        ~Presence() { --open_; }

    private:
        std::size_t& open_;
    };

    bool has_place_for(Kind kind) const;
    net::Response settle(Settled settled);
    net::Response turn_away();
    net::Response finish(OpenRequest& request);
    void count(const OpenRequest& request);

    Verifier verifier_;
    Rules rules_;
    std::size_t max_open_;
    std::chrono::milliseconds ack_at_latest_;
    Handler handler_;
    std::shared_ptr<spdlog::logger> log_;
    Counters counters_;
    std::size_t open_ = 0;
    bool is_open_ = true;
};

asio::awaitable<net::Response> ReceiverCore::serve(std::shared_ptr<ReceiverCore> core, net::Request request) {
    const auto ack_at = net::Signal::Clock::now() + core->ack_at_latest_;
    auto examined = examine(request, core->verifier_, core->rules_, std::chrono::system_clock::now());
    if (auto* settled = std::get_if<Settled>(&examined)) co_return core->settle(std::move(*settled));
    auto& delivery = std::get<Delivery>(examined);
    if (!core->has_place_for(delivery.kind)) co_return core->turn_away();
    tally(core->counters_, delivery);
    const Presence presence(core->open_);
    const auto executor = co_await asio::this_coro::executor;
    const auto open = std::make_shared<OpenRequest>(executor);
    core->handler_(std::move(delivery), Reply(open));
    boost::system::error_code woken;
    if (!open->answered.is_set()) {
        const auto [error] = co_await open->answered.wait(ack_at);
        woken = error;
    }
    // Cancelled, unless it was answered: the server stops, and nobody gets this response.
    if (woken == asio::error::operation_aborted) open->end(Ending::not_handled);
    co_return core->finish(*open);
}

bool ReceiverCore::has_place_for(Kind kind) const {
    // Slack delivers a command once, and it is answered at once.
    return is_open_ && (kind != Kind::event || open_ < max_open_);
}

net::Response ReceiverCore::settle(Settled settled) {
    tally(counters_, settled.reason);
    switch (settled.reason) {
        case Reason::events_limited:
            log_->warn("slack: more than 30,000 events an hour: Slack holds events back (app_rate_limited)");
            break;
        case Reason::foreign_app:
            log_->warn("slack: a request of another app was refused; check slack.app_id");
            break;
        case Reason::unreadable:
        case Reason::unknown_media_type:
            log_->warn("slack: a signed request could not be read; it was refused for good");
            break;
        default: break;
    }
    return std::move(settled.response);
}

/// Without X-Slack-No-Retry, so that it comes again (H10).
net::Response ReceiverCore::turn_away() {
    ++counters_.overloaded;
    net::Response response;
    response.status = 503;
    return response;
}

net::Response ReceiverCore::finish(OpenRequest& request) {
    count(request);
    return response_of(request);
}

void ReceiverCore::count(const OpenRequest& request) {
    if (!request.answered.is_set()) {
        ++counters_.acked_early;
        return;
    }
    switch (request.ending) {
        case Ending::handled: ++counters_.handled; return;
        case Ending::not_handled: ++counters_.not_handled; return;
        case Ending::unknown_team: ++counters_.unknown_team; return;
    }
}

Receiver::Receiver(Options options, Handler handler, std::shared_ptr<spdlog::logger> log)
    : path_(options.path),
      core_(std::make_shared<ReceiverCore>(std::move(options), std::move(handler), std::move(log))) {}

Receiver::~Receiver() {
    core_->close();
}

void Receiver::add_routes(net::Router& router) const {
    const auto serve = [core = core_](net::Request request) {
        return ReceiverCore::serve(core, std::move(request));
    };
    router.add("POST", path_, serve);
    router.add("GET", path_, serve);  // ssl_check
}

void Receiver::stop_intake() {
    core_->close();
}

Counters Receiver::counters() const {
    return core_->counters();
}

}  // namespace nunchi::slack::events
