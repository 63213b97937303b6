// Labelled rows as token ids, and the guard against inputs that cannot teach anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "classifier/text/text_encoder.hpp"
#include "trainer/data/labelled.hpp"

namespace nunchi::trainer {

struct TrainingSet {
    std::vector<std::vector<std::int32_t>> ids;  // [CLS] pieces [SEP], by row
    std::vector<api::Emotion> labels;            // by row

    std::size_t size() const { return ids.size(); }
    std::vector<std::size_t> lengths() const;  // token count by row
};

TrainingSet encode_rows(std::span<const data::LabelledRow> rows, const text::TextEncoder& encoder);

/// The rows with these indices, in this order.
TrainingSet select(const TrainingSet& set, std::span<const std::uint32_t> indices);

struct InputHealth {
    double distinct_share = 0;  // distinct id sequences per row
    double unknown_share = 0;   // [UNK] per piece, special tokens not counted
};

InputHealth input_health(const TrainingSet& set);

/// A Failure when fewer than half of the rows are distinct or more than a fifth of the pieces are [UNK]: the
/// marks of a tokenizer that turns every sentence into the same ids, which trains without an error and
/// answers a constant.
api::outcome<void> check_health(const InputHealth& health);

}  // namespace nunchi::trainer
