#include "classifier/weights/tensor_view.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <limits>

namespace nunchi::weights {
namespace {

/// Bit patterns are written out, so that no conversion of the code under test is used.
template <typename Bits, std::size_t N>
std::optional<std::size_t> first_non_finite_of(Dtype dtype, const std::array<Bits, N>& values) {
    // One byte in front: tensors in a file have no alignment.
    std::array<std::byte, 1 + sizeof(values)> storage{};
    std::memcpy(storage.data() + 1, values.data(), sizeof(values));
    return first_non_finite({.name = "t",
                             .dtype = dtype,
                             .shape = {static_cast<std::int64_t>(N)},
                             .bytes = std::span(storage).subspan(1)});
}

TEST(TensorView, FindsTheFirstNonFiniteValueOfEachFloatType) {
    // largest finite value, -infinity, NaN
    EXPECT_EQ(
        first_non_finite_of<std::uint16_t>(Dtype::f16, std::array<std::uint16_t, 3>{0x7bff, 0xfc00, 0x7e00}),
        1u);
    EXPECT_EQ(
        first_non_finite_of<std::uint16_t>(Dtype::bf16, std::array<std::uint16_t, 3>{0x7f7f, 0xff80, 0x7fc0}),
        1u);
    EXPECT_EQ(first_non_finite_of<std::uint32_t>(
                  Dtype::f32, std::array<std::uint32_t, 3>{0x7f7fffff, 0xff800000, 0x7fc00000}),
              1u);
    EXPECT_EQ(first_non_finite_of<std::uint64_t>(
                  Dtype::f64, std::array<std::uint64_t, 3>{0x7fefffffffffffff, 0x7ff8000000000001, 0}),
              1u);
}

TEST(TensorView, FindsNothingInFiniteValuesAndIntegers) {
    EXPECT_FALSE(
        first_non_finite_of<std::uint32_t>(Dtype::f32, std::array<std::uint32_t, 2>{0x7f7fffff, 0x00000001}));
    EXPECT_FALSE(
        first_non_finite_of<std::uint32_t>(Dtype::i32, std::array<std::uint32_t, 2>{0x7fc00000, 0xff800000}));
}

TEST(TensorView, KnowsTheSizeOfAShape) {
    constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(byte_size(Dtype::f16, std::array<std::int64_t, 2>{768, 3072}), 4718592u);
    EXPECT_EQ(byte_size(Dtype::f64, {}), 8u);
    EXPECT_EQ(byte_size(Dtype::f32, std::array<std::int64_t, 2>{0, 3}), 0u);
    EXPECT_EQ(byte_size(Dtype::u8, std::array<std::int64_t, 1>{kLargest}),
              static_cast<std::size_t>(kLargest));
    EXPECT_FALSE(byte_size(Dtype::i16, std::array<std::int64_t, 1>{kLargest}));
    EXPECT_FALSE(byte_size(Dtype::u8, std::array<std::int64_t, 2>{-1, -1}));
}

TEST(TensorView, NamesEachTypeAsSafetensorsDoes) {
    EXPECT_EQ(dtype_named("BF16"), Dtype::bf16);
    EXPECT_EQ(name_of(Dtype::bf16), "BF16");
    EXPECT_EQ(dtype_named("BOOL"), Dtype::boolean);
    EXPECT_FALSE(dtype_named("f32"));
    EXPECT_FALSE(dtype_named("U16"));
    EXPECT_EQ(item_size(Dtype::bf16), 2u);
}

}  // namespace
}  // namespace nunchi::weights
