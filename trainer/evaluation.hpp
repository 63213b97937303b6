// All that is measured of a model on labelled rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trainer/answers.hpp"
#include "trainer/metrics.hpp"
#include "trainer/reliability.hpp"
#include "trainer/selective.hpp"
#include "trainer/significance.hpp"

namespace nunchi::trainer {

struct Evaluation {
    Metrics metrics;  // of the most probable emotion, thresholds are not applied
    double top2_accuracy = 0;
    Reliability reliability;
    std::vector<SelectivePoint> selective;
    Abstention abstention;
};

Evaluation evaluate(std::span<const Answer> answers);

/// A model beside another one on the same rows.
struct Comparison {
    std::string against;  // the other model's id
    double accuracy = 0;  // the other model's figures
    double macro_f1 = 0;
    McNemar mcnemar;
    Differences differences;
    BootstrapOptions bootstrap;
};

/// `answers` and `theirs` are of the same rows in the same order.
Comparison compare(std::span<const Answer> answers, std::span<const Answer> theirs, std::string against);

/// A sentence where the accuracy on rows held out at random is too good for sentences without their context:
/// people agree with these labels in 59 of 100 cases.
std::optional<std::string> leakage_warning(const Metrics& metrics);

}  // namespace nunchi::trainer
