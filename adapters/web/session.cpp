#include "adapters/web/session.hpp"

#include <utility>

#include "adapters/web/phrases.hpp"

namespace nunchi::web {
namespace {

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace

Session::Session(SessionLimits limits, TimePoint now)
    : limits_(limits), deadline_(now + limits.hello_within), bucket_(limits.messages, now) {}

Step Session::on_frame(const net::Frame& frame, TimePoint now) {
    if (state_ == State::ended) return Nothing{};
    if (frame.is_binary) return refuse(errc::malformed);
    auto parsed = parse_from_page(frame.payload);
    if (!parsed) return refuse(static_cast<errc>(parsed.error().value()));
    const bool is_hello = std::holds_alternative<Hello>(*parsed);
    if (is_hello != (state_ == State::expecting_hello)) return refuse(errc::malformed);
    return std::visit(Overloaded{
                          [&](Hello& hello) { return on_hello(std::move(hello)); },
                          [&](PageMessage& message) { return on_message(std::move(message), now); },
                          [&](PageQuestion& question) { return on_question(std::move(question), now); },
                          [&](Received& received) -> Step { return Confirm{std::move(received.id)}; },
                          [&](const LocaleChange& change) -> Step {
                              locale_ = change.locale;
                              return Nothing{};
                          },
                      },
                      *parsed);
}

std::optional<Session::TimePoint> Session::deadline() const {
    if (state_ != State::expecting_hello) return std::nullopt;
    return deadline_;
}

Step Session::on_time(TimePoint now) {
    if (state_ != State::expecting_hello || now < deadline_) return Nothing{};
    state_ = State::ended;
    return End{close_code::kNoHello, std::nullopt};
}

Step Session::on_hello(Hello hello) {
    state_ = State::open;
    locale_ = hello.locale;
    return Greet{std::move(hello.conversation)};
}

Step Session::on_message(PageMessage message, TimePoint now) {
    if (auto notice = objection_to(message.id, message.text, now)) return Object{std::move(*notice)};
    return Take{std::move(message)};
}

Step Session::on_question(PageQuestion question, TimePoint now) {
    if (auto notice = objection_to(question.id, question.text, now)) return Object{std::move(*notice)};
    return Ask{std::move(question)};
}

std::optional<PageNotice> Session::objection_to(const std::string& id, const std::string& text,
                                                TimePoint now) {
    if (count_code_points(text) > limits_.max_text) {
        return PageNotice{id, "too_long", too_long_text(locale_, limits_.max_text)};
    }
    if (!bucket_.take(now)) return PageNotice{id, "too_fast", too_fast_text(locale_)};
    return std::nullopt;
}

Step Session::refuse(errc why) {
    state_ = State::ended;
    if (why == errc::wrong_version) {
        return End{close_code::kRefused, Refused{"version", std::string(wrong_version_text())}};
    }
    return End{close_code::kRefused, Refused{"malformed", std::string(malformed_text())}};
}

}  // namespace nunchi::web
