#include "adapters/discord/interactions/findings.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

using chat::Locale;

constexpr Permissions kInvitation = 274877992000;  // section 2.5 of the contract

Interaction in(chat::Place place, std::optional<Permissions> permissions) {
    Interaction interaction;
    interaction.place = std::move(place);
    interaction.app_permissions = permissions;
    return interaction;
}

const chat::Place kChannel{"discord", "1", "2", ""};
const chat::Place kThread{"discord", "1", "2", "3"};

TEST(Findings, AreGoodWithWhatTheInvitationAsksFor) {
    for (const auto& place : {kChannel, kThread}) {
        EXPECT_EQ(findings_of(in(place, kInvitation), Locale::korean),
                  std::vector<std::string>{"✅ 이 채널에서 필요한 권한이 모두 있습니다."});
    }
}

TEST(Findings, NameEveryRightThatIsMissing) {
    EXPECT_EQ(findings_of(in(kChannel, permission::kViewChannel), Locale::korean),
              std::vector<std::string>{"❌ 이 채널에서 다음 권한이 없습니다: 메시지 보내기, 메시지 기록 보기, "
                                       "반응 추가하기. 관리자가 제 역할에 권한을 줄 수 있습니다."});
    EXPECT_EQ(
        findings_of(in(kChannel, Permissions{0}), Locale::english),
        std::vector<std::string>{"❌ I lack permissions in this channel: View Channel, Send Messages, Read "
                                 "Message History, Add Reactions. An admin can grant them to my role."});
}

TEST(Findings, OfAThreadAskForTheRightToWriteInThreads) {
    const auto without = kInvitation & ~permission::kSendMessagesInThreads;
    EXPECT_EQ(
        findings_of(in(kThread, without), Locale::english),
        std::vector<std::string>{"❌ I lack permissions in this channel: Send Messages in Threads. An admin "
                                 "can grant them to my role."});
    EXPECT_EQ(findings_of(in(kChannel, without), Locale::english).front().substr(0, 3), "✅");
    EXPECT_EQ(findings_of(in(kThread, kInvitation & ~permission::kSendMessages), Locale::english)
                  .front()
                  .substr(0, 3),
              "✅");
}

TEST(Findings, AreNoneWhereNothingIsKnown) {
    EXPECT_TRUE(findings_of(in(kChannel, std::nullopt), Locale::korean).empty());
    EXPECT_TRUE(findings_of(in({"discord", "", "2", ""}, Permissions{0}), Locale::korean).empty());
}

}  // namespace
}  // namespace nunchi::discord::interactions
