#include "classifier/model_folder/emotion_labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::model_folder {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

api::outcome<EmotionLabels> mapped(std::vector<std::string> labels) {
    BertConfig config;
    config.labels = std::move(labels);
    return emotion_labels(config);
}

TEST(EmotionLabels, AreMappedByNameInBothLanguages) {
    const auto mapping = mapped({"행복", "Fear", "놀람", "disgust", "분노", "슬픔", "중립"});

    ASSERT_TRUE(mapping) << mapping.error().message;
    EXPECT_THAT(mapping->logit_of_emotion, ElementsAre(1, 2, 4, 5, 6, 0, 3));
    EXPECT_FALSE(mapping->is_assumed);
}

TEST(EmotionLabels, WithoutNamesAreAssumedToBeTheNotebooks) {
    const auto mapping =
        mapped({"LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3", "LABEL_4", "LABEL_5", "LABEL_6"});

    ASSERT_TRUE(mapping) << mapping.error().message;
    EXPECT_THAT(mapping->logit_of_emotion, ElementsAre(0, 1, 2, 3, 4, 5, 6));
    EXPECT_TRUE(mapping->is_assumed);
}

TEST(EmotionLabels, AreRefusedWhenOneIsUnknownMissingOrDouble) {
    EXPECT_THAT(mapped({"기쁨"}).error().message, HasSubstr("\"기쁨\" is none of the seven"));
    EXPECT_THAT(mapped({"공포", "놀람", "분노", "슬픔", "중립", "행복"}).error().message,
                HasSubstr("lacks 혐오"));
    EXPECT_THAT(mapped({"공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오", "fear"}).error().message,
                HasSubstr("0 and 7 are both 공포"));
    EXPECT_THAT(mapped({}).error().message, HasSubstr("without a classifier head"));
}

}  // namespace
}  // namespace nunchi::model_folder
