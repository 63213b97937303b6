#include "adapters/web/adapter.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string_view>
#include <utility>
#include <variant>

#include "adapters/web/connection.hpp"
#include "adapters/web/conversations.hpp"
#include "adapters/web/page_routes.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/protocol.hpp"
#include "adapters/web/same_origin.hpp"

namespace nunchi::web {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;
using ConnectionPtr = std::shared_ptr<Connection>;

constexpr std::string_view kPlatform = "web";

chat::MessageRef ref_of(const Connection& connection, std::string message) {
    return {.place = {std::string(kPlatform), {}, connection.conversation(), {}},
            .message = std::move(message)};
}

net::Response refuse(int status, std::string_view sentence) {
    return net::make_response(status, "text/plain; charset=utf-8", std::string(sentence));
}

class Implementation final : public WebAdapter {
public:
    Implementation(asio::any_io_executor executor, Options options)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          conversations_(std::make_shared<Conversations>(options_.max_in_flight)),
          stopped_(executor_, Clock::time_point::max()) {}

    std::string_view platform() const override { return kPlatform; }
    chat::Capabilities capabilities() const override;
    chat::Status status() const override { return {health_, {}}; }
    asio::awaitable<void> run(chat::Inbox& inbox) override;
    void stop_intake() override;
    asio::awaitable<boost::system::result<chat::Sent>> send(chat::Outgoing outgoing) override;

    void add_routes(net::Router& router) override;
    std::optional<net::Response> refusal(const net::Request& request) const override;
    asio::awaitable<void> serve(std::unique_ptr<net::WebSocket> socket) override;

private:
    /// A connection that is counted, and that leaves its conversation when its coroutine ends in any way.
    class Presence;

    asio::awaitable<chat::Sent> send_reply(std::shared_ptr<Reader> reader, chat::Reply reply);

    asio::awaitable<void> read_in(ConnectionPtr connection);
    asio::awaitable<void> greet(ConnectionPtr connection, std::string conversation);
    void perform(const ConnectionPtr& connection, Step step);
    void take(Connection& connection, PageMessage message);
    void ask(Connection& connection, PageQuestion question);

    asio::any_io_executor executor_;
    Options options_;
    std::shared_ptr<Conversations> conversations_;
    chat::Inbox* inbox_ = nullptr;  // while events are taken
    chat::Health health_ = chat::Health::starting;
    bool stopping_ = false;
    std::size_t connections_ = 0;
    asio::steady_timer stopped_;  // cancelled by stop_intake()
};

class Implementation::Presence {
public:
    Presence(Implementation& owner, ConnectionPtr connection)
        : owner_(owner), connection_(std::move(connection)) {
        ++owner_.connections_;
    }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;
    ~Presence() {
        --owner_.connections_;
        owner_.conversations_->leave(connection_->conversation(), connection_.get());
    }

private:
    Implementation& owner_;
    ConnectionPtr connection_;
};

chat::Capabilities Implementation::capabilities() const {
    return {.can_reply = true, .can_explain = true, .shows_notices = true, .repeats_replies = true};
}

asio::awaitable<void> Implementation::run(chat::Inbox& inbox) {
    if (!stopping_) {
        inbox_ = &inbox;
        health_ = chat::Health::connected;
        co_await stopped_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    inbox_ = nullptr;
    health_ = chat::Health::stopped;
}

void Implementation::stop_intake() {
    stopping_ = true;
    inbox_ = nullptr;
    stopped_.cancel();
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::send(chat::Outgoing outgoing) {
    const auto reader = conversations_->reader_of(chat::target_of(outgoing).place.channel);
    if (!reader) co_return chat::Sent::waiting;
    if (auto* reply = std::get_if<chat::Reply>(&outgoing)) {
        co_return co_await send_reply(reader, std::move(*reply));
    }
    if (const auto* explanation = std::get_if<chat::Explanation>(&outgoing)) {
        reader->say(to_json(*explanation));
    } else if (const auto* notice = std::get_if<chat::Notice>(&outgoing)) {
        reader->say(to_json(PageNotice{notice->to.message, kind_of(notice->kind), notice->text}));
    } else {
        co_return make_error_code(boost::system::errc::operation_not_supported);
    }
    co_return chat::Sent::delivered;
}

asio::awaitable<chat::Sent> Implementation::send_reply(std::shared_ptr<Reader> reader, chat::Reply reply) {
    asio::steady_timer timer(executor_, options_.confirm_within);
    const Confirmations::Wait wait(conversations_->confirmations_of(reply.to.place.channel), reply.to.message,
                                   [&timer] { timer.cancel(); });
    reader->say(to_json(reply));
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return wait.outcome() == Confirmations::Outcome::confirmed ? chat::Sent::delivered
                                                                  : chat::Sent::waiting;
}

void Implementation::add_routes(net::Router& router) {
    add_page_routes(router, options_.allowed_hosts);
    router.add_websocket(
        "/chat",
        [this](net::Request, std::unique_ptr<net::WebSocket> socket) { return serve(std::move(socket)); },
        [this](const net::Request& request) { return refusal(request); });
}

std::optional<net::Response> Implementation::refusal(const net::Request& request) const {
    const auto host = request.headers.get("Host");
    if (!is_allowed_host(host, options_.allowed_hosts)) return refuse(403, foreign_host_text());
    if (!is_same_origin(request.headers.get("Origin"), host)) return refuse(403, foreign_origin_text());
    if (inbox_ == nullptr) return refuse(503, not_ready_text());
    if (connections_ >= options_.max_connections) return refuse(503, full_text());
    return std::nullopt;
}

asio::awaitable<void> Implementation::serve(std::unique_ptr<net::WebSocket> socket) {
    using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
    const auto connection = std::make_shared<Connection>(executor_, std::move(socket), options_.session);
    const Presence presence(*this, connection);
    co_await (read_in(connection) || connection->write_out());
}

asio::awaitable<void> Implementation::read_in(ConnectionPtr connection) {
    for (;;) {
        const auto frame = co_await connection->read();
        if (!frame) co_return;
        if (connection->is_closing()) continue;
        Step step = connection->session().on_frame(*frame, Clock::now());
        if (auto* hello = std::get_if<Greet>(&step)) {
            co_await greet(connection, std::move(hello->conversation));
        } else {
            perform(connection, std::move(step));
        }
    }
}

asio::awaitable<void> Implementation::greet(ConnectionPtr connection, std::string conversation) {
    connection->set_conversation(conversation);
    conversations_->enter(conversation, connection);
    const auto card = options_.model_card ? options_.model_card() : ModelCard{};
    connection->say(to_json(Welcome{options_.session.max_text, card.name, card.attribution}));
    // What waited on the conversation's former connection completes first.
    co_await asio::post(executor_, asio::use_awaitable);
    if (inbox_ == nullptr) co_return;
    inbox_->deliver({chat::ReaderReturned{ref_of(*connection, {}).place}, {}});
}

void Implementation::perform(const ConnectionPtr& connection, Step step) {
    if (auto* taken = std::get_if<Take>(&step)) {
        take(*connection, std::move(taken->message));
    } else if (auto* asked = std::get_if<Ask>(&step)) {
        ask(*connection, std::move(asked->question));
    } else if (const auto* confirmed = std::get_if<Confirm>(&step)) {
        conversations_->confirm(connection->conversation(), confirmed->id);
    } else if (const auto* objection = std::get_if<Object>(&step)) {
        connection->say(to_json(objection->notice));
    } else if (const auto* end = std::get_if<End>(&step)) {
        if (end->last) connection->say(to_json(*end->last));
        connection->finish(end->code);
    }
}

void Implementation::take(Connection& connection, PageMessage message) {
    // Without an inbox the page gets no ack and sends it again after its reconnection.
    if (inbox_ == nullptr) return;
    const auto locale = connection.session().locale();
    const auto taken = conversations_->take(connection.conversation(), message.id);
    if (taken == Conversations::Taken::already) return;
    if (taken == Conversations::Taken::full) {
        return connection.say(to_json(PageNotice{message.id, "too_fast", too_fast_text(locale)}));
    }
    auto receipt = conversations_->receipt_for(connection.conversation(), message.id);
    chat::Message created{.ref = ref_of(connection, std::move(message.id)),
                          .author = {.id = connection.conversation()},
                          .text = std::move(message.text),
                          .locale = locale,
                          .is_addressed = true,
                          .received = Clock::now()};
    inbox_->deliver({chat::MessageCreated{std::move(created)}, std::move(receipt)});
}

void Implementation::ask(Connection& connection, PageQuestion question) {
    if (inbox_ == nullptr) return;
    inbox_->deliver({chat::ExplanationRequested{.ref = ref_of(connection, std::move(question.id)),
                                                .author = connection.conversation(),
                                                .text = std::move(question.text),
                                                .locale = connection.session().locale()},
                     {}});
}

}  // namespace

std::unique_ptr<WebAdapter> create_web_adapter(asio::any_io_executor executor, Options options) {
    return std::make_unique<Implementation>(std::move(executor), std::move(options));
}

}  // namespace nunchi::web
