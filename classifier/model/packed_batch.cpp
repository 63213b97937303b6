#include "classifier/model/packed_batch.hpp"

#include <ATen/ops/zeros.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace nunchi::model {
namespace {

void add_to_groups(std::vector<LengthGroup>& groups, std::int64_t first_token, std::int64_t length) {
    if (!groups.empty() && groups.back().length == length) {
        ++groups.back().messages;
    } else {
        groups.push_back({first_token, 1, length});
    }
}

}  // namespace

std::int64_t rounded_up(std::int64_t rows) {
    const auto octave = std::bit_floor(static_cast<std::uint64_t>(std::max<std::int64_t>(rows, 1)));
    const auto step = std::max<std::int64_t>(4, static_cast<std::int64_t>(octave) / 4);
    return (rows + step - 1) / step * step;
}

PackedBatch pack(std::span<const Message> messages, const at::Device& device, RowCount rows) {
    PackedBatch batch;
    batch.messages = static_cast<std::int64_t>(messages.size());
    for (const auto& message : messages) batch.tokens += static_cast<std::int64_t>(message.ids.size());
    const bool is_rounded = rows == RowCount::rounded;
    const auto count = is_rounded ? rounded_up(batch.tokens) : batch.tokens;
    const auto cls_count = is_rounded ? rounded_up(batch.messages) : batch.messages;

    // One block for all four index rows: one copy to a GPU.
    const auto host = at::zeros({3 * count + cls_count}, at::kLong);
    auto* ids = host.mutable_data_ptr<std::int64_t>();
    auto* positions = ids + count;
    auto* types = positions + count;
    auto* cls_rows = types + count;
    std::int64_t row = 0;
    for (const auto& message : messages) {
        assert(!message.ids.empty());
        const auto length = static_cast<std::int64_t>(message.ids.size());
        add_to_groups(batch.groups, row, length);
        *cls_rows++ = row;
        for (std::int64_t i = 0; i < length; ++i, ++row) {
            const auto at = static_cast<std::size_t>(i);
            ids[row] = message.ids[at];
            positions[row] = i;
            types[row] = message.token_types.empty() ? 0 : message.token_types[at];
        }
    }
    const auto block = host.to(device);
    batch.ids = block.slice(0, 0, count);
    batch.positions = block.slice(0, count, 2 * count);
    batch.token_types = block.slice(0, 2 * count, 3 * count);
    batch.cls_rows = block.slice(0, 3 * count);
    return batch;
}

}  // namespace nunchi::model
