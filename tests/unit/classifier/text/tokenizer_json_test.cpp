// The shape of the files. That they give our ids is shown by tests/oracle/tokenizer_json_test.py.
#include "classifier/text/tokenizer_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace nunchi::text {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

SpieceModel kobert_model() {
    const auto path = std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/kobert/spiece.model";
    const auto bytes = read_spiece_file(path).value();
    return parse_spiece(std::as_bytes(std::span(bytes))).value();
}

Json tokenizer_json(const std::vector<AddedToken>& added = {}) {
    return Json::parse(tokenizer_files(kobert_model(), added, 64).value().tokenizer_json);
}

std::string refusal(const SpieceModel& model, const std::vector<AddedToken>& added = {}) {
    const auto files = tokenizer_files(model, added, 64);
    return files ? "written" : files.error().message;
}

TEST(TokenizerJson, HoldsTheVocabularyInIdOrder) {
    const Json json = tokenizer_json();
    const Json& model = json.at("model");
    EXPECT_EQ(model.at("type"), "Unigram");
    EXPECT_EQ(model.at("unk_id"), 0);
    ASSERT_EQ(model.at("vocab").size(), 8002U);
    EXPECT_EQ(model.at("vocab").at(517).at(0), "\u2581");
    EXPECT_EQ(model.at("vocab").at(8001).at(0), "힙");
}

TEST(TokenizerJson, PadsOnTheRightWithId1) {
    const Json padding = tokenizer_json().at("padding");
    EXPECT_EQ(padding.at("direction"), "Right");
    EXPECT_EQ(padding.at("pad_id"), 1);
    EXPECT_EQ(padding.at("pad_token"), "[PAD]");
}

TEST(TokenizerJson, DeclaresSpecialAndAddedTokensInIdOrder) {
    const Json tokens = tokenizer_json({{"<b>", 8003}, {"<a>", 8002}}).at("added_tokens");
    ASSERT_EQ(tokens.size(), 7U);
    EXPECT_EQ(tokens.at(3).at("content"), "[SEP]");
    EXPECT_TRUE(tokens.at(3).at("special"));
    EXPECT_FALSE(tokens.at(3).at("lstrip"));
    EXPECT_TRUE(tokens.at(4).at("lstrip")) << "[MASK] swallows the spaces on its left";
    EXPECT_EQ(tokens.at(5).at("content"), "<a>");
    EXPECT_EQ(tokens.at(5).at("id"), 8002);
    EXPECT_FALSE(tokens.at(5).at("special"));
    EXPECT_TRUE(tokens.at(5).at("lstrip") && tokens.at(5).at("rstrip"));
}

TEST(TokenizerJson, WritesTheCharacterMapInBase64) {
    std::string encoded;
    const Json json = tokenizer_json();
    for (const Json& step : json.at("normalizer").at("normalizers")) {
        if (step.at("type") == "Precompiled") encoded = step.at("precompiled_charsmap");
    }
    // From Python: base64.b64encode(ModelProto.normalizer_spec.precompiled_charsmap), protobuf 7.36.2.
    EXPECT_EQ(encoded.size(), 316720U);
    EXPECT_THAT(encoded, StartsWith("ALQCAAAgAAAJCQAACgUAAAAAAIAMHQAADRkAAMzkAgC4OQAA"));
    EXPECT_THAT(encoded, EndsWith("qpiAAA=="));
}

TEST(TokenizerJson, NamesTheTokensInTheConfiguration) {
    const Json config = Json::parse(tokenizer_files(kobert_model(), {}, 48).value().tokenizer_config_json);
    EXPECT_EQ(config.at("tokenizer_class"), "PreTrainedTokenizerFast");
    EXPECT_EQ(config.at("model_max_length"), 48);
    EXPECT_EQ(config.at("padding_side"), "right");
    EXPECT_EQ(config.at("cls_token"), "[CLS]");
    EXPECT_EQ(config.at("added_tokens_decoder").at("4").at("content"), "[MASK]");
}

TEST(TokenizerJson, RefusesWhatTheFormatCannotSay) {
    EXPECT_THAT(refusal(kobert_model(), {{"<a>", 8002}, {"<b>", 8004}}), HasSubstr("without a gap"));
    SpieceModel model = kobert_model();
    model.add_dummy_prefix = false;
    EXPECT_THAT(refusal(model), HasSubstr("dummy prefix"));
    model = kobert_model();
    model.model_type = 2;
    EXPECT_THAT(refusal(model), HasSubstr("unigram"));
    model = kobert_model();
    model.pieces[600].type = PieceType::control;
    EXPECT_THAT(refusal(model), HasSubstr("control"));
    model = kobert_model();
    model.pieces[1].text = "<pad>";
    EXPECT_THAT(refusal(model), HasSubstr("special tokens"));
}

}  // namespace
}  // namespace nunchi::text
