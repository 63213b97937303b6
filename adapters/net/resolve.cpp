#include "adapters/net/resolve.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <memory>
#include <utility>

#include "adapters/net/signal.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// Shared with the question under way, which may outlast whoever asked.
struct Question {
    explicit Question(const asio::any_io_executor& executor) : resolver(executor), answered(executor) {}
    tcp::resolver resolver;
    Signal answered;
    error_code error;
    std::vector<tcp::endpoint> endpoints;
};

std::vector<tcp::endpoint> known_endpoints(const std::string& host, std::uint16_t port) {
    if (host == "localhost") {
        return {{asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}};
    }
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    return error ? std::vector<tcp::endpoint>() : std::vector<tcp::endpoint>{{address, port}};
}

void ask(const std::shared_ptr<Question>& question, const std::string& host, std::uint16_t port) {
    question->resolver.async_resolve(
        host, std::to_string(port), tcp::resolver::numeric_service,
        [question](const error_code& error, const tcp::resolver::results_type& results) {
            question->error = error;
            for (const auto& entry : results) question->endpoints.push_back(entry.endpoint());
            question->answered.set();
        });
}

}  // namespace

asio::awaitable<result<std::vector<tcp::endpoint>>> resolve(asio::any_io_executor executor, std::string host,
                                                            std::uint16_t port,
                                                            std::chrono::steady_clock::time_point deadline) {
    if (auto known = known_endpoints(host, port); !known.empty()) co_return known;
    const auto question = std::make_shared<Question>(executor);
    ask(question, host, port);
    const auto [woken] = co_await question->answered.wait(deadline);
    if (!question->answered.is_set()) {
        question->resolver.cancel();
        co_return woken == asio::error::operation_aborted ? woken : make_error_code(errc::timed_out);
    }
    if (question->error) co_return question->error;
    if (question->endpoints.empty()) co_return error_code(asio::error::host_not_found);
    co_return std::move(question->endpoints);
}

}  // namespace nunchi::net
