// What is odd about labelled rows, before anybody trains on them. Counts and row numbers only, never text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "trainer/data/labelled.hpp"

namespace nunchi::data {

/// Rows that say the same.
struct Repetition {
    std::size_t groups = 0;              // of two rows or more
    std::size_t rows = 0;                // in them
    std::size_t conflicting_groups = 0;  // whose rows do not all have the same label
    std::size_t conflicting_rows = 0;

    std::size_t surplus() const { return rows - groups; }
};

struct LengthSpread {
    std::size_t shortest = 0, median = 0, p95 = 0, p99 = 0, longest = 0;
    double mean = 0;
};

struct LintReport {
    std::size_t rows = 0;
    std::size_t blank_rows = 0;
    std::vector<std::size_t> half_filled;  // row numbers
    std::array<std::size_t, api::kEmotionCount> by_emotion{};
    bool is_sorted_by_label = false;  // each label stands in one block, and there are several
    Repetition exact;                 // byte for byte
    Repetition normalised;            // by group_key; rows whose key is empty are left out
    /// Pairs of rows of the same group_key and different labels, the smaller Emotion first.
    std::map<std::pair<api::Emotion, api::Emotion>, std::size_t> conflicting_pairs;
    std::size_t test_rows = 0;
    std::size_t test_twins = 0;             // test rows with a row of the same key in the training part
    std::size_t test_twins_same_label = 0;  // of those, where one such row has the same label
    LengthSpread characters;                // code points
};

/// `test_rows`: indices into the rows that a split holds out.
LintReport lint(const LabelledRows& rows, const std::vector<std::uint32_t>& test_rows);

LengthSpread spread_of(std::vector<std::size_t> lengths);

}  // namespace nunchi::data
