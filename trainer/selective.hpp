// What a model's answers are worth when it may stay silent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trainer/answers.hpp"

namespace nunchi::trainer {

struct SelectivePoint {
    double coverage = 0;          // share of the rows that are answered
    std::int64_t rows = 0;        // how many these are, rounded
    double least_confidence = 0;  // of an answered row
    double accuracy = 0;          // of the answered rows
};

/// For coverages of 100, 75, 50 and 25 %: the rows with the highest confidence, of equal ones the first.
std::vector<SelectivePoint> selective_accuracy(std::span<const Answer> answers);

/// What the model's own thresholds make of the rows.
struct Abstention {
    double answered = 0;  // share of the rows
    double accuracy = 0;  // of the answered rows; 0 when there are none
};

Abstention abstention_of(std::span<const Answer> answers);

}  // namespace nunchi::trainer
