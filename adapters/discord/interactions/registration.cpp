#include "adapters/discord/interactions/registration.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "adapters/discord/interactions/command_definitions.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::interactions {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::chrono::minutes kMaxAge{5};

class Registration {
public:
    Registration(rest::RestClient& rest, chat::StateStore& store, std::shared_ptr<spdlog::logger> log,
                 std::string application)
        : rest_(rest),
          store_(store),
          log_(std::move(log)),
          application_(std::move(application)),
          key_("discord/commands/" + application_) {}

    asio::awaitable<Registered> run() {
        json definitions = command_definitions();
        const std::string fingerprint = fingerprint_of(definitions);
        const auto known = co_await store_.get(key_);
        // A store that cannot be read costs one PUT of unchanged names, which creates nothing.
        if (known && *known == fingerprint) co_return Registered::unchanged;
        const Registered outcome = co_await send(std::move(definitions));
        if (outcome == Registered::done) co_await remember(fingerprint);
        co_return outcome;
    }

private:
    asio::awaitable<Registered> send(json definitions) {
        const auto failure = co_await put(definitions);
        if (!failure) co_return Registered::done;
        const auto step = step_after_failure(failure->status, failure->discord_code, false);
        if (step != RegistrationStep::send_without_option_localizations) {
            co_return give_up(*failure, step);
        }
        json plain = without_option_localizations(std::move(definitions));
        const auto second = co_await put(std::move(plain));
        if (second) {
            co_return give_up(*second, step_after_failure(second->status, second->discord_code, true));
        }
        log_->warn("discord: this server takes no localised options; commands are Korean, options English");
        co_return Registered::done;
    }

    asio::awaitable<std::optional<rest::Failure>> put(json definitions) {
        rest::Call call;
        call.route = rest::global_commands("PUT", application_);
        call.body = std::move(definitions);
        call.max_age = kMaxAge;
        auto answer = co_await rest_.send(std::move(call));
        if (answer) co_return std::nullopt;
        co_return std::move(answer).error();
    }

    Registered give_up(const rest::Failure& failure, RegistrationStep step) {
        if (step == RegistrationStep::give_up_for_today) {
            log_->error(
                "discord: the commands could not be registered: 200 were created in the last day, which is "
                "Discord's limit. Start again tomorrow");
            return Registered::limit_reached;
        }
        log_->error("discord: the commands could not be registered: {}", failure.message);
        return Registered::failed;
    }

    asio::awaitable<void> remember(std::string fingerprint) {
        const auto put = co_await store_.put(key_, std::move(fingerprint));
        if (!put) log_->warn("discord: cannot store {}: {}", key_, put.error().message());
        log_->info("discord: the commands are registered");
    }

    rest::RestClient& rest_;
    chat::StateStore& store_;
    std::shared_ptr<spdlog::logger> log_;
    std::string application_;
    std::string key_;
};

}  // namespace

asio::awaitable<Registered> register_commands(rest::RestClient& rest, chat::StateStore& store,
                                              std::shared_ptr<spdlog::logger> log, std::string application) {
    Registration registration(rest, store, std::move(log), std::move(application));
    const Registered outcome = co_await registration.run();
    co_return outcome;
}

}  // namespace nunchi::discord::interactions
