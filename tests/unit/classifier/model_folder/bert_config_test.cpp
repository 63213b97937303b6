#include "classifier/model_folder/bert_config.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "classifier/model_folder/emotion_labels.hpp"

namespace nunchi::model_folder {
namespace {

std::string read(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream(std::string(NUNCHI_SOURCE_DIR) + "/" + path).rdbuf();
    return content.str();
}

TEST(BertConfig, ReadsThePublishedKobert) {
    const auto config = parse_bert_config(read("tests/data/kobert/skt_config.json"));

    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->vocab_size, 8002);
    EXPECT_EQ(config->hidden_size, 768);
    EXPECT_EQ(config->head_size(), 64);
    EXPECT_EQ(config->pad_token_id, 1);
    EXPECT_DOUBLE_EQ(config->layer_norm_eps, 1e-12);
}

TEST(BertConfig, ComesBackAsItWasWritten) {
    BertConfig config;
    config.hidden_size = 256;
    config.num_attention_heads = 4;
    config.labels = {"공포", "놀람"};

    const auto again = parse_bert_config(to_json(config));

    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->hidden_size, 256);
    EXPECT_EQ(again->labels, config.labels);
}

TEST(BertConfig, NamesEverythingThatIsWrongAtOnce) {
    const auto config =
        parse_bert_config(R"({"model_type": "xlnet", "hidden_act": "gelu_new", "vocab_size": -4,
        "hidden_size": "768", "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072})");

    ASSERT_FALSE(config);
    const auto& message = config.error().message;
    for (const char* part : {"model_type is \"xlnet\"", "hidden_act is \"gelu_new\"", "vocab_size must be",
                             "hidden_size must be a whole number", "max_position_embeddings is missing"}) {
        EXPECT_NE(message.find(part), std::string::npos) << part << " in " << message;
    }
}

TEST(BertConfig, RefusesHeadsThatDoNotDivideTheWidth) {
    const auto config = parse_bert_config(R"({"vocab_size": 100, "hidden_size": 30, "num_hidden_layers": 1,
        "num_attention_heads": 4, "intermediate_size": 8, "max_position_embeddings": 64})");

    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find("multiple of num_attention_heads"), std::string::npos);
}

TEST(BertConfig, RefusesWhatIsNoJsonObject) {
    EXPECT_FALSE(parse_bert_config(""));
    EXPECT_FALSE(parse_bert_config("[1, 2]"));
    EXPECT_FALSE(parse_bert_config("{\"vocab_size\": 1"));
    EXPECT_FALSE(parse_bert_config(std::string(100'000, '[')));
}

BertConfig with_labels(std::vector<std::string> labels) {
    BertConfig config;
    config.labels = std::move(labels);
    return config;
}

TEST(EmotionLabels, AreMappedByNameAndNotByPosition) {
    const auto labels = emotion_labels(
        with_labels({"anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"}));

    ASSERT_TRUE(labels);
    EXPECT_EQ(labels->logit_of_emotion[api::index_of(api::Emotion::fear)], 2);
    EXPECT_EQ(labels->logit_of_emotion[api::index_of(api::Emotion::surprise)], 6);
    EXPECT_FALSE(labels->is_assumed);
}

TEST(EmotionLabels, AssumeTheNotebooksOrderForNamelessLabels) {
    const auto labels = emotion_labels(
        with_labels({"LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3", "LABEL_4", "LABEL_5", "LABEL_6"}));

    ASSERT_TRUE(labels);
    EXPECT_TRUE(labels->is_assumed);
    EXPECT_EQ(labels->logit_of_emotion[6], 6);
}

TEST(EmotionLabels, RefuseAnotherLabelAMissingEmotionAndAMissingHead) {
    EXPECT_NE(emotion_labels(with_labels({"긍정", "부정"})).error().message.find("\"긍정\""),
              std::string::npos);
    EXPECT_NE(emotion_labels(with_labels({"공포", "놀람", "분노", "슬픔", "중립", "행복"}))
                  .error()
                  .message.find("lacks 혐오"),
              std::string::npos);
    EXPECT_NE(emotion_labels(with_labels({})).error().message.find("without a classifier head"),
              std::string::npos);
}

}  // namespace
}  // namespace nunchi::model_folder
