#include "trainer/progress_bar.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace nunchi::trainer {
namespace {

TEST(ProgressLine, ShowsShareLossRateAndTimeLeft) {
    const FitProgress progress{
        .epoch = 2, .epochs = 4, .rows_done = 500, .rows = 1000, .loss = 1.5, .learning_rate = 3e-4};

    const auto line = progress_line(progress, std::chrono::seconds(30));

    EXPECT_EQ(line, "epoch 2/4 [██████████░░░░░░░░░░]  50 %  loss 1.500  lr 3.0e-04  50 rows/s  0:50 left");
}

TEST(ProgressLine, ShowsHoursWhereItTakesHours) {
    const FitProgress progress{.epoch = 1, .epochs = 1, .rows_done = 1, .rows = 7326};

    const auto line = progress_line(progress, std::chrono::seconds(1));

    EXPECT_TRUE(line.ends_with("2:02:05 left")) << line;
}

TEST(EpochLine, ShowsTheValidationWhereThereIsOne) {
    ValidationScore validation;
    validation.accuracy = 0.75;
    validation.macro_f1 = 0.5;

    EXPECT_EQ(
        epoch_line({.epoch = 2, .training_loss = 1, .training_accuracy = 0.5, .validation = validation}, 3),
        "epoch 2/3  loss 1.0000  accuracy 0.5000  validation accuracy 0.7500  macro-F1 0.5000");
}

TEST(ProgressBar, ClearsItsLineOnATerminal) {
    std::ostringstream out;
    {
        ProgressBar bar(out, true);
        bar.finish_epoch({.epoch = 1, .validation = std::nullopt}, 1);
    }

    EXPECT_EQ(out.str(), "\r\x1b[2Kepoch 1/1  loss 0.0000  accuracy 0.0000\n\r\x1b[2K");
}

TEST(ProgressBar, ShowsOnlyFinishedEpochsWhereThereIsNoTerminal) {
    std::ostringstream out;
    ProgressBar bar(out, false);

    bar.show({.epoch = 1, .epochs = 2, .rows_done = 1, .rows = 10});
    bar.finish_epoch(
        {.epoch = 1, .training_loss = 1.25, .training_accuracy = 0.5, .validation = std::nullopt}, 2);

    EXPECT_EQ(out.str(), "epoch 1/2  loss 1.2500  accuracy 0.5000\n");
}

}  // namespace
}  // namespace nunchi::trainer
