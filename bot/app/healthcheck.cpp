#include "bot/app/healthcheck.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <ostream>
#include <utility>

#include "adapters/net/http_client.hpp"
#include "bot/app/listeners.hpp"

namespace nunchi::bot {

net::result<net::Response> fetch(const std::string& url, std::chrono::seconds timeout) {
    namespace asio = boost::asio;
    asio::io_context context{1};
    auto client = net::create_http_client(context.get_executor(), {});
    if (!client) return client.error();
    net::ClientRequest request;
    request.url = url;
    request.timeout = timeout;
    net::result<net::Response> answer = net::errc::closed;
    asio::co_spawn(context, (*client)->send(std::move(request)),
                   [&](std::exception_ptr failure, net::result<net::Response> response) {
                       if (!failure) answer = std::move(response);
                       client->reset();
                   });
    context.run();
    return answer;
}

int run_healthcheck(std::ostream& out, const Program& program) {
    const auto& http = program.settings.http;
    const auto url = base_url(http, static_cast<std::uint16_t>(http.port)) + "/readyz";
    const auto answer = fetch(url, std::chrono::seconds(5));
    if (!answer) {
        out << "not running: " << url << ": " << answer.error().message() << "\n";
        return 1;
    }
    out << answer->body << "\n";
    return answer->status == 200 ? 0 : 1;
}

}  // namespace nunchi::bot
