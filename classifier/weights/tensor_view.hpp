// A named, typed, shaped view of bytes that somebody else owns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nunchi::weights {

/// The element types of PyTorch models, in the order in which the safetensors reference writer sorts them.
enum class Dtype : std::uint8_t { boolean, u8, i8, i16, f16, bf16, i32, f32, f64, i64 };

/// Bytes of one element.
std::size_t item_size(Dtype dtype);

/// The safetensors name: "F32", "BF16", "BOOL", …
std::string_view name_of(Dtype dtype);

/// Nothing for names of other types, known to safetensors or not.
std::optional<Dtype> dtype_named(std::string_view name);

bool is_floating(Dtype dtype);

/// The most dimensions that a tensor may have; PyTorch's own limit.
inline constexpr std::size_t kMaxRank = 64;

struct TensorView {
    std::string name;
    Dtype dtype = Dtype::f32;
    std::vector<std::int64_t> shape;   // row-major; empty: a scalar
    std::size_t file_offset = 0;       // of the first byte, from the start of the file; ignored when written
    std::span<const std::byte> bytes;  // little-endian; of no alignment: copy with memcpy
};

/// Bytes that a tensor of this type and shape takes; nothing when a dimension is negative or the product does
/// not fit in 63 bits.
std::optional<std::size_t> byte_size(Dtype dtype, std::span<const std::int64_t> shape);

/// "[768, 3072]"
std::string describe_shape(std::span<const std::int64_t> shape);

/// A tensor's name for a message: in quotes, shortened, without control characters.
std::string in_quotes(std::string_view name);

/// The row-major index of the first NaN or infinity; nothing when there is none or the type is no float.
std::optional<std::size_t> first_non_finite(const TensorView& tensor);

}  // namespace nunchi::weights
