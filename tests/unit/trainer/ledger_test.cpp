#include "trainer/ledger.hpp"

#include <gtest/gtest.h>

namespace nunchi::trainer {
namespace {

using nlohmann::ordered_json;

TEST(Ledger, IsReadAsText) {
    const auto ledger = ordered_json::parse(R"({"data": {"sha256": "ab", "rows": 7}, "fit": null})");

    EXPECT_EQ(text_at(ledger, "/data/sha256"), "ab");
    EXPECT_EQ(text_at(ledger, "/data/rows"), "7");
    EXPECT_EQ(text_at(ledger, "/data"), "");
    EXPECT_EQ(text_at(ledger, "/data/sha256/more"), "");
    EXPECT_EQ(text_at(ledger, "/fit"), "");
    EXPECT_EQ(text_at(ledger, "/split/test_rows_sha256"), "");
    EXPECT_EQ(text_at(ordered_json::array(), "/data"), "");
}

TEST(Ledger, TellsHowTheModelLearned) {
    const auto history = history_of(ordered_json::parse(R"({"fit": {"best_epoch": 2, "history": [
        {"epoch": 1, "training_loss": 1.5, "training_accuracy": 0.4},
        {"epoch": 2, "training_loss": 1.2, "training_accuracy": 0.5, "validation_accuracy": 0.45,
         "validation_macro_f1": 0.44}]}})"));

    EXPECT_EQ(history.best_epoch, 2);
    ASSERT_EQ(history.epochs.size(), 2U);
    EXPECT_EQ(history.epochs[1].epoch, 2);
    EXPECT_DOUBLE_EQ(history.epochs[0].training_loss, 1.5);
    EXPECT_DOUBLE_EQ(history.epochs[1].training_accuracy, 0.5);
    EXPECT_FALSE(history.epochs[0].validation_accuracy);
    EXPECT_DOUBLE_EQ(history.epochs[1].validation_macro_f1.value(), 0.44);
}

TEST(Ledger, MayLackEverything) {
    EXPECT_TRUE(history_of(ordered_json::object()).epochs.empty());
    EXPECT_TRUE(history_of(ordered_json::parse(R"({"fit": "unknown"})")).epochs.empty());
    EXPECT_TRUE(
        history_of(ordered_json::parse(R"({"fit": {"history": [1, {"epoch": "one"}]}})")).epochs.empty());
    EXPECT_TRUE(
        history_of(ordered_json::parse(R"({"fit": {"history": [{"epoch": 1, "training_accuracy": 1}]}})"))
            .epochs.empty());
    EXPECT_EQ(history_of(ordered_json::parse(R"({"fit": {"best_epoch": "two"}})")).best_epoch, 0);
}

}  // namespace
}  // namespace nunchi::trainer
