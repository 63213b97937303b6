#include "adapters/discord/rest/rest_client.hpp"

#include <utility>

#include "adapters/discord/rest/core.hpp"

namespace nunchi::discord::rest {
namespace {

namespace asio = boost::asio;

class Client final : public RestClient {
public:
    explicit Client(std::shared_ptr<Core> core) : core_(std::move(core)) {}

    asio::awaitable<outcome<Answer>> send(Call call) override { return Core::send(core_, std::move(call)); }
    bool is_unauthorized() const override { return core_->is_unauthorized(); }
    void refuse_token() override { core_->refuse_token(); }
    asio::awaitable<void> wait_until_unauthorized() override { return Core::wait_until_unauthorized(core_); }
    Counters counters() const override { return core_->counters(); }

private:
    std::shared_ptr<Core> core_;
};

}  // namespace

std::unique_ptr<RestClient> create_rest_client(asio::any_io_executor executor, Options options,
                                               net::HttpClient& http,
                                               std::shared_ptr<spdlog::logger> logger) {
    return std::make_unique<Client>(
        std::make_shared<Core>(std::move(executor), std::move(options), http, std::move(logger)));
}

}  // namespace nunchi::discord::rest
