// A run that is taken up again at any update gives the weights of one that never stopped, bit for bit.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/unit/trainer/small_corpus.hpp"
#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

const FitOptions kNoisy{.epochs = 3,
                        .batch_size = 16,
                        .learning_rate = 5e-3,
                        .dropout = {.hidden = 0.1, .attention = 0.1, .classifier = 0.3},
                        .adamw = {},
                        .save_steps = 4};

class FitResume : public ::testing::Test {
protected:
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void SetUp() override {
        folder_ =
            std::filesystem::path(::testing::TempDir()) /
            ("fit_resume_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    model::BertWeights start() const {
        auto weights = model::empty_weights(config_);
        initialise(weights, config_, 1);
        return weights;
    }

    static bool are_equal(model::BertWeights& left, model::BertWeights& right) {
        const auto ours = model::parameters(left);
        const auto others = model::parameters(right);
        return std::equal(ours.begin(), ours.end(), others.begin(), others.end(),
                          [](const auto& a, const auto& b) { return at::equal(*a.tensor, *b.tensor); });
    }

    std::filesystem::path state_file(int number) const { return folder_ / std::to_string(number); }

    /// Saves every state that the run gives; returns their number.
    int run_and_save(model::BertWeights& weights, const FitOptions& options) {
        int saved = 0;
        const auto keep = [&](const TrainingState& state) {
            ASSERT_TRUE(save_training_state(state_file(saved++), state, {{"run", "test"}}));
        };
        EXPECT_TRUE(fit(weights, config_, training_, validation_, options,
                        {.on_batch = {}, .on_epoch = {}, .is_cancelled = {}, .keep_state = keep}));
        return saved;
    }

    std::filesystem::path folder_;
    model_folder::BertConfig config_ = tiny_config();
    TrainingSet training_ = seven_words(140, 1);
    TrainingSet validation_ = seven_words(70, 2);
};

TEST_F(FitResume, GivesTheSameWeightsFromEveryState) {
    auto undisturbed = start();
    const int saved = run_and_save(undisturbed, kNoisy);
    ASSERT_EQ(saved, 3 + 6);  // 9 updates an epoch

    for (int number = 0; number < saved; ++number) {
        const auto state = load_training_state(state_file(number));
        ASSERT_TRUE(state);
        auto weights = start();
        at::manual_seed(4711);
        const auto result = fit(weights, config_, training_, validation_, kNoisy, {}, &state->state);

        ASSERT_TRUE(result) << result.error().message;
        EXPECT_TRUE(are_equal(weights, undisturbed)) << "state " << number;
        EXPECT_EQ(result->epochs.size(), 3U);
    }
}

TEST_F(FitResume, KeepsTheReportsOfTheEpochsBefore) {
    auto undisturbed = start();
    std::vector<EpochReport> reports;
    const auto keep = [&](const TrainingState& state) {
        ASSERT_TRUE(save_training_state(state_file(0), state, nlohmann::ordered_json::object()));
    };
    auto options = kNoisy;
    options.save_steps = 0;
    const auto whole = fit(undisturbed, config_, training_, validation_, options, {});
    int updates = 0;
    auto stopped = start();
    const auto half = fit(stopped, config_, training_, validation_, options,
                          {.on_batch = [&](const FitProgress&) { ++updates; },
                           .on_epoch = {},
                           .is_cancelled = [&] { return updates == 13; },
                           .keep_state = keep});
    ASSERT_TRUE(whole && half);
    ASSERT_TRUE(half->was_cancelled);

    const auto state = load_training_state(state_file(0));
    auto weights = start();
    const auto result = fit(weights, config_, training_, validation_, options, {}, &state->state);

    ASSERT_TRUE(result);
    ASSERT_EQ(result->epochs.size(), whole->epochs.size());
    for (std::size_t i = 0; i < whole->epochs.size(); ++i) {
        EXPECT_EQ(to_json(result->epochs[i]), to_json(whole->epochs[i]));
    }
    EXPECT_EQ(result->best_epoch, whole->best_epoch);
    EXPECT_TRUE(are_equal(weights, undisturbed));
}

TEST_F(FitResume, RefusesTheStateOfAnotherModel) {
    auto weights = start();
    run_and_save(weights, kNoisy);
    const auto state = load_training_state(state_file(0));
    ASSERT_TRUE(state);

    config_.hidden_size = 32;
    auto larger = start();
    const auto result = fit(larger, config_, training_, validation_, kNoisy, {}, &state->state);

    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("belongs to another model"), std::string::npos);
}

TEST_F(FitResume, RefusesFilesThatAreNoState) {
    std::ofstream(state_file(0)) << "no tensors here";
    EXPECT_FALSE(load_training_state(state_file(0)));

    ASSERT_TRUE(save_training_state(state_file(1), {nlohmann::ordered_json::object(), {}},
                                    nlohmann::ordered_json::object()));
    const auto empty = load_training_state(state_file(1));
    ASSERT_TRUE(empty);
    auto weights = start();
    const auto result = fit(weights, config_, training_, validation_, kNoisy, {}, &empty->state);
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace nunchi::trainer
