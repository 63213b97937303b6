#include "classifier/engine/engine.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>
#include <future>

#include "classifier/engine/golden_check.hpp"
#include "classifier/model/bert_file.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "tests/unit/classifier/model/small_model.hpp"

namespace nunchi::engine {
namespace {

using Answer = api::result<api::Prediction>;

class EngineTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::make_unique<model_folder::ModelFolder>(
            *model_folder::open_model_folder(testing::write_small_model("engine_test")));
    }

    std::unique_ptr<Engine> start(Options options = {}) {
        options.device = "cpu";
        return *create_engine(*folder_, std::move(options));
    }

    /// Sends all at once, so that they share batches.
    std::vector<Answer> classify(Engine& engine, const std::vector<api::Encoded>& messages) {
        io_.restart();
        std::vector<std::future<Answer>> futures;
        for (const auto& message : messages) {
            futures.push_back(boost::asio::co_spawn(io_, engine.classify(message), boost::asio::use_future));
        }
        auto work = boost::asio::make_work_guard(io_);
        std::vector<Answer> answers;
        for (auto& future : futures) {
            while (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) io_.run_one();
            answers.push_back(future.get());
        }
        return answers;
    }

    static api::Encoded message(std::size_t length, std::int32_t first = 10) {
        api::Encoded encoded;
        for (std::size_t i = 0; i < length; ++i)
            encoded.ids.push_back(first + static_cast<std::int32_t>(i * 7));
        return encoded;
    }

    boost::asio::io_context io_;
    std::unique_ptr<model_folder::ModelFolder> folder_;
};

TEST_F(EngineTest, AnswersAMessageTheSameAloneAndInCompany) {
    auto engine = start();
    std::vector<api::Encoded> messages;
    for (const std::size_t length : {2U, 3U, 63U, 64U, 65U, 14U, 14U, 3U, 80U}) {
        messages.push_back(message(length, static_cast<std::int32_t>(length * 11)));
    }

    const auto together = classify(*engine, messages);

    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto alone = classify(*engine, {messages[i]}).front();
        ASSERT_TRUE(alone && together[i]);
        EXPECT_EQ(together[i]->token_count, messages[i].ids.size());
        for (std::size_t emotion = 0; emotion < api::kEmotionCount; ++emotion) {
            // Two summation orders in fp32.
            EXPECT_NEAR(alone->probabilities[emotion], together[i]->probabilities[emotion], 1e-5F);
        }
    }
}

TEST_F(EngineTest, ComputesInThePrecisionThatIsAskedFor) {
    EXPECT_EQ(start()->precision(), "fp32");

    auto narrow = start({.precision = "bf16"});
    EXPECT_EQ(narrow->precision(), "bf16");
    EXPECT_TRUE(classify(*narrow, {message(14)}).front());
}

TEST_F(EngineTest, ChoosesAPrecisionByMeasuringAndAnswersAlikeInIt) {
    auto exact = start();
    auto chosen = start({.precision = "auto", .threads = 1});
    EXPECT_TRUE(chosen->precision() == "fp32" || chosen->precision() == "bf16");

    const auto expected = classify(*exact, {message(14)}).front();
    const auto actual = classify(*chosen, {message(14)}).front();
    ASSERT_TRUE(expected && actual);
    for (std::size_t emotion = 0; emotion < api::kEmotionCount; ++emotion) {
        EXPECT_NEAR(actual->probabilities[emotion], expected->probabilities[emotion], 0.02F);
    }
}

TEST_F(EngineTest, NamesTheModelAndTheTimes) {
    auto engine = start();

    const auto answer = classify(*engine, {message(5)}).front();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->model_id, "engine_test@" + folder_->weights_hash.substr(0, 12));
    EXPECT_GT(answer->timings.inference.count(), 0);
    EXPECT_EQ(answer->label, answer->top());
}

TEST_F(EngineTest, RefusesIdsThatTheModelCannotTake) {
    auto engine = start();
    auto of_another_model = message(5);
    of_another_model.model_hash = "abc";

    const auto answers = classify(*engine, {api::Encoded{}, message(81), message(3, 8000), of_another_model});

    EXPECT_EQ(answers[0].error(), api::errc::empty_input);
    EXPECT_EQ(answers[1].error(), api::errc::input_too_long);
    EXPECT_EQ(answers[2].error(), api::errc::bad_token_id);
    EXPECT_EQ(answers[3].error(), api::errc::wrong_model);
}

TEST_F(EngineTest, IsOverloadedBeyondItsQueue) {
    auto engine = start({.max_batch_tokens = 64, .max_queued_tokens = 80});

    const auto answers = classify(*engine, std::vector<api::Encoded>(50, message(64)));

    const auto refused = std::count_if(answers.begin(), answers.end(), [](const Answer& answer) {
        return answer.has_error() && answer.error() == api::errc::overloaded;
    });
    EXPECT_GT(refused, 0);
    EXPECT_LT(refused, 50);
}

TEST_F(EngineTest, RefusesWorkAfterStop) {
    auto engine = start();
    engine->stop();

    EXPECT_EQ(classify(*engine, {message(5)}).front().error(), api::errc::shutting_down);
}

TEST_F(EngineTest, AbstainsBelowTheThreshold) {
    folder_->manifest.calibration.thresholds.fill(1.0F);
    auto engine = start();

    const auto answer = classify(*engine, {message(5)}).front();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->label, std::nullopt);
}

TEST_F(EngineTest, FailsARequestWhoseLogitsAreNotFinite) {
    auto config = testing::small_config();
    auto weights = testing::random_weights(config, 0.5, 1);
    weights.classifier.weight.fill_(3e38F);  // finite itself, so it loads; the sum is not
    ASSERT_TRUE(model::save_bert(folder_->weights_file(), weights, config, model::StoredAs::f32));
    std::string error;
    auto engine = start({.on_error = [&](const std::string& message) { error = message; }});

    const auto answer = classify(*engine, {message(5)}).front();
    engine.reset();  // Joins the thread that writes `error`.

    EXPECT_EQ(answer.error(), api::errc::inference_failed);
    EXPECT_NE(error.find("no finite number"), std::string::npos);
}

TEST_F(EngineTest, SaysThatThereIsNoGpuWhenThereIsNone) {
    if (model::best_device().is_cuda()) GTEST_SKIP() << "this machine has a GPU";

    const auto engine = create_engine(*folder_, {.device = "cuda"});

    ASSERT_FALSE(engine);
    EXPECT_NE(engine.error().message.find("finds no GPU"), std::string::npos);
}

TEST_F(EngineTest, NoticesChangedWeightsByTheGoldenSentences) {
    const auto encoder = model_folder::create_encoder(*folder_, 64);
    const auto model = model::EmotionModel::load(*folder_, at::kCPU);
    auto manifest = folder_->manifest;
    manifest.calibration.temperature = 0.25F;
    manifest.golden = record_golden(*encoder, **model, manifest.calibration);
    EXPECT_TRUE(check_golden_ids(manifest, *encoder));
    EXPECT_TRUE(check_golden_probabilities(manifest, **model));

    auto other_tokens = manifest;
    other_tokens.golden[2].ids[1] += 1;
    auto other_weights = manifest;
    other_weights.golden[3].probabilities[0] += 0.1F;

    auto larger_vocabulary = manifest;
    larger_vocabulary.golden[1].ids[1] = 8002;

    EXPECT_FALSE(check_golden_ids(other_tokens, *encoder));
    EXPECT_NE(check_golden_probabilities(larger_vocabulary, **model).error().message.find("cannot take"),
              std::string::npos);
    EXPECT_FALSE(check_golden_probabilities(other_weights, **model));
    folder_->manifest = other_weights;
    EXPECT_FALSE(create_engine(*folder_, {.device = "cpu"}));
}

}  // namespace
}  // namespace nunchi::engine
