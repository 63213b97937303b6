#include "bot/app/listeners.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <system_error>
#include <utility>

#include "bot/access/access_guard.hpp"
#include "bot/access/entry_key.hpp"
#include "config/limited_file.hpp"
#include "config/paths.hpp"

namespace nunchi::bot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTokenBytes = 4096;

api::Failure cannot_write(const fs::path& file) {
    return api::failure(api::errc::io_error,
                        fmt::format("{}: the token of the private listener cannot be written there: {}. Make "
                                    "the folder writable or set http.token_file.",
                                    file.string(), std::generic_category().message(errno)));
}

/// Made under its name at once with all of its content, so that two starts at a time agree.
api::outcome<void> create_token_file(const fs::path& file) {
    const auto fresh = fs::path(file).concat("." + std::to_string(getpid()));
    const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return cannot_write(fresh);
    const auto text = access::make_token().reveal() + "\n";
    const bool is_written =
        write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        fsync(descriptor) == 0;
    close(descriptor);
    const bool is_linked = is_written && (link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const int reason = errno;
    unlink(fresh.c_str());
    errno = reason;
    if (!is_linked) return cannot_write(file);
    return {};
}

api::outcome<config::Secret> token_in_state_folder(const config::Environment& environment) {
    const auto file = config::state_dir(environment) / "http_token";
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (!fs::exists(file, error)) {
        if (auto created = create_token_file(file); !created) return created.error();
    }
    auto read = config::read_limited_file(file, kMaxTokenBytes);
    while (!read.content.empty() && read.content.back() == '\n') read.content.pop_back();
    if (read.error.empty() && !read.content.empty()) return config::Secret(std::move(read.content));
    return api::failure(api::errc::io_error,
                        fmt::format("{}: the token cannot be read: {}. Remove the file to get a new one.",
                                    file.string(), read.error.empty() ? "it is empty" : read.error));
}

std::string shown_address(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

void report(const std::shared_ptr<spdlog::logger>& log, std::exception_ptr failure) {
    try {
        std::rethrow_exception(std::move(failure));
    } catch (const std::exception& error) {
        log->error("an HTTP handler failed: {}", error.what());
    }
}

api::outcome<std::unique_ptr<net::HttpServer>> open_listener(boost::asio::any_io_executor executor,
                                                             net::Router router, net::ServerOptions options,
                                                             const char* port_key) {
    const auto place = fmt::format("{}:{}", shown_address(options.address), options.port);
    auto server = net::create_http_server(std::move(executor), std::move(router), std::move(options));
    if (server) return std::move(*server);
    return api::failure(
        api::errc::io_error,
        fmt::format("cannot listen on {}: {}. Is Nunchi running already? Set {} to another port "
                    "(0 takes a free one).",
                    place, server.error().message(), port_key));
}

}  // namespace

std::vector<std::string> known_hosts(const config::HttpSettings& http) {
    std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};
    for (auto& host : config::list_items(http.allowed_hosts)) hosts.push_back(std::move(host));
    return hosts;
}

api::outcome<config::Secret> private_token(const config::HttpSettings& http,
                                           const config::Environment& environment) {
    if (!http.token.empty() || access::is_loopback(http.address)) return http.token;
    return token_in_state_folder(environment);
}

std::string base_url(const config::HttpSettings& http, std::uint16_t port) {
    const bool is_any = http.address == "0.0.0.0" || http.address == "::";
    return fmt::format("http://{}:{}", is_any ? "127.0.0.1" : shown_address(http.address), port);
}

api::outcome<std::unique_ptr<net::HttpServer>> open_private_listener(boost::asio::any_io_executor executor,
                                                                     net::Router router,
                                                                     const config::HttpSettings& http,
                                                                     const config::Secret& token,
                                                                     std::shared_ptr<spdlog::logger> log) {
    net::ServerOptions options;
    options.address = http.address;
    options.port = static_cast<std::uint16_t>(http.port);
    options.gate = [guard = access::AccessGuard({token, config::list_items(http.allowed_hosts)})](
                       const net::Request& request) { return guard.refusal(request); };
    options.default_headers.set("X-Content-Type-Options", "nosniff");
    options.on_failure = [log](std::exception_ptr failure) { report(log, std::move(failure)); };
    return open_listener(std::move(executor), std::move(router), std::move(options), "http.port");
}

api::outcome<std::unique_ptr<net::HttpServer>> open_public_listener(boost::asio::any_io_executor executor,
                                                                    net::Router router,
                                                                    const config::HttpSettings& http,
                                                                    std::shared_ptr<spdlog::logger> log) {
    net::ServerOptions options;
    options.address = http.public_address;
    options.port = static_cast<std::uint16_t>(http.public_port);
    options.max_connections = 1024;
    options.on_failure = [log](std::exception_ptr failure) { report(log, std::move(failure)); };
    return open_listener(std::move(executor), std::move(router), std::move(options), "http.public_port");
}

}  // namespace nunchi::bot
