// Messages laid end to end, without padding between them.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace nunchi::model {

/// Neighbouring messages of one length: attention runs over a group at once.
struct LengthGroup {
    std::int64_t first_token;
    std::int64_t messages;
    std::int64_t length;
};

struct PackedBatch {
    at::Tensor ids;          // int64 [tokens]
    at::Tensor positions;    // int64 [tokens]
    at::Tensor token_types;  // int64 [tokens]
    at::Tensor cls_rows;     // int64 [messages]: the row of each message's first token
    std::vector<LengthGroup> groups;

    std::int64_t messages() const { return cls_rows.size(0); }
};

/// One message: its ids and, for pairs, its token types (empty: all 0).
struct Message {
    std::span<const std::int32_t> ids;
    std::span<const std::int32_t> token_types = {};
};

/// Packs the messages in the given order; the fewer changes of length, the fewer groups. Rows [messages] of
/// the results are in the same order. No message may be empty.
PackedBatch pack(std::span<const Message> messages, const at::Device& device);

}  // namespace nunchi::model
