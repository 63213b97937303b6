#include "classifier/text/kobert_tokenizer.hpp"
#include "trainer/pretrain.hpp"

namespace nunchi::trainer {
namespace {

/// [0, 1) from 32 bits, the same on every platform.
double draw(std::mt19937& random) {
    return static_cast<double>(random()) / 4294967296.0;
}

std::int32_t disguise(std::int32_t id, std::int32_t vocabulary_size, std::mt19937& random) {
    const double kind = draw(random);
    if (kind < 0.8) return text::kMaskId;
    if (kind < 0.9) return id;
    constexpr std::int32_t first = text::kMaskId + 1;
    return first + static_cast<std::int32_t>(draw(random) * (vocabulary_size - first));
}

}  // namespace

MaskedBatch mask(std::span<const std::vector<std::int32_t>* const> sentences, std::int32_t vocabulary_size,
                 double share, std::mt19937& random) {
    MaskedBatch batch;
    std::int64_t row = 0;
    for (const auto* sentence : sentences) {
        auto& ids = batch.ids.emplace_back(*sentence);
        for (auto& id : ids) {
            const bool is_hidden = id > text::kMaskId && draw(random) < share;
            if (is_hidden) {
                batch.rows.push_back(row);
                batch.targets.push_back(id);
                id = disguise(id, vocabulary_size, random);
            }
            ++row;
        }
    }
    return batch;
}

}  // namespace nunchi::trainer
