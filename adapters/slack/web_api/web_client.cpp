#include "adapters/slack/web_api/web_client.hpp"

#include <utility>

#include "adapters/slack/web_api/core.hpp"

namespace nunchi::slack::web_api {
namespace {

namespace asio = boost::asio;

class Client final : public WebClient {
public:
    explicit Client(std::shared_ptr<Core> core) : core_(std::move(core)) {}

    asio::awaitable<outcome<Answer>> send(Call call) override { return Core::send(core_, std::move(call)); }
    bool is_silenced(std::string_view team) const override { return core_->is_silenced(team); }
    Counters counters() const override { return core_->counters(); }

private:
    std::shared_ptr<Core> core_;
};

}  // namespace

std::unique_ptr<WebClient> create_web_client(asio::any_io_executor executor, Options options,
                                             net::HttpClient& http, std::shared_ptr<spdlog::logger> logger) {
    return std::make_unique<Client>(
        std::make_shared<Core>(std::move(executor), std::move(options), http, std::move(logger)));
}

}  // namespace nunchi::slack::web_api
