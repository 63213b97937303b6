#include "tests/integration/net/probe_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/net/http_client.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

namespace {

struct ClientFlags {
    ClientOptions options;
    std::string ca_file;
    std::vector<std::string> urls;
    std::string method = "GET";
    std::vector<std::string> headers;  // "Name: value"
    std::string body;
    std::size_t body_bytes = 0;  // of "x", in place of the body
    std::int64_t timeout_ms = 10'000;
    std::int64_t idle_ms = 0;
};

Headers parse_headers(const std::vector<std::string>& lines) {
    Headers headers;
    for (const std::string& line : lines) {
        const std::size_t colon = line.find(": ");
        headers.add(line.substr(0, colon), line.substr(colon + 2));
    }
    return headers;
}

void print(const nlohmann::json& line) {
    std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
}

nlohmann::json describe(const boost::system::error_code& error) {
    return {{"error", error.message()}, {"category", error.category().name()}};
}

nlohmann::json describe(const Response& response) {
    nlohmann::json headers = nlohmann::json::object();
    for (const auto& [name, value] : response.headers) headers[name] = value;
    return {{"status", response.status}, {"headers", headers}, {"body", response.body}};
}

asio::awaitable<void> fetch(HttpClient* client, std::shared_ptr<ClientFlags> flags) {
    for (const std::string& url : flags->urls) {
        ClientRequest request;
        request.method = flags->method;
        request.url = url;
        request.headers = parse_headers(flags->headers);
        request.body = flags->body_bytes > 0 ? std::string(flags->body_bytes, 'x') : flags->body;
        request.timeout = std::chrono::milliseconds(flags->timeout_ms);
        const auto response = co_await client->send(std::move(request));
        print(response ? describe(*response) : describe(response.error()));
    }
}

asio::awaitable<void> talk(HttpClient* client, std::shared_ptr<ClientFlags> flags) {
    WebSocketRequest request;
    request.url = flags->urls.front();
    request.headers = parse_headers(flags->headers);
    request.timeout = std::chrono::milliseconds(flags->timeout_ms);
    request.idle = std::chrono::milliseconds(flags->idle_ms);
    const auto websocket = co_await client->connect(std::move(request));
    if (!websocket) co_return print(describe(websocket.error()));
    boost::system::error_code ended;
    for (std::string line; !ended && std::getline(std::cin, line);) {
        const auto written = co_await (*websocket)->write(text_frame(line));
        if (!written) ended = written.error();
        if (ended) break;
        const auto frame = co_await (*websocket)->read();
        if (frame) print({{"text", frame->payload}, {"binary", frame->is_binary}});
        if (!frame) ended = frame.error();
    }
    if (!ended) co_await (*websocket)->close(1000, "goodbye");
    nlohmann::json closed = describe(ended);
    closed["code"] = (*websocket)->close_code();
    closed["reason"] = (*websocket)->close_reason();
    print(closed);
}

using Command = asio::awaitable<void> (*)(HttpClient*, std::shared_ptr<ClientFlags>);

void run(Command command, const std::shared_ptr<ClientFlags>& flags) {
    asio::io_context context(1);
    flags->options.ca_file = flags->ca_file;
    auto client = create_http_client(context.get_executor(), flags->options);
    if (!client) throw boost::system::system_error(client.error());
    asio::co_spawn(context, command(client->get(), flags), [](const std::exception_ptr& thrown) {
        if (thrown) std::rethrow_exception(thrown);
    });
    context.run();
}

void add_command(CLI::App& app, const std::string& name, const std::string& help, Command function) {
    const auto flags = std::make_shared<ClientFlags>();
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("url", flags->urls)->required();
    command->add_option("--ca-file", flags->ca_file);
    command->add_option("--proxy", flags->options.proxy);
    command->add_option("--no-proxy", flags->options.no_proxy);
    command->add_option("--allow-plain", flags->options.allow_plain);
    command->add_option("--max-response-bytes", flags->options.max_response_bytes);
    command->add_option("--method", flags->method);
    command->add_option("--header", flags->headers);
    command->add_option("--body", flags->body);
    command->add_option("--body-bytes", flags->body_bytes);
    command->add_option("--timeout-ms", flags->timeout_ms);
    command->add_option("--idle-ms", flags->idle_ms);
    command->callback([flags, function] { run(function, flags); });
}

}  // namespace

void add_client_commands(CLI::App& app) {
    add_command(app, "fetch", "one request after the other", fetch);
    add_command(app, "talk", "the lines of standard input over a WebSocket", talk);
}

}  // namespace nunchi::net
