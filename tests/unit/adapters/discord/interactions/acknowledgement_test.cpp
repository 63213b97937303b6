#include "adapters/discord/interactions/acknowledgement.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

TEST(Acknowledgement, IsOursWhenDiscordTakesIt) {
    EXPECT_EQ(Acknowledgement().after(204, 0), Acknowledged::ours);
    EXPECT_EQ(Acknowledgement().after(200, 0), Acknowledged::ours);
}

TEST(Acknowledgement, IsLostWithItsToken) {
    EXPECT_EQ(Acknowledgement().after(404, 10062), Acknowledged::lost);
    EXPECT_EQ(Acknowledgement().after(404, 404), Acknowledged::lost);
    EXPECT_EQ(Acknowledgement().after(400, 50035), Acknowledged::lost);
    EXPECT_EQ(Acknowledgement().after(500, 0), Acknowledged::lost);
}

TEST(Acknowledgement, ByAnotherIsNotOurs) {
    EXPECT_EQ(Acknowledgement().after(400, 40060), Acknowledged::by_another);
}

TEST(Acknowledgement, IsTriedOnceMoreWhenNoAnswerCame) {
    for (const int status : {0, 504}) {
        Acknowledgement acknowledgement;
        EXPECT_EQ(acknowledgement.after(status, 0), std::nullopt);
        EXPECT_EQ(acknowledgement.after(204, 0), Acknowledged::ours);
    }
}

TEST(Acknowledgement, IsOursWhenTheSecondTryFindsTheFirst) {
    Acknowledgement acknowledgement;
    EXPECT_EQ(acknowledgement.after(0, 0), std::nullopt);
    EXPECT_EQ(acknowledgement.after(400, 40060), Acknowledged::ours);
}

TEST(Acknowledgement, IsLostWhenNoAnswerCameTwice) {
    Acknowledgement acknowledgement;
    EXPECT_EQ(acknowledgement.after(0, 0), std::nullopt);
    EXPECT_EQ(acknowledgement.after(0, 0), Acknowledged::lost);
}

}  // namespace
}  // namespace nunchi::discord::interactions
