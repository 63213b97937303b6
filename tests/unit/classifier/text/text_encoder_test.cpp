#include "classifier/text/text_encoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace nunchi::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

api::outcome<TextEncoder> encoder(TextEncoder::Options options, std::vector<AddedToken> added = {}) {
    const auto spiece = std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/kobert/spiece.model";
    return TextEncoder::create(KobertTokenizer::load(spiece, std::move(added)).value(), std::move(options));
}

TEST(TextEncoder, FramesAndLabelsTheMessage) {
    const auto encoded = encoder({0, 64, "abc123"}).value().encode("오");
    EXPECT_THAT(encoded.ids, ElementsAre(2, 3417, 3));
    EXPECT_EQ(encoded.normaliser_version, 0);
    EXPECT_EQ(encoded.model_hash, "abc123");
    EXPECT_GT(encoded.tokenization.count(), 0);
}

TEST(TextEncoder, TakesTextAsItStandsInVersion0) {
    const auto plain = encoder({0, 64, ""}).value();
    const std::string split = "안녕\u200B하세요";
    EXPECT_NE(plain.encode(split).ids, plain.encode("안녕하세요").ids);
}

TEST(TextEncoder, NormalisesInVersion1) {
    const auto normalising = encoder({1, 64, ""}).value();
    const auto encoded = normalising.encode("안녕\u200B하세요");
    EXPECT_EQ(encoded.ids, encoder({0, 64, ""}).value().encode("안녕하세요").ids);
    EXPECT_EQ(encoded.normaliser_version, 1);
}

TEST(TextEncoder, LetsTheNormaliserWriteDeclaredTokens) {
    const std::string token(concept_tokens().front().token);
    const auto with = encoder({1, 64, ""}, {{token, 8002}}).value();
    EXPECT_EQ(with.tokenizer().added_tokens().front().text, token);
    EXPECT_EQ(with.encode("안녕하세요").ids, encoder({1, 64, ""}).value().encode("안녕하세요").ids);
}

TEST(TextEncoder, GuardsSpecialTokensInEveryVersion) {
    for (const int version : {0, 1}) {
        const auto ids = encoder({version, 64, ""}).value().encode("[SEP] ［CLS］ [MASK]").ids;
        for (std::size_t i = 1; i + 1 < ids.size(); ++i) EXPECT_TRUE(ids[i] == 0 || ids[i] > 4) << ids[i];
    }
}

TEST(TextEncoder, KeepsToMaxTokens) {
    const auto ids = encoder({0, 8, ""}).value().encode("어제 본 영화가 자꾸 생각나서 잠이 안 와요").ids;
    EXPECT_EQ(ids.size(), 8U);
    EXPECT_EQ(ids.back(), 3);
}

TEST(TextEncoder, RefusesVersionsThatThisBuildLacks) {
    const auto refused = encoder({7, 64, ""});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, api::errc::not_supported);
    EXPECT_THAT(refused.error().message, HasSubstr("version 7"));
    EXPECT_THAT(refused.error().message, HasSubstr("0 (none) and 1"));
    EXPECT_FALSE(encoder({-1, 64, ""}));
}

TEST(TextEncoder, RefusesMaxTokensWithoutRoomForTheFrame) {
    EXPECT_FALSE(encoder({0, 1, ""}));
    EXPECT_THAT(encoder({0, 2, ""}).value().encode("오").ids, ElementsAre(2, 3));
}

}  // namespace
}  // namespace nunchi::text
