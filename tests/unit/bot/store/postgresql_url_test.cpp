#include "bot/store/postgresql_url.hpp"

#include <gmock/gmock.h>

#include "bot/store/error.hpp"

namespace nunchi::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

api::outcome<PostgresqlUrl> parse(const std::string& url) {
    return parse_postgresql_url(config::Secret(url));
}

TEST(PostgresqlUrlOf, ShowsServerAndDatabaseOnly) {
    EXPECT_EQ(parse("postgresql://nunchi:hunter2@db:5433/nunchi?sslmode=require")->shown, "db:5433/nunchi");
    EXPECT_EQ(parse("postgres://me@db.example.com")->shown, "db.example.com/");
    EXPECT_EQ(parse("postgresql://[::1]:5432/test")->shown, "[::1]:5432/test");
    EXPECT_EQ(parse("postgresql://a:b:c@one:1,two:2/test")->shown, "one:1,two:2/test");
    EXPECT_EQ(parse("postgresql:///nunchi?host=/var/run/postgresql&password=hunter2")->shown,
              "this machine/nunchi");
}

TEST(PostgresqlUrlOf, AddsWhatTheUrlLeavesOpen) {
    EXPECT_EQ(parse("postgresql://db/nunchi")->connection.reveal(),
              "postgresql://db/nunchi?application_name=nunchi&connect_timeout=5&tcp_user_timeout=10000"
              "&keepalives_idle=30");
    EXPECT_EQ(parse("postgresql://db/nunchi?connect_timeout=1&application_name=x")->connection.reveal(),
              "postgresql://db/nunchi?connect_timeout=1&application_name=x&tcp_user_timeout=10000"
              "&keepalives_idle=30");
}

TEST(PostgresqlUrlOf, RefusesDoubtfulUrlsWithoutQuotingThem) {
    for (const char* url : {"mysql://me:hunter2@db/nunchi",
                            "host=db password=hunter2",
                            "postgresql://me:hunter2/hunter2@db/nunchi",
                            "postgresql://me:hunter2@hunter2@db/nunchi",
                            "postgresql://me:hunter2?@db/nunchi",
                            "postgresql://me:hunter2#@db/nunchi",
                            "postgresql://me:hunter2%zz@db/nunchi",
                            "postgresql://me:hunter2%0@db/nunchi",
                            "postgresql://me:hunter2%00@db/nunchi",
                            "postgresql://me:hunter2%",
                            "postgresql://me:hunter2/db/nunchi",
                            "postgresql://me:hunter2",
                            "postgresql://me:hun ter2@db/nunchi",
                            "postgresql://me:hun\"ter2@db/nunchi",
                            "postgresql://me:비밀번호@db/nunchi",
                            "postgresql://db/nunchi/hunter2",
                            "postgresql://db/nunchi?hunter2",
                            "postgresql://db/nunchi?password=a=hunter2",
                            "postgresql://db/nunchi?user=a@hunter2",
                            "postgresql://[::1]hunter2/nunchi",
                            "postgresql://[hunter2]/nunchi"}) {
        const auto parsed = parse(url);
        ASSERT_FALSE(parsed) << url;
        EXPECT_EQ(parsed.error().code, errc::bad_url);
        EXPECT_THAT(parsed.error().message, HasSubstr("store.url: "));
        EXPECT_THAT(parsed.error().message, Not(HasSubstr("ter2"))) << url;
    }
}

}  // namespace
}  // namespace nunchi::store
