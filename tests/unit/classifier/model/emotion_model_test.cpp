#include "classifier/model/emotion_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "classifier/model_folder/model_folder.hpp"
#include "tests/unit/classifier/model/small_model.hpp"

namespace nunchi::model {
namespace {

class EmotionModelTest : public ::testing::Test {
protected:
    std::shared_ptr<const EmotionModel> load() const { return *EmotionModel::load(folder_, at::kCPU); }

    model_folder::ModelFolder folder_ =
        *model_folder::open_model_folder(testing::write_small_model("emotion_model_test"));
};

TEST_F(EmotionModelTest, TakesTheIdsOfItsVocabularyUpToItsLength) {
    const auto model = load();  // 8,002 pieces, 80 positions

    EXPECT_FALSE(model->check(std::vector{0, 8001}));
    EXPECT_FALSE(model->check(std::vector<std::int32_t>(80, 10)));
    EXPECT_EQ(model->check({}), api::errc::empty_input);
    EXPECT_EQ(model->check(std::vector<std::int32_t>(81, 10)), api::errc::input_too_long);
    EXPECT_EQ(model->check(std::vector{10, 8002}), api::errc::bad_token_id);
    EXPECT_EQ(model->check(std::vector{10, -1}), api::errc::bad_token_id);
}

TEST_F(EmotionModelTest, OrdersTheLogitsByEmotionWhateverTheOrderOfTheLabels) {
    const std::vector<std::int32_t> ids{2, 10, 20, 30, 3};
    const Message message{.ids = ids};
    const auto straight = load()->logits({&message, 1}).front();

    std::ranges::rotate(folder_.config.labels, folder_.config.labels.begin() + 2);  // 분노, 슬픔, …
    const auto rotated = load()->logits({&message, 1}).front();

    for (std::size_t row = 0; row < api::kEmotionCount; ++row) {
        EXPECT_EQ(rotated[(row + 2) % api::kEmotionCount], straight[row]);
    }
}

TEST(DeviceNamed, KnowsThreeNames) {
    EXPECT_TRUE(device_named("cpu")->is_cpu());
    EXPECT_EQ(*device_named("auto"), best_device());
    const auto unknown = device_named("gpu");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().message, "device \"gpu\": expected auto, cpu or cuda");
}

}  // namespace
}  // namespace nunchi::model
