#include "classifier/model/packed_batch.hpp"

#include <ATen/ops/empty.h>

#include <algorithm>
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

PackedBatch pack(std::span<const Message> messages, const at::Device& device) {
    std::int64_t tokens = 0;
    for (const auto& message : messages) tokens += static_cast<std::int64_t>(message.ids.size());

    PackedBatch batch;
    // One block for all four index rows: one copy to a GPU.
    const auto count = static_cast<std::int64_t>(messages.size());
    const auto host = at::empty({3 * tokens + count}, at::kLong);
    auto* ids = host.mutable_data_ptr<std::int64_t>();
    auto* positions = ids + tokens;
    auto* types = positions + tokens;
    auto* cls_rows = types + tokens;
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
    batch.ids = block.slice(0, 0, tokens);
    batch.positions = block.slice(0, tokens, 2 * tokens);
    batch.token_types = block.slice(0, 2 * tokens, 3 * tokens);
    batch.cls_rows = block.slice(0, 3 * tokens);
    return batch;
}

}  // namespace nunchi::model
