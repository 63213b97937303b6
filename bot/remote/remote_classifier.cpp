#include "bot/remote/remote_classifier.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "adapters/net/task_group.hpp"
#include "bot/remote/predict_call.hpp"
#include "bot/remote/predict_response.hpp"
#include "bot/remote/send_queue.hpp"

namespace nunchi::remote {
namespace {

namespace asio = boost::asio;

using Clock = std::chrono::steady_clock;

using Server = std::shared_ptr<const ServerInfo>;

/// What the requests under way share with the classifier, which may be destroyed before they have ended.
struct State {
    State(Options given, net::HttpClient& http)
        : options(std::move(given)),
          client(http),
          queue({.max_batch = options.max_batch,
                 .max_in_flight = options.max_in_flight,
                 .max_waiting = options.max_waiting}) {
        while (options.url.ends_with('/')) options.url.pop_back();
    }

    Options options;
    net::HttpClient& client;
    SendQueue queue;
    Server server;  // null: not asked yet, or the connection was lost since
    Clock::time_point server_read{};
    std::string last_error;
    Clock::time_point last_error_told{};
    net::TaskGroup* tasks = nullptr;  // null when the classifier is gone
};

using Shared = std::shared_ptr<State>;

void set_server(State& state, Server server) {
    state.queue.set_server_known(server != nullptr);
    if (server) state.queue.limit_batch(server->max_client_batch_size);
    state.server = std::move(server);
    state.server_read = state.options.now();
}

void tell(State& state, const std::string& error) {
    const auto now = state.options.now();
    if (error == state.last_error && now - state.last_error_told < state.options.same_error_after) return;
    state.last_error = error;
    state.last_error_told = now;
    if (state.options.on_error)
        state.options.on_error("the classifier at " + state.options.url + ": " + error);
}

void fail(const Batch& batch, boost::system::error_code error) {
    for (const auto& text : batch) text->complete(error);
}

net::ClientRequest request_to(const State& state, std::string method, std::string_view path) {
    net::ClientRequest request;
    request.method = std::move(method);
    request.url = state.options.url + std::string(path);
    request.headers.set("Accept", "application/json");
    if (!state.options.token.empty()) {
        request.headers.set("Authorization", "Bearer " + state.options.token.reveal());
    }
    request.timeout = state.options.timeout;
    return request;
}

/// Predicting changes nothing at the server, so a connection that broke under it is tried once more.
asio::awaitable<net::result<net::Response>> send_twice(Shared state, net::ClientRequest request) {
    auto response = co_await state->client.send(request);
    if (response || response.error() != net::make_error_code(net::errc::closed)) co_return response;
    co_return co_await state->client.send(std::move(request));
}

/// The errc that a batch fails with because of a status that is not about its texts.
api::errc failure_of(State& state, int status) {
    switch (verdict_on(status)) {
        case Verdict::overloaded: return api::errc::overloaded;
        case Verdict::not_allowed:
            tell(state,
                 "refused the token (status " + std::to_string(status) + "): check classifier.url_token");
            return api::errc::unreachable;
        case Verdict::unavailable:
            tell(state, "not ready (status " + std::to_string(status) + ")");
            return api::errc::unreachable;
        default: tell(state, "status " + std::to_string(status)); return api::errc::inference_failed;
    }
}

asio::awaitable<api::result<Server>> read_info(Shared state) {
    const auto response = co_await send_twice(state, request_to(*state, "GET", "/info"));
    if (!response) {
        tell(*state, "no connection: " + response.error().message());
        co_return api::make_error_code(api::errc::unreachable);
    }
    if (response->status != 200) co_return api::make_error_code(failure_of(*state, response->status));
    auto info = parse_server_info(response->body);
    if (!info) {
        tell(*state, info.error().message);
        co_return info.error().code;
    }
    set_server(*state, std::make_shared<const ServerInfo>(std::move(*info)));
    co_return state->server;
}

void answer(State& state, const ServerInfo& server, const Batch& batch, const net::Response& response,
            Clock::time_point sent) {
    const auto all = parse_predict_response(response.body, server.labels, batch.size());
    if (!all) {
        tell(state, all.error().message);
        set_server(state, nullptr);  // Another model may be served by now, with other labels.
        return fail(batch, api::make_error_code(api::errc::bad_format));
    }
    const api::Timings timings = timings_of(response.headers);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        api::Prediction prediction;
        prediction.probabilities = (*all)[i];
        const auto top = prediction.top();
        const auto index = api::index_of(top);
        if (prediction.probabilities[index] >= server.abstain_below[index]) prediction.label = top;
        prediction.model_id = server.model_id;
        prediction.token_count = mean_token_count(response.headers, batch.size());
        prediction.timings = timings;
        prediction.timings.queue += sent - batch[i]->admitted;
        batch[i]->complete(std::move(prediction));
    }
}

asio::awaitable<void> classify_batch(Shared state, Server server, Batch batch);

asio::awaitable<void> classify_halves(Shared state, Server server, Batch batch) {
    const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    co_await classify_batch(state, server, Batch(batch.begin(), middle));
    co_await classify_batch(state, server, Batch(middle, batch.end()));
}

asio::awaitable<void> classify_batch(Shared state, Server server, Batch batch) {
    std::vector<std::string> texts;
    texts.reserve(batch.size());
    for (const auto& text : batch) texts.push_back(text->text);
    auto request = request_to(*state, "POST", "/predict");
    request.headers.set("Content-Type", "application/json");
    request.body = predict_body(texts);

    const auto sent = state->options.now();
    const auto response = co_await send_twice(state, std::move(request));
    if (!response) {
        tell(*state, "no answer: " + response.error().message());
        set_server(*state, nullptr);  // Whoever answers next may be another one.
        co_return fail(batch, api::make_error_code(api::errc::unreachable));
    }
    const Verdict verdict = verdict_on(response->status);
    if (verdict == Verdict::answered) co_return answer(*state, *server, batch, *response, sent);
    const bool is_about_texts = verdict == Verdict::too_large || verdict == Verdict::refused;
    if (!is_about_texts) co_return fail(batch, api::make_error_code(failure_of(*state, response->status)));
    if (batch.size() > 1) {
        if (verdict == Verdict::too_large) state->queue.limit_batch(batch.size() / 2);
        co_return co_await classify_halves(state, server, std::move(batch));
    }
    fail(batch, api::make_error_code(verdict == Verdict::too_large ? api::errc::input_too_long
                                                                   : api::errc::not_supported));
}

void send_what_waits(const Shared& state);

/// Gives the place of a request back, however it ends.
struct RequestPlace {
    Shared state;
    ~RequestPlace() { state->queue.request_ended(); }
};

asio::awaitable<void> send_batch(Shared state, Batch batch) {
    {
        const RequestPlace place{state};
        api::result<Server> server = state->server;
        if (!*server) server = co_await read_info(state);
        if (server) {
            co_await classify_batch(state, *server, std::move(batch));
        } else {
            fail(batch, server.error());
        }
    }
    send_what_waits(state);
}

void send_what_waits(const Shared& state) {
    const auto now = state->options.now();
    if (state->server && now - state->server_read >= state->options.info_lifetime)
        set_server(*state, nullptr);
    while (state->tasks != nullptr) {
        Batch batch = state->queue.take(now);
        if (batch.empty()) return;
        state->tasks->spawn(send_batch(state, std::move(batch)));
    }
}

/// One classify(): a text, the prediction that came for it, and the timer that ends the waiting.
struct Call {
    explicit Call(const asio::any_io_executor& executor, std::chrono::milliseconds timeout)
        : timer(executor, timeout) {}

    asio::steady_timer timer;
    std::optional<api::result<api::Prediction>> answer;
};

class HttpClassifier final : public RemoteClassifier {
public:
    HttpClassifier(const asio::any_io_executor& executor, Options options, net::HttpClient& client)
        : state_(std::make_shared<State>(std::move(options), client)), tasks_(executor) {
        state_->tasks = &tasks_;
    }

    ~HttpClassifier() override { state_->tasks = nullptr; }

    asio::awaitable<api::result<api::Prediction>> classify(std::string text) override {
        if (text.empty()) co_return api::make_error_code(api::errc::empty_input);
        const Shared state = state_;
        const auto executor = co_await asio::this_coro::executor;
        const auto call = std::make_shared<Call>(executor, state->options.timeout);
        const auto pending = std::make_shared<PendingText>();
        pending->text = std::move(text);
        pending->admitted = state->options.now();
        pending->deadline = pending->admitted + state->options.timeout;
        pending->complete = [call](api::result<api::Prediction> answer) {
            call->answer = std::move(answer);
            call->timer.cancel();
        };
        if (!state->queue.admit(pending)) co_return api::make_error_code(api::errc::overloaded);
        send_what_waits(state);

        boost::system::error_code ended;
        if (!call->answer) {
            std::tie(ended) = co_await call->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        if (call->answer) co_return std::move(*call->answer);
        pending->is_withdrawn = true;
        const bool was_cancelled = ended == asio::error::operation_aborted;
        co_return api::make_error_code(was_cancelled ? api::errc::cancelled : api::errc::unreachable);
    }

    std::shared_ptr<const ServerInfo> server() const override { return state_->server; }

    std::size_t waiting() const override { return state_->queue.waiting(); }

private:
    Shared state_;
    net::TaskGroup tasks_;
};

}  // namespace

std::unique_ptr<RemoteClassifier> create_remote_classifier(asio::any_io_executor executor, Options options,
                                                           net::HttpClient& client) {
    return std::make_unique<HttpClassifier>(executor, std::move(options), client);
}

}  // namespace nunchi::remote
