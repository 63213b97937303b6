#include "bot/pipeline/pipeline.hpp"

#include <exception>
#include <string>
#include <utility>
#include <variant>

#include "adapters/net/task_group.hpp"
#include "bot/pipeline/answer.hpp"
#include "bot/pipeline/command_task.hpp"
#include "bot/pipeline/edit_task.hpp"
#include "bot/pipeline/explanation_task.hpp"
#include "bot/pipeline/filter.hpp"
#include "bot/pipeline/message_task.hpp"
#include "bot/pipeline/resend_task.hpp"
#include "bot/pipeline/state.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

// Beyond max_in_flight so many more are told that there is too much, before even that is too much.
constexpr std::size_t kMaxRefusals = 256;
constexpr std::chrono::seconds kCancelGrace{5};

void log_failure(spdlog::logger& log, const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        log.error("a message was given up, because of an exception: {}", error.what());
    } catch (...) {
        log.error("a message was given up, because of an unknown exception");
    }
}

class TaskPipeline final : public Pipeline {
public:
    TaskPipeline(asio::any_io_executor executor, Options options, Dependencies dependencies)
        : state_(std::make_shared<State>(std::move(options), std::move(dependencies))),
          tasks_(std::move(executor),
                 [log = state_->log](const std::exception_ptr& thrown) { log_failure(*log, thrown); }) {}

    void set_platform(chat::Adapter& adapter, PlatformOptions options) override {
        std::string name(adapter.platform());
        state_->platforms.insert_or_assign(name, Platform{name, &adapter, options});
    }

    void set_command_handler(CommandHandler& handler) override { state_->commands = &handler; }

    void set_classifier(std::shared_ptr<api::Classifier> classifier) override {
        state_->classifier = std::move(classifier);
    }

    void forget_settings() override { state_->rules.forget(); }

    void deliver(chat::Delivery delivery) override {
        if (is_stopping_) return;
        std::visit([this, &delivery](auto& event) { take(std::move(event), std::move(delivery.receipt)); },
                   delivery.event);
    }

    asio::awaitable<void> resend_pending() override;
    std::size_t in_flight() const override { return tasks_.size(); }
    asio::awaitable<bool> stop(std::chrono::steady_clock::duration at_most) override;

private:
    enum class Room {
        free,
        for_refusals,  // max_in_flight is reached
        none,
    };

    void take(chat::MessageCreated event, chat::Receipt receipt);
    void take(chat::MessageEdited event, chat::Receipt receipt);
    void take(chat::ExplanationRequested event, chat::Receipt receipt);
    void take(chat::ReaderReturned event, chat::Receipt receipt);
    void take(chat::CommandInvoked event, chat::Receipt receipt);

    const Platform* platform_of(const chat::Place& place) const;
    Room room() const;
    void refuse(const Platform& platform, const chat::Message& message, PassedOver reason,
                chat::Receipt receipt);

    StatePtr state_;
    bool is_stopping_ = false;
    net::TaskGroup tasks_;
};

const Platform* TaskPipeline::platform_of(const chat::Place& place) const {
    const auto found = state_->platforms.find(place.platform);
    if (found != state_->platforms.end()) return &found->second;
    state_->log->error("an event of the unknown platform \"{}\" was dropped", place.platform);
    return nullptr;
}

TaskPipeline::Room TaskPipeline::room() const {
    const std::size_t taken = tasks_.size() + state_->messages->waiting();
    if (taken < state_->options.max_in_flight) return Room::free;
    return taken < state_->options.max_in_flight + kMaxRefusals ? Room::for_refusals : Room::none;
}

void TaskPipeline::take(chat::MessageCreated event, chat::Receipt receipt) {
    chat::Message& message = event.message;
    const Platform* const platform = platform_of(message.ref.place);
    if (platform == nullptr) return;
    state_->observer.on_received(platform->name);
    if (const auto reason = why_not_read(message)) {
        return refuse(*platform, message, *reason, std::move(receipt));
    }
    if (room() != Room::free) {
        state_->warn(Trouble::full, *platform, "a message was not taken: too many are in flight");
        return refuse(*platform, message, PassedOver::overloaded, std::move(receipt));
    }
    if (!state_->messages->claim(message.ref, std::move(receipt))) {
        return state_->observer.on_passed_over(platform->name, PassedOver::duplicate);
    }
    Claim claim(state_->messages, message.ref);
    if (message.received == std::chrono::steady_clock::time_point{}) message.received = state_->options.now();
    tasks_.spawn(answer_message(state_, *platform, std::move(message), std::move(claim)));
}

void TaskPipeline::refuse(const Platform& platform, const chat::Message& message, PassedOver reason,
                          chat::Receipt receipt) {
    const bool is_told = platform.adapter->capabilities().shows_notices && room() != Room::none &&
                         notice_for(reason, message.ref, message.locale).has_value();
    if (!is_told) {
        // Overload ends: the platform may deliver the message again. Nothing else becomes readable.
        if (reason != PassedOver::overloaded) receipt.handled();
        return state_->observer.on_passed_over(platform.name, reason);
    }
    if (!state_->messages->claim(message.ref, std::move(receipt))) {
        return state_->observer.on_passed_over(platform.name, PassedOver::duplicate);
    }
    Claim claim(state_->messages, message.ref);
    tasks_.spawn(refuse_message(state_, platform, message.locale, reason, std::move(claim)));
}

void TaskPipeline::take(chat::MessageEdited event, chat::Receipt receipt) {
    const Platform* const platform = platform_of(event.message.ref.place);
    if (platform == nullptr) return;
    // The answer that stands there is the lesser evil; another delivery would meet the same crowd.
    receipt.handled();
    if (room() == Room::free) tasks_.spawn(answer_edit(state_, *platform, std::move(event.message)));
}

void TaskPipeline::take(chat::CommandInvoked event, chat::Receipt receipt) {
    const Platform* const platform = platform_of(event.ref.place);
    if (platform == nullptr) return;
    receipt.handled();
    if (state_->commands == nullptr) return;
    // Admins get through a crowd of messages, to mend what crowds them.
    if (room() != Room::none) tasks_.spawn(answer_command(state_, *platform, std::move(event)));
}

void TaskPipeline::take(chat::ExplanationRequested event, chat::Receipt receipt) {
    const Platform* const platform = platform_of(event.ref.place);
    if (platform == nullptr) return;
    if (!platform->adapter->capabilities().can_explain) return receipt.handled();
    const Room left = room();
    if (left == Room::none) return;
    auto slot = left == Room::free ? state_->explanations->take(event.ref.place) : std::nullopt;
    if (slot) {
        tasks_.spawn(
            answer_explanation(state_, *platform, std::move(event), std::move(receipt), std::move(*slot)));
    } else {
        const PassedOver reason = left == Room::free ? PassedOver::cooldown : PassedOver::overloaded;
        tasks_.spawn(refuse_explanation(state_, *platform, std::move(event), std::move(receipt), reason));
    }
}

void TaskPipeline::take(chat::ReaderReturned event, chat::Receipt receipt) {
    const Platform* const platform = platform_of(event.place);
    if (platform == nullptr) return;
    tasks_.spawn(resend_to_reader(state_, *platform, std::move(event.place)));
    // After a crash the reader returns again.
    receipt.handled();
}

asio::awaitable<void> TaskPipeline::resend_pending() {
    auto places = co_await leftovers(state_);
    for (std::vector<store::Effect>& effects : places) {
        const Platform* const platform = platform_of(effects.front().to.place);
        tasks_.spawn(resend(state_, *platform, std::move(effects)));
    }
}

asio::awaitable<bool> TaskPipeline::stop(std::chrono::steady_clock::duration at_most) {
    is_stopping_ = true;
    const bool has_ended = co_await tasks_.join(at_most);
    if (has_ended) co_return true;
    state_->log->warn(
        "{} messages were cut off: those not recorded are delivered again by their platforms, "
        "answers that are recorded go out at the next start where that shows them once",
        tasks_.size());
    tasks_.cancel();
    co_await tasks_.join(kCancelGrace);
    co_return false;
}

}  // namespace

std::unique_ptr<Pipeline> create_pipeline(asio::any_io_executor executor, Options options,
                                          Dependencies dependencies) {
    return std::make_unique<TaskPipeline>(std::move(executor), std::move(options), std::move(dependencies));
}

}  // namespace nunchi::pipeline
