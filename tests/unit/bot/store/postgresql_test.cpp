// A server that is away, or goes away.
#include <gmock/gmock.h>
#include <soci/postgresql/soci-postgresql.h>

#include "tests/unit/bot/store/cutting_proxy.hpp"
#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The URL, which has a query, with another database.
std::string in_database(std::string url, const std::string& name) {
    const std::size_t query = url.find('?');
    const std::size_t begin = url.rfind('/', query) + 1;
    return url.replace(begin, query - begin, name);
}

/// The URL with another host and port.
std::string at_place(std::string url, const std::string& place) {
    const std::size_t user = url.find('@');
    const std::size_t begin = user == std::string::npos ? url.find("//") + 2 : user + 1;
    return url.replace(begin, url.find('/', begin) - begin, place);
}

/// A database that can be closed to everybody; gone afterwards.
class OwnDatabase {
public:
    OwnDatabase(soci::session& server, std::string name) : server_(server), name_(std::move(name)) {
        server_ << "CREATE DATABASE " + name_;
    }
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;
    ~OwnDatabase() { server_ << "DROP DATABASE " + name_ + " WITH (FORCE)"; }

    void allow_connections(bool allow) {
        server_ << "ALTER DATABASE " + name_ + " WITH ALLOW_CONNECTIONS " + (allow ? "true" : "false");
    }
    const std::string& name() const { return name_; }

private:
    soci::session& server_;
    std::string name_;
};

class PostgresqlStore : public ::testing::Test, public StoreFixture {
protected:
    PostgresqlStore() : StoreFixture(Backend::postgresql) {}

    void SetUp() override {
        NUNCHI_NEEDS(database);
        server_ = connect_to_server();
    }

    /// Ends the connections of the stores of this test, and of no one else.
    void end_connections(const std::string& application) {
        int ended = 0;
        *server_ << "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
                    "WHERE application_name = :name",
            soci::use(application), soci::into(ended);
        ASSERT_GT(ended, 0);
    }

    /// Options for a store whose connection can be told from others.
    Options named_options() {
        Options named = options();
        named.url = config::Secret(with_setting(database.url(), "application_name=" + name_));
        return named;
    }

    const std::string name_ = "nunchi_test_" + std::to_string(std::hash<std::string>{}(database.url()));
    std::unique_ptr<soci::session> server_;
};

TEST_F(PostgresqlStore, NamesItselfToTheServer) {
    open();
    int seen = 0;
    *server_ << "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nunchi'", soci::into(seen);
    EXPECT_GE(seen, 1);
}

TEST_F(PostgresqlStore, ALostConnectionIsMadeAnewUnseen) {
    open(named_options());
    ASSERT_TRUE(run(store->put("key", "value")));
    end_connections(name_);

    EXPECT_EQ(run(store->get("key")).value(), "value");
    end_connections(name_);
    EXPECT_TRUE(run(store->record(message("1", now)))->is_first);

    EXPECT_THAT(errors.all(), IsEmpty());
    EXPECT_THAT(notices.all(), Contains(HasSubstr("connected again")));
}

class LostCommits : public PostgresqlStore, public ::testing::WithParamInterface<Cut> {};

std::string name_of_cut(const ::testing::TestParamInfo<Cut>& info) {
    return info.param == Cut::before_commit ? "before" : "after";
}

INSTANTIATE_TEST_SUITE_P(Cuts, LostCommits, ::testing::Values(Cut::before_commit, Cut::after_commit),
                         name_of_cut);

TEST_P(LostCommits, AreFoundOutAbout) {
    auto* connection = static_cast<soci::postgresql_session_backend*>(server_->get_backend())->conn_;
    CuttingProxy proxy(PQhost(connection), PQport(connection));
    Options through_proxy = options();
    // Not encrypted, so that the proxy sees a COMMIT.
    const std::string place = "127.0.0.1:" + std::to_string(proxy.port());
    through_proxy.url = config::Secret(
        with_setting(with_setting(at_place(database.url(), place), "sslmode=disable"), "gssencmode=disable"));
    open(through_proxy);
    auto handled = message("1", now);
    handled.effect = effect(handled.ref, now);

    proxy.cut(GetParam());
    const auto recorded = run(store->record(handled));

    ASSERT_TRUE(recorded) << recorded.error().message();
    EXPECT_TRUE(recorded->is_first);
    EXPECT_NE(recorded->effect_id, 0);
    EXPECT_FALSE(run(store->record(handled))->is_first);
    EXPECT_EQ(run(store->counts(now, now + std::chrono::hours(1))).value().at(0).count, 1);
    EXPECT_EQ(run(store->pending_effects({})).value().at(0).id, recorded->effect_id);
    EXPECT_THAT(errors.all(), IsEmpty());
    EXPECT_THAT(notices.all(), Contains(HasSubstr("connected again")));
    store.reset();
}

TEST_F(PostgresqlStore, IsUnavailableWhileTheServerRefusesAndComesBack) {
    OwnDatabase own(*server_, name_ + "_db");
    Options in_own = named_options();
    in_own.url =
        config::Secret(in_database(with_setting(postgresql_url(), "application_name=" + name_), own.name()));
    open(in_own);
    ASSERT_TRUE(run(store->put("key", "value")));

    own.allow_connections(false);
    end_connections(name_);
    EXPECT_EQ(run(store->get("key")).error(), errc::unavailable);
    EXPECT_EQ(run(store->record(message("1", now))).error(), errc::unavailable);
    EXPECT_THAT(errors.all(), Contains(AllOf(HasSubstr(own.name()), HasSubstr("get failed"),
                                             HasSubstr("cannot be reached"))));

    own.allow_connections(true);
    EXPECT_TRUE(comes_true([&] { return run(store->get("key")).has_value(); }));
    EXPECT_TRUE(run(store->record(message("1", now)))->is_first);
    store.reset();
}

TEST_F(PostgresqlStore, SaysWhyItCannotBeReachedAndNoSecret) {
    Options wrong;
    // Nobody listens on port 1.
    wrong.url = config::Secret("postgresql://me:hunter2@127.0.0.1:1/nunchi?password=hunter2");
    const auto refused = open_store(wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    EXPECT_THAT(refused.error().message,
                AllOf(HasSubstr("PostgreSQL 127.0.0.1:1/nunchi"), HasSubstr("refused"),
                      HasSubstr("store.url"), Not(HasSubstr("hunter2"))));
}

TEST_F(PostgresqlStore, WaitsForALockOnceAndNotForEachCall) {
    open();
    const auto blocker = database.connect();
    *blocker << "ALTER TABLE state ADD CONSTRAINT no_bad CHECK (key <> 'bad')";
    *blocker << "BEGIN";
    *blocker << "INSERT INTO state (key, value) VALUES ('1', ''), ('2', '')";
    auto gate = database.connect();
    *gate << "BEGIN";
    *gate << "LOCK TABLE once_key IN ACCESS EXCLUSIVE MODE";
    auto first = start(store->claim("key", std::chrono::seconds(60)));
    ASSERT_TRUE(comes_true([&] { return store->backlog() == 0; }));
    auto bad = start(store->put("bad", "secret"));
    auto locked = start(store->put("1", "secret"));
    auto locked_too = start(store->put("2", "secret"));
    const auto begin = std::chrono::steady_clock::now();

    gate.reset();
    finish();

    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(6));  // one lock takes three
    EXPECT_TRUE(first.get().value());
    EXPECT_EQ(bad.get().error(), errc::failed);
    EXPECT_EQ(locked.get().error(), errc::failed);
    EXPECT_EQ(locked_too.get().error(), errc::failed);
    EXPECT_THAT(errors.all(), Contains(HasSubstr("put and 1 more failed: ")));
    EXPECT_THAT(errors.all(), Contains(HasSubstr("lock timeout")));
    EXPECT_THAT(errors.all(), Each(Not(HasSubstr("secret"))));
    *blocker << "ROLLBACK";
    EXPECT_TRUE(run(store->put("1", "secret")));
}

}  // namespace
}  // namespace nunchi::store::testing
