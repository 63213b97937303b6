#include "bot/http_api/probes.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nunchi::http_api {
namespace {

TEST(Probes, ReadyzIsReadyOnlyWhenAllChecksAreOk) {
    const auto ready = readyz({{"model", true, "read"}, {"platform:web", true, "connected"}});
    EXPECT_EQ(ready.status, 200);
    EXPECT_EQ(nlohmann::json::parse(ready.body)["status"], "ready");

    const auto waiting = readyz({{"model", true, "read"}, {"platform:web", false, "starting"}});
    EXPECT_EQ(waiting.status, 503);
    const auto body = nlohmann::json::parse(waiting.body);
    EXPECT_EQ(body["status"], "not_ready");
    EXPECT_EQ(body["checks"][1],
              nlohmann::json({{"name", "platform:web"}, {"ok", false}, {"detail", "starting"}}));
}

TEST(Probes, ReadyzSurvivesAReasonThatIsNoUtf8) {
    EXPECT_TRUE(nlohmann::json::accept(readyz({{"platform:web", false, "\xff"}}).body));
}

TEST(Probes, HealthIsAnEmptyAnswerOrAnError) {
    EXPECT_EQ(health(true).status, 200);
    EXPECT_EQ(health(true).body, "");
    EXPECT_EQ(health(false).status, 503);
    EXPECT_EQ(nlohmann::json::parse(health(false).body)["error_type"], "Unhealthy");
}

TEST(Probes, AreNotCached) {
    EXPECT_EQ(livez().status, 200);
    for (const auto& response : {livez(), health(true), health(false), readyz({})}) {
        EXPECT_EQ(response.headers.get("Cache-Control"), "no-store");
    }
}

}  // namespace
}  // namespace nunchi::http_api
