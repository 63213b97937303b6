// A database of its own for each test, on either server, and calls of the store that are waited for.
#pragma once

#include <gtest/gtest.h>
#include <soci/soci.h>

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bot/store/error.hpp"
#include "bot/store/store.hpp"

namespace nunchi::store::testing {

enum class Backend { sqlite, postgresql };

/// "sqlite" or "postgresql": the ending of a test's name.
std::string name_of(const ::testing::TestParamInfo<Backend>& info);

/// Where the tests' server is: NUNCHI_TEST_POSTGRES, by default postgresql://postgres@127.0.0.1:5432/test.
std::string postgresql_url();

/// Nothing when there is no server.
std::unique_ptr<soci::session> connect_to_server();

/// CI=true: a missing server is a failure.
bool must_have_server();

/// In SetUp(): skips the test when its database's server is missing.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): GTEST_SKIP and FAIL return from their function.
#define NUNCHI_NEEDS(database)                                                                     \
    do {                                                                                           \
        if (!(database).is_there()) {                                                              \
            if (must_have_server()) FAIL() << "NUNCHI_TEST_POSTGRES names no server that answers"; \
            GTEST_SKIP() << "no PostgreSQL server: set NUNCHI_TEST_POSTGRES to the URL of one";    \
        }                                                                                          \
    } while (false)

/// Appends a setting to a URL's query.
std::string with_setting(std::string url, const std::string& setting);

/// A new folder for a SQLite file, or a new schema on the server; gone afterwards.
class TestDatabase {
public:
    explicit TestDatabase(Backend backend);
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    bool is_there() const { return backend_ == Backend::sqlite || server_ != nullptr; }
    Backend backend() const { return backend_; }
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path file() const { return folder_ / "nunchi.db"; }
    const std::string& url() const { return url_; }

    /// Url or file are set.
    Options options() const;

    /// A connection beside the store's.
    std::unique_ptr<soci::session> connect() const;

private:
    Backend backend_;
    std::filesystem::path folder_;
    std::string schema_;
    std::string url_;
    std::unique_ptr<soci::session> server_;
};

/// Sentences that come from the storage thread.
class Sentences {
public:
    std::function<void(const std::string&)> listener() {
        return [this](const std::string& sentence) {
            const std::lock_guard lock(mutex_);
            sentences_.push_back(sentence);
        };
    }
    std::vector<std::string> all() const {
        const std::lock_guard lock(mutex_);
        return sentences_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> sentences_;
};

/// Waits for a fact that another thread brings about; false after ten seconds.
bool comes_true(const std::function<bool()>& fact);

/// A store on a database of its own, with a clock that the test turns.
class StoreFixture {
public:
    explicit StoreFixture(Backend backend) : database(backend) {}

    /// Closes the open store first.
    void open();
    void open(Options options);

    Options options() {
        Options options = database.options();
        options.now = [this] { return now; };
        options.on_error = errors.listener();
        options.on_notice = notices.listener();
        return options;
    }

    template <typename T>
    T run(boost::asio::awaitable<T> call) {
        auto answer = start(std::move(call));
        finish();
        return answer.get();
    }

    /// Submits the call and returns at once.
    template <typename T>
    std::future<T> start(boost::asio::awaitable<T> call) {
        auto answer = boost::asio::co_spawn(context, std::move(call), boost::asio::use_future);
        context.restart();
        context.poll();
        return answer;
    }

    /// Waits for all calls that were started.
    void finish() {
        context.restart();
        context.run();
    }

    // Before the store, which posts to it.
    boost::asio::io_context context{1};
    TestDatabase database;
    Sentences errors;
    Sentences notices;
    Clock::time_point now = Clock::time_point(std::chrono::hours(500'000));
    std::unique_ptr<Store> store;
};

chat::Place place(const std::string& channel = "general");
HandledMessage message(const std::string& id, Clock::time_point at,
                       std::optional<api::Emotion> emotion = api::Emotion::happiness);
Effect effect(const chat::MessageRef& to, Clock::time_point due);

}  // namespace nunchi::store::testing
