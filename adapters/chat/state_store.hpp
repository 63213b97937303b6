// Where adapters keep what must survive a restart: sequence numbers, budgets, event ids, tokens.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace nunchi::chat {

/// Keys are the adapter's own ("discord/session/0"). Each call completes on the caller's executor, when the
/// state is stored, or with an error when the store cannot be reached. Holds no message text.
class StateStore {
public:
    virtual ~StateStore() = default;

    /// True for the first caller of all processes; false while an earlier claim has not expired.
    virtual boost::asio::awaitable<boost::system::result<bool>> claim(std::string key,
                                                                      std::chrono::seconds expiry) = 0;

    /// Nothing when the key was never put, or erased.
    virtual boost::asio::awaitable<boost::system::result<std::optional<std::string>>> get(
        std::string key) = 0;

    /// Values of at most 64 KiB.
    virtual boost::asio::awaitable<boost::system::result<void>> put(std::string key, std::string value) = 0;
    virtual boost::asio::awaitable<boost::system::result<void>> erase(std::string key) = 0;
};

}  // namespace nunchi::chat
