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

/// How many rows the linear layers get to see.
enum class RowCount {
    exact,
    /// Rounded up, by a quarter at most. oneDNN compiles and keeps a kernel for each number of rows that it
    /// meets, and in a chat each batch has another one: that is hundreds of megabytes, and milliseconds each.
    rounded,
};

/// Rows beyond the messages hold the id 0, belong to no group and are read by nobody.
struct PackedBatch {
    at::Tensor ids;          // int64 [rows]
    at::Tensor positions;    // int64 [rows]
    at::Tensor token_types;  // int64 [rows]
    at::Tensor cls_rows;     // int64 [at least messages]: the row of each message's first token
    std::vector<LengthGroup> groups;
    std::int64_t tokens = 0;
    std::int64_t messages = 0;
};

/// One message: its ids and, for pairs, its token types (empty: all 0).
struct Message {
    std::span<const std::int32_t> ids;
    std::span<const std::int32_t> token_types = {};
};

/// The next of 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, ...: four steps to each doubling.
std::int64_t rounded_up(std::int64_t rows);

/// Packs the messages in the given order; the fewer changes of length, the fewer groups. Rows [messages] of
/// the results are in the same order. No message may be empty.
PackedBatch pack(std::span<const Message> messages, const at::Device& device,
                 RowCount rows = RowCount::exact);

}  // namespace nunchi::model
