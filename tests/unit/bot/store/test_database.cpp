#include "tests/unit/bot/store/test_database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <random>

namespace nunchi::store::testing {
namespace {

std::string environment(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

std::string unique_name() {
    return "nunchi_test_" + std::to_string(getpid()) + "_" + std::to_string(std::random_device{}());
}

}  // namespace

std::string name_of(const ::testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgresql";
}

std::string postgresql_url() {
    return environment("NUNCHI_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test");
}

std::string with_setting(std::string url, const std::string& setting) {
    return url.append(url.find('?') == std::string::npos ? "?" : "&").append(setting);
}

std::unique_ptr<soci::session> connect_to_server() {
    const std::string url = with_setting(postgresql_url(), "connect_timeout=3");
    try {
        auto server = std::make_unique<soci::session>(soci::postgresql, url);
        *server << "SET client_min_messages = warning";
        return server;
    } catch (const soci::soci_error&) {
        return nullptr;
    }
}

bool must_have_server() {
    return environment("CI", "") == "true";
}

TestDatabase::TestDatabase(Backend backend)
    : backend_(backend), folder_(std::filesystem::path(::testing::TempDir()) / unique_name()) {
    std::filesystem::create_directories(folder_);
    if (backend_ == Backend::sqlite) return;
    server_ = connect_to_server();
    if (!server_) return;
    schema_ = unique_name();
    *server_ << "CREATE SCHEMA " + schema_;
    url_ = with_setting(postgresql_url(), "options=-csearch_path%3D" + schema_);
}

TestDatabase::~TestDatabase() {
    if (server_) *server_ << "DROP SCHEMA " + schema_ + " CASCADE";
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Options TestDatabase::options() const {
    Options options;
    if (backend_ == Backend::sqlite) {
        options.sqlite_file = file();
    } else {
        options.url = config::Secret(url_);
    }
    return options;
}

std::unique_ptr<soci::session> TestDatabase::connect() const {
    if (backend_ == Backend::sqlite) {
        return std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file().string() + "\" timeout=5");
    }
    return std::make_unique<soci::session>(soci::postgresql, url_);
}

bool comes_true(const std::function<bool()>& fact) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!fact()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

void StoreFixture::open() {
    open(options());
}

void StoreFixture::open(Options options) {
    store.reset();
    auto opened = open_store(std::move(options));
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
}

chat::Place place(const std::string& channel) {
    return {.platform = "discord", .community = "guild", .channel = channel, .thread = ""};
}

HandledMessage message(const std::string& id, Clock::time_point at, std::optional<api::Emotion> emotion) {
    return {.ref = {place(), id},
            .operation = "created",
            .counted = emotion,
            .is_counted = true,
            .effect = {},
            .at = at};
}

Effect effect(const chat::MessageRef& to, Clock::time_point due) {
    return {.id = 0,
            .to = to,
            .kind = EffectKind::reply,
            .locale = chat::Locale::korean,
            .probabilities = {0.1F, 0.2F, 0.05F, 0.05F, 0.3F, 0.2F, 0.1F},
            .abstained = false,
            .model_id = "starter@1",
            .due = due};
}

}  // namespace nunchi::store::testing
