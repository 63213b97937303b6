#include "adapters/discord/interactions/registration.hpp"

#include <gmock/gmock.h>

#include "adapters/discord/interactions/command_definitions.hpp"
#include "tests/unit/adapters/discord/interactions/interactions_scene.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class RegistrationScene : public InteractionsScene {
protected:
    Registered run() {
        return net::run(context_, register_commands(rest_, state_, logger_, std::string("900")));
    }
};

TEST(RegistrationSteps, LeaveLocalisedOptionsOutOnceOnA400) {
    EXPECT_EQ(step_after_failure(400, 50035, false), RegistrationStep::send_without_option_localizations);
    EXPECT_EQ(step_after_failure(400, 400, false), RegistrationStep::send_without_option_localizations);
    EXPECT_EQ(step_after_failure(400, 50035, true), RegistrationStep::give_up);
}

TEST(RegistrationSteps, GiveUpForTodayAtTheLimitWhateverItsStatus) {
    EXPECT_EQ(step_after_failure(400, 30034, false), RegistrationStep::give_up_for_today);
    EXPECT_EQ(step_after_failure(429, 30034, false), RegistrationStep::give_up_for_today);
    EXPECT_EQ(step_after_failure(400, 30034, true), RegistrationStep::give_up_for_today);
}

TEST(RegistrationSteps, GiveUpOnAnythingElse) {
    for (const int status : {0, 401, 403, 404, 429, 500}) {
        EXPECT_EQ(step_after_failure(status, 0, false), RegistrationStep::give_up) << status;
    }
}

TEST_F(RegistrationScene, SendsTheCommandsTheFirstTime) {
    EXPECT_EQ(run(), Registered::done);
    ASSERT_EQ(rest_.calls.size(), 1U);
    EXPECT_EQ(rest_.paths()[0], "PUT /applications/900/commands");
    EXPECT_EQ(rest_.calls[0].body, command_definitions());
    EXPECT_EQ(rest_.calls[0].lane, rest::Lane::ordinary);
    EXPECT_EQ(state_.values["discord/commands/900"], fingerprint_of(command_definitions()));
}

TEST_F(RegistrationScene, SendsNothingWhenTheyAreUnchanged) {
    run();
    EXPECT_EQ(run(), Registered::unchanged);
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(RegistrationScene, SendsThemAgainWhenTheyHaveChanged) {
    state_.values["discord/commands/900"] = "of an older version";
    EXPECT_EQ(run(), Registered::done);
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(RegistrationScene, TakesAnAnswerWithoutIds) {
    rest_.script = [](const rest::Call&) { return rest::Answer{200, json::array({{{"name", "emotion"}}})}; };
    EXPECT_EQ(run(), Registered::done);
}

TEST_F(RegistrationScene, LeavesLocalisedOptionsOutWhereTheyAreRejected) {
    rest_.script = [](const rest::Call& call) -> rest::outcome<rest::Answer> {
        if (call.body == command_definitions()) return failure(400, 50035);
        return rest::Answer{};
    };
    EXPECT_EQ(run(), Registered::done);
    ASSERT_EQ(rest_.calls.size(), 2U);
    EXPECT_EQ(rest_.calls[1].body, without_option_localizations(command_definitions()));
    EXPECT_EQ(run(), Registered::unchanged);
}

TEST_F(RegistrationScene, GivesUpAfterTheSecond400) {
    rest_.script = [](const rest::Call&) { return failure(400, 50035); };
    EXPECT_EQ(run(), Registered::failed);
    EXPECT_EQ(rest_.calls.size(), 2U);
    EXPECT_TRUE(state_.values.empty());
}

TEST_F(RegistrationScene, SaysThatTheDailyLimitIsReached) {
    rest_.script = [](const rest::Call&) { return failure(429, 30034); };
    EXPECT_EQ(run(), Registered::limit_reached);
    EXPECT_EQ(rest_.calls.size(), 1U);
    EXPECT_THAT(log_.str(), HasSubstr("200 were created"));
    EXPECT_TRUE(state_.values.empty());
}

TEST_F(RegistrationScene, SaysWhyItFailed) {
    rest_.script = [](const rest::Call&) { return failure(500, 0); };
    EXPECT_EQ(run(), Registered::failed);
    EXPECT_THAT(log_.str(), HasSubstr("the failure"));
}

TEST_F(RegistrationScene, DoesWithoutTheStore) {
    state_.is_broken = true;
    EXPECT_EQ(run(), Registered::done);
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(RegistrationScene, IsDoneOnceForAllShards) {
    rest_.wait = std::chrono::milliseconds(1);
    for (int shard = 0; shard < 3; ++shard) {
        asio::co_spawn(context_, interactions().register_commands("900"), [](const std::exception_ptr&) {});
    }
    settle();
    net::run(context_, interactions().register_commands("900"));
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(RegistrationScene, IsDoneOnceWithoutTheStoreToo) {
    state_.is_broken = true;
    net::run(context_, interactions().register_commands("900"));
    net::run(context_, interactions().register_commands("900"));
    EXPECT_EQ(rest_.calls.size(), 1U);
}

TEST_F(RegistrationScene, IsTriedAgainWhenItFailed) {
    rest_.script = [](const rest::Call&) { return failure(500, 0); };
    net::run(context_, interactions().register_commands("900"));
    net::run(context_, interactions().register_commands("900"));
    EXPECT_EQ(rest_.calls.size(), 2U);
}

}  // namespace
}  // namespace nunchi::discord::interactions
