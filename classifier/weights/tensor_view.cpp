#include "classifier/weights/tensor_view.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace nunchi::weights {
namespace {

struct Type {
    Dtype dtype;
    std::string_view name;
    std::size_t size;
};

constexpr std::array kTypes{
    Type{Dtype::boolean, "BOOL", 1}, Type{Dtype::u8, "U8", 1},   Type{Dtype::i8, "I8", 1},
    Type{Dtype::i16, "I16", 2},      Type{Dtype::f16, "F16", 2}, Type{Dtype::bf16, "BF16", 2},
    Type{Dtype::i32, "I32", 4},      Type{Dtype::f32, "F32", 4}, Type{Dtype::f64, "F64", 8},
    Type{Dtype::i64, "I64", 8},
};

const Type& type_of(Dtype dtype) {
    return kTypes[static_cast<std::size_t>(dtype)];
}

/// NaN and infinity are the values whose exponent bits are all ones.
template <typename Bits>
std::optional<std::size_t> first_with_full_exponent(std::span<const std::byte> bytes, Bits exponent) {
    const std::size_t count = bytes.size() / sizeof(Bits);
    for (std::size_t i = 0; i < count; ++i) {
        Bits value;
        std::memcpy(&value, bytes.data() + i * sizeof(Bits), sizeof(Bits));
        if ((value & exponent) == exponent) return i;
    }
    return std::nullopt;
}

}  // namespace

std::size_t item_size(Dtype dtype) {
    return type_of(dtype).size;
}

std::string_view name_of(Dtype dtype) {
    return type_of(dtype).name;
}

std::optional<Dtype> dtype_named(std::string_view name) {
    const auto* found =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const Type& t) { return t.name == name; });
    if (found == kTypes.end()) return std::nullopt;
    return found->dtype;
}

bool is_floating(Dtype dtype) {
    return dtype == Dtype::f16 || dtype == Dtype::bf16 || dtype == Dtype::f32 || dtype == Dtype::f64;
}

std::optional<std::size_t> byte_size(Dtype dtype, std::span<const std::int64_t> shape) {
    auto size = static_cast<std::int64_t>(item_size(dtype));
    for (const std::int64_t dimension : shape) {
        if (dimension < 0 || __builtin_mul_overflow(size, dimension, &size)) return std::nullopt;
    }
    return static_cast<std::size_t>(size);
}

std::string describe_shape(std::span<const std::int64_t> shape) {
    std::string text = "[";
    for (const std::int64_t dimension : shape) {
        if (text.size() > 1) text += ", ";
        text += std::to_string(dimension);
    }
    return text + "]";
}

std::string in_quotes(std::string_view name) {
    constexpr std::size_t kLongest = 120;
    std::string text = "\"";
    for (const char c : name.substr(0, kLongest))
        text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return text + (name.size() > kLongest ? "…\"" : "\"");
}

std::optional<std::size_t> first_non_finite(const TensorView& tensor) {
    switch (tensor.dtype) {
        case Dtype::f16: return first_with_full_exponent<std::uint16_t>(tensor.bytes, 0x7c00);
        case Dtype::bf16: return first_with_full_exponent<std::uint16_t>(tensor.bytes, 0x7f80);
        case Dtype::f32: return first_with_full_exponent<std::uint32_t>(tensor.bytes, 0x7f800000);
        case Dtype::f64: return first_with_full_exponent<std::uint64_t>(tensor.bytes, 0x7ff0000000000000);
        default: return std::nullopt;
    }
}

}  // namespace nunchi::weights
