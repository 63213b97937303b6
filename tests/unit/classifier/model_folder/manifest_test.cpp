#include "classifier/model_folder/manifest.hpp"

#include <gtest/gtest.h>

namespace nunchi::model_folder {
namespace {

TEST(Manifest, ComesBackAsItWasWritten) {
    Manifest manifest;
    manifest.normaliser_version = 1;
    manifest.added_tokens = {{"<cry>", 8002}, {"<laugh>", 8003}};
    manifest.calibration.temperature = 1.5F;
    manifest.calibration.thresholds[api::index_of(api::Emotion::neutral)] = 0.25F;
    manifest.metrics = {{"accuracy", 0.5}};
    manifest.attribution = "출처";
    manifest.golden = {{"안녕", {2, 5, 3}, {0.1F, 0.2F, 0.1F, 0.1F, 0.1F, 0.3F, 0.1F}}};
    manifest.files = {{"config.json", "00ff"}};

    const auto again = parse_manifest(to_json(manifest));

    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->normaliser_version, 1);
    ASSERT_EQ(again->added_tokens.size(), 2U);
    EXPECT_EQ(again->added_tokens[1].text, "<laugh>");
    EXPECT_EQ(again->added_tokens[1].id, 8003);
    EXPECT_FLOAT_EQ(again->calibration.temperature, 1.5F);
    EXPECT_FLOAT_EQ(again->calibration.thresholds[api::index_of(api::Emotion::neutral)], 0.25F);
    EXPECT_EQ(again->metrics.at("accuracy"), 0.5);
    EXPECT_EQ(again->attribution, "출처");
    ASSERT_EQ(again->golden.size(), 1U);
    EXPECT_EQ(again->golden[0].ids, (std::vector<std::int32_t>{2, 5, 3}));
    EXPECT_FLOAT_EQ(again->golden[0].probabilities[5], 0.3F);
    EXPECT_EQ(again->files, manifest.files);
}

TEST(Manifest, IsWrittenAlsoWhenAPathInItIsNotUtf8) {
    Manifest manifest;
    manifest.provenance = {{"data", "\xff.xlsx"}};

    const auto again = parse_manifest(to_json(manifest));

    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->provenance.at("data"), "\xEF\xBF\xBD.xlsx");
}

TEST(Manifest, DefaultsToTheNotebooksWay) {
    const auto manifest = parse_manifest(R"({"format": 1})");

    ASSERT_TRUE(manifest);
    EXPECT_EQ(manifest->normaliser_version, 0);
    EXPECT_FLOAT_EQ(manifest->calibration.temperature, 1.0F);
}

TEST(Manifest, OfANewerFormatAsksForAnUpdate) {
    const auto manifest = parse_manifest(R"({"format": 2})");

    ASSERT_FALSE(manifest);
    EXPECT_NE(manifest.error().message.find("update Nunchi"), std::string::npos);
}

TEST(Manifest, RefusesNonsense) {
    for (const char* text : {
             R"({"format": 1, "files": {"../../etc/passwd": "00"}})",
             R"({"format": 1, "files": {"a": 7}})",
             R"({"format": 1, "added_tokens": {"<cry>": "x"}})",
             R"({"format": 1, "calibration": {"temperature": 0}})",
             R"({"format": 1, "calibration": {"temperature": 100}})",
             R"({"format": 1, "calibration": {"temperature": 1e300}})",
             R"({"format": 1, "calibration": {"thresholds": {"기쁨": 0.5}}})",
             R"({"format": 1, "calibration": {"thresholds": {"행복": 2}}})",
             R"({"format": 1, "golden": [{"text": "x", "ids": ["a"], "probabilities": [0,0,0,0,0,0,0]}]})",
             R"({"format": 1, "golden": [{"text": "x", "ids": [1], "probabilities": [0]}]})",
             R"({"format": 1, "normaliser": 3})",
             R"({})",
         }) {
        EXPECT_FALSE(parse_manifest(text)) << text;
    }
}

}  // namespace
}  // namespace nunchi::model_folder
