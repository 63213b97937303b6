#include "classifier/model/emotion_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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

TEST_F(EmotionModelTest, RoundsInBf16AndKeepsTheHeadExact) {
    const auto exact = load();
    const auto narrow = *EmotionModel::load(folder_, at::kCPU, Precision::bf16);
    EXPECT_EQ(narrow->weights().word_embeddings.scalar_type(), at::kBFloat16);
    EXPECT_EQ(narrow->weights().classifier.bias.scalar_type(), at::kFloat);

    std::vector<std::vector<std::int32_t>> ids;
    std::vector<Message> messages;
    for (const std::size_t length : {3U, 14U, 14U, 64U}) ids.emplace_back(length, 7 * length);
    for (const auto& message : ids) messages.push_back({.ids = message});
    const auto expected = exact->logits(messages);
    const auto actual = narrow->logits(messages);

    float largest = 0;
    for (std::size_t message = 0; message < messages.size(); ++message) {
        for (std::size_t emotion = 0; emotion < api::kEmotionCount; ++emotion) {
            EXPECT_NEAR(actual[message][emotion], expected[message][emotion], 0.02F);
            largest = std::max(largest, std::abs(actual[message][emotion] - expected[message][emotion]));
        }
    }
    EXPECT_GT(largest, 1e-6F);  // it did compute in bf16
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
