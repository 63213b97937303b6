#include "bot/app/daemon.hpp"

#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/adapter.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/slack/adapter.hpp"
#include "adapters/web/adapter.hpp"
#include "bot/access/entry_route.hpp"
#include "bot/app/discord_metrics.hpp"
#include "bot/app/discord_options.hpp"
#include "bot/app/listeners.hpp"
#include "bot/app/platform_options.hpp"
#include "bot/app/served_classifier.hpp"
#include "bot/app/slack_metrics.hpp"
#include "bot/app/slack_options.hpp"
#include "bot/commands/commands.hpp"
#include "bot/http_api/api_routes.hpp"
#include "bot/ops/metrics.hpp"
#include "bot/ops/readiness.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"
#include "config/build_info.hpp"
#include "config/logging.hpp"
#include "config/paths.hpp"
#include "config/settings_error.hpp"

namespace nunchi::bot {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kFinishWithin{10};
constexpr std::chrono::seconds kCloseWithin{2};
constexpr std::chrono::milliseconds kSameSignalWithin{300};
constexpr std::chrono::minutes kSweepEvery{10};
constexpr std::chrono::seconds kGoldenRetry{5};
constexpr std::chrono::minutes kGoldenEvery{5};

store::Options store_options(const DaemonOptions& options) {
    store::Options made;
    made.url = options.settings.store.url;
    made.sqlite_file = options.settings.store.path;
    if (made.url.empty() && made.sqlite_file.empty()) {
        made.sqlite_file = config::state_dir(options.environment) / "nunchi.db";
    }
    made.on_error = [log = options.log](const std::string& message) { log->error("store: {}", message); };
    made.on_notice = [log = options.log](const std::string& message) { log->info("store: {}", message); };
    return made;
}

/// The members are in the order of their making: each may use those above it, and is destroyed before them.
class Daemon {
public:
    explicit Daemon(DaemonOptions options) : options_(std::move(options)), log_(options_.log) {}

    api::outcome<void> start();
    void run() { context_.run(); }

private:
    api::outcome<void> open_parts();
    api::outcome<void> open_platforms();
    api::outcome<void> open_listeners();
    void add_gauges();
    void add_checks();
    web::Options web_adapter_options();
    std::vector<chat::Adapter*> platforms() const;
    commands::Dependencies command_dependencies();
    bool is_slack(std::string_view platform) const { return slack_ && platform == slack_->platform(); }
    void use(ServedClassifier served);
    void apply(config::Settings settings);

    asio::awaitable<void> work();
    asio::awaitable<void> run_platform(chat::Adapter* adapter);
    asio::awaitable<void> keep_store_small();
    asio::awaitable<void> watch_golden_sentence();
    asio::awaitable<void> wait_for_stop();
    asio::awaitable<void> wait_for_second_signal();
    asio::awaitable<void> wait_for_reload();
    asio::awaitable<void> reload();
    asio::awaitable<void> stop();
    asio::awaitable<api::outcome<ServedClassifier>> load_beside(config::ClassifierSettings settings);

    DaemonOptions options_;
    std::shared_ptr<spdlog::logger> log_;
    asio::io_context context_{1};
    asio::thread_pool loader_{1};  // loads models beside the one that serves
    ops::Metrics metrics_;
    ops::Readiness readiness_;
    std::unique_ptr<net::HttpClient> client_;
    ServedClassifier served_;
    std::shared_ptr<ops::GoldenSentence> golden_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<web::WebAdapter> web_;
    std::unique_ptr<discord::DiscordAdapter> discord_;
    std::unique_ptr<slack::SlackAdapter> slack_;
    std::unique_ptr<pipeline::CommandHandler> commands_;
    std::unique_ptr<pipeline::Pipeline> pipeline_;
    config::Secret token_;
    std::unique_ptr<net::HttpServer> private_listener_;
    std::unique_ptr<net::HttpServer> public_listener_;
    asio::signal_set stop_signals_{context_, SIGTERM, SIGINT};
    asio::signal_set reload_signal_{context_, SIGHUP};
    net::TaskGroup tasks_{context_.get_executor(), [this](std::exception_ptr failure) {
                              try {
                                  std::rethrow_exception(std::move(failure));
                              } catch (const std::exception& error) {
                                  log_->error("a background task ended: {}", error.what());
                              }
                          }};
};

api::outcome<void> Daemon::open_parts() {
    auto client = net::create_http_client(context_.get_executor(), client_options(options_.settings.net));
    if (!client) {
        return api::failure(api::errc::io_error, "net.ca_file or net.proxy cannot be used: " +
                                                     client.error().message() + ". Check both settings.");
    }
    client_ = std::move(*client);
    auto opened = store::open_store(store_options(options_));
    if (!opened) return opened.error();
    store_ = std::move(*opened);
    auto served = make_served_classifier(options_.settings.classifier, options_.environment, log_,
                                         context_.get_executor(), *client_);
    if (!served) return served.error();
    pipeline_ = pipeline::create_pipeline(context_.get_executor(), pipeline_options(options_.settings.bot),
                                          {served->model->classifier, *store_, metrics_, log_});
    use(std::move(*served));
    commands_ = commands::create_commands(command_dependencies());
    pipeline_->set_command_handler(*commands_);
    return {};
}

commands::Dependencies Daemon::command_dependencies() {
    return {.classifier = [this] { return served_.model->classifier; },
            .store = *store_,
            .standard =
                [this](std::string_view platform) {
                    if (is_slack(platform)) return slack_platform_options(options_.settings);
                    const bool is_discord = discord_ && platform == discord_->platform();
                    return is_discord ? discord_platform_options(options_.settings)
                                      : platform_options(options_.settings.bot);
                },
            .answer_mode =
                [this](std::string_view platform) {
                    const auto& bot = options_.settings.bot;
                    return is_slack(platform) ? slack_answer_mode(bot) : answer_mode(bot);
                },
            .words =
                [this](std::string_view platform) {
                    return is_slack(platform) ? slack_words() : commands::Words{};
                },
            .on_changed = [this] { pipeline_->forget_settings(); },
            .log = log_};
}

void Daemon::use(ServedClassifier served) {
    served_ = std::move(served);
    golden_ = std::make_shared<ops::GoldenSentence>(served_.golden_text, served_.golden_emotion);
    pipeline_->set_classifier(served_.model->classifier);
}

web::Options Daemon::web_adapter_options() {
    web::Options options;
    options.allowed_hosts = known_hosts(options_.settings.http);
    options.model_card = [this] { return web::ModelCard{served_.model->id, served_.attribution}; };
    return options;
}

void Daemon::add_gauges() {
    const auto platform = [](std::string_view name) {
        return std::map<std::string, std::string>{{"platform", std::string(name)}};
    };
    metrics_.add_gauge("nunchi_in_flight", "Messages that are worked on", {},
                       [this] { return static_cast<double>(pipeline_->in_flight()); });
    metrics_.add_gauge("nunchi_store_backlog", "Calls that wait for the storage thread", {},
                       [this] { return static_cast<double>(store_->backlog()); });
    metrics_.add_gauge("nunchi_http_connections", "Open connections of the private listener", {},
                       [this] { return static_cast<double>(private_listener_->connections()); });
    if (discord_) add_discord_metrics(metrics_, *discord_);
    if (slack_) add_slack_metrics(metrics_, *slack_);
    for (chat::Adapter* adapter : platforms()) {
        metrics_.add_gauge(
            "nunchi_platform_connected", "1 when events can come in", platform(adapter->platform()),
            [adapter] { return adapter->status().health == chat::Health::connected ? 1.0 : 0.0; });
    }
}

void Daemon::add_checks() {
    readiness_.add([this] { return golden_->check(); });
    for (chat::Adapter* adapter : platforms()) {
        readiness_.add([adapter] { return ops::platform_check(adapter->platform(), adapter->status()); });
    }
}

api::outcome<void> Daemon::open_listeners() {
    const auto& http = options_.settings.http;
    auto token = private_token(http, options_.environment);
    if (!token) return token.error();
    token_ = std::move(*token);

    net::Router router;
    http_api::add_api_routes(
        router, {[this] { return served_.model; }, [this] { return readiness_.checks(); }, metrics_});
    if (!token_.empty()) access::add_entry_route(router, token_, *store_);
    if (web_) web_->add_routes(router);
    auto listener = open_private_listener(context_.get_executor(), std::move(router), http, token_, log_);
    if (!listener) return listener.error();
    private_listener_ = std::move(*listener);

    if (http.public_port != 0) {
        net::Router outer_router;
        if (discord_) discord_->add_routes(outer_router);
        if (slack_) slack_->add_routes(outer_router);
        auto outer = open_public_listener(context_.get_executor(), std::move(outer_router), http, log_);
        if (!outer) return outer.error();
        public_listener_ = std::move(*outer);
    }
    return {};
}

api::outcome<void> Daemon::start() {
    if (auto opened = open_parts(); !opened) return opened.error();
    if (auto opened = open_platforms(); !opened) return opened.error();
    if (auto opened = open_listeners(); !opened) return opened.error();
    add_gauges();
    add_checks();
    tasks_.spawn(work());
    tasks_.spawn(keep_store_small());
    tasks_.spawn(watch_golden_sentence());
    tasks_.spawn(wait_for_reload());
    asio::co_spawn(context_, wait_for_stop(), [this](std::exception_ptr failure) {
        if (failure) log_->critical("stopping failed");
        context_.stop();
    });
    return {};
}

api::outcome<void> Daemon::open_platforms() {
    const auto& settings = options_.settings;
    if (settings.web.enabled) {
        web_ = web::create_web_adapter(context_.get_executor(), web_adapter_options());
        pipeline_->set_platform(*web_, web_options(settings));
    }
    if (!settings.discord.token.empty()) {
        auto options = discord_options(settings.discord, settings.net);
        if (!options) return options.error();
        discord_ = discord::create_discord_adapter(context_.get_executor(), std::move(*options),
                                                   {*client_, *store_, log_});
        pipeline_->set_platform(*discord_, discord_platform_options(settings));
    }
    if (!settings.slack.bot_token.empty()) {
        auto options = slack_options(settings.slack, settings.net);
        if (!options) return options.error();
        slack_ = slack::create_slack_adapter(context_.get_executor(), std::move(*options),
                                             {*client_, *store_, log_});
        pipeline_->set_platform(*slack_, slack_platform_options(settings));
    }
    return {};
}

std::vector<chat::Adapter*> Daemon::platforms() const {
    std::vector<chat::Adapter*> all;
    if (web_) all.push_back(web_.get());
    if (discord_) all.push_back(discord_.get());
    if (slack_) all.push_back(slack_.get());
    return all;
}

asio::awaitable<void> Daemon::work() {
    co_await pipeline_->resend_pending();
    auto url = base_url(options_.settings.http, private_listener_->port());
    log_->info("listening on {}", url);
    if (!token_.empty()) url = access::entry_link(url, token_, access::Clock::now());
    if (options_.on_open) options_.on_open(url);
    for (chat::Adapter* adapter : platforms()) tasks_.spawn(run_platform(adapter));
}

/// An adapter ends by itself only when the operator has to mend something; the others go on.
asio::awaitable<void> Daemon::run_platform(chat::Adapter* adapter) {
    co_await adapter->run(*pipeline_);
    const auto status = adapter->status();
    if (status.health == chat::Health::failed) {
        log_->error("{} has stopped: {}", adapter->platform(), status.reason);
    }
}

asio::awaitable<void> Daemon::keep_store_small() {
    asio::steady_timer timer(context_);
    for (;;) {
        if (const auto removed = co_await store_->remove_expired(); !removed) {
            log_->warn("the store could not remove what has expired: {}", removed.error().message());
        }
        timer.expires_after(kSweepEvery);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> Daemon::watch_golden_sentence() {
    asio::steady_timer timer(context_);
    for (;;) {
        const auto golden = golden_;  // a reload may put another one in its place
        co_await golden->classify(served_.model->classifier);
        const auto check = golden->check();
        if (!check.is_ok) log_->warn("not ready: {}", check.detail);
        timer.expires_after(check.is_ok ? std::chrono::seconds(kGoldenEvery) : kGoldenRetry);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> Daemon::wait_for_stop() {
    const int signal = co_await stop_signals_.async_wait(asio::use_awaitable);
    log_->info("stopping ({}); a second signal ends at once", signal == SIGINT ? "SIGINT" : "SIGTERM");
    tasks_.spawn(wait_for_second_signal());
    co_await stop();
    log_->info("stopped");
}

/// Who starts programs often sends a signal twice, to the process and to its group: that is one.
asio::awaitable<void> Daemon::wait_for_second_signal() {
    const auto first = std::chrono::steady_clock::now();
    for (;;) {
        const int signal = co_await stop_signals_.async_wait(asio::use_awaitable);
        if (std::chrono::steady_clock::now() - first > kSameSignalWithin) _exit(128 + signal);
    }
}

asio::awaitable<void> Daemon::stop() {
    for (chat::Adapter* adapter : platforms()) adapter->stop_intake();
    const bool is_finished = co_await pipeline_->stop(kFinishWithin);
    if (!is_finished) {
        log_->warn("some messages were not finished in time; they will be delivered again");
    }
    if (public_listener_) co_await public_listener_->stop(kCloseWithin);
    co_await private_listener_->stop(kCloseWithin);
    tasks_.cancel();
    co_await tasks_.join(kCloseWithin);
}

asio::awaitable<void> Daemon::wait_for_reload() {
    for (;;) {
        co_await reload_signal_.async_wait(asio::use_awaitable);
        co_await reload();
    }
}

asio::awaitable<void> Daemon::reload() {
    std::optional<config::LoadedSettings> loaded;
    try {
        loaded = config::load_settings(options_.settings_file, options_.environment);
    } catch (const config::SettingsError& error) {
        log_->error("the settings were not reloaded; the former ones hold: {}", error.what());
        co_return;
    }
    for (const auto& warning : loaded->warnings) log_->warn(warning);
    if (loaded->settings.classifier != options_.settings.classifier) {
        auto served = co_await load_beside(loaded->settings.classifier);
        if (!served) {
            log_->error("the settings were not reloaded; the former ones hold: {}", served.error().message);
            co_return;
        }
        use(std::move(*served));
        co_await golden_->classify(served_.model->classifier);
    }
    apply(std::move(loaded->settings));
}

/// The remote client belongs to the I/O thread; a model is loaded on the loader's.
asio::awaitable<api::outcome<ServedClassifier>> Daemon::load_beside(config::ClassifierSettings settings) {
    if (settings.url.empty()) co_await asio::post(asio::bind_executor(loader_, asio::use_awaitable));
    auto served =
        make_served_classifier(settings, options_.environment, log_, context_.get_executor(), *client_);
    if (settings.url.empty()) co_await asio::post(asio::bind_executor(context_, asio::use_awaitable));
    co_return served;
}

void Daemon::apply(config::Settings settings) {
    const auto& now = options_.settings;
    if (settings.http != now.http || settings.store != now.store || settings.net != now.net ||
        settings.discord != now.discord || settings.slack != now.slack ||
        settings.web.enabled != now.web.enabled) {
        log_->warn(
            "changes of [discord], [slack], [http], [store], [net] and web.enabled hold after a restart");
    }
    config::set_level(*log_, settings.log.level);
    if (web_) pipeline_->set_platform(*web_, web_options(settings));
    if (discord_) pipeline_->set_platform(*discord_, discord_platform_options(settings));
    if (slack_) pipeline_->set_platform(*slack_, slack_platform_options(settings));
    options_.settings = std::move(settings);
    log_->info("the settings were reloaded");
}

}  // namespace

api::outcome<int> run_daemon(DaemonOptions options) {
    options.log->info("{}", config::version_line("nunchi"));
    std::signal(SIGPIPE, SIG_IGN);
    Daemon daemon(std::move(options));
    if (auto started = daemon.start(); !started) return started.error();
    daemon.run();
    return EX_OK;
}

}  // namespace nunchi::bot
