#include "classifier/weights/torch_objects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/classifier/weights/pickle_bytes.hpp"
#include "tests/unit/classifier/weights/safetensors_bytes.hpp"

namespace nunchi::weights {
namespace {

using testing::as_bytes;
using testing::FloatTensor;
using testing::global;
using ::testing::HasSubstr;
using testing::number;
using testing::pickle;
using testing::sizes;
using testing::storage;
using testing::text;
using testing::tuple;

constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();

std::string error_of(const std::string& opcodes) {
    const auto bytes = pickle(opcodes);
    const auto result = read_pickle(as_bytes(bytes), 0);
    return result ? "(no error)" : result.error().message;
}

std::string error_of(const FloatTensor& tensor) {
    return error_of(tensor.bytes());
}

TEST(TorchObjects, TakesViewsThatEndWithTheirStorage) {
    EXPECT_EQ(error_of(FloatTensor{}), "(no error)");
    EXPECT_EQ(error_of(FloatTensor{.strides = sizes({1, 2})}), "(no error)");
    EXPECT_EQ(error_of(FloatTensor{.offset = 5, .shape = sizes({}), .strides = sizes({})}), "(no error)");
    EXPECT_EQ(error_of(FloatTensor{.count = 0, .shape = sizes({0, 768}), .strides = sizes({768, 1})}),
              "(no error)");
    EXPECT_EQ(error_of(FloatTensor{.metadata = "N"}), "(no error)");
    EXPECT_EQ(error_of(FloatTensor{.metadata = "}"}), "(no error)");
}

TEST(TorchObjects, RefusesViewsThatLeaveTheirStorage) {
    const auto message = error_of(FloatTensor{.offset = 1});
    EXPECT_THAT(message, HasSubstr("REDUCE at file offset"));
    EXPECT_THAT(
        message,
        HasSubstr("a tensor of shape [2, 3] and strides [3, 1] from element 1 does not fit in storage "
                  "\"0\" of 6 elements"));
    EXPECT_THAT(error_of(FloatTensor{.strides = sizes({4, 1})}), HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.count = 5}), HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.offset = 6, .shape = sizes({}), .strides = sizes({})}),
                HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.count = 0, .offset = 1, .shape = sizes({0}), .strides = sizes({1})}),
                HasSubstr("does not fit"));
}

TEST(TorchObjects, RefusesSizesThatOverflow) {
    EXPECT_THAT(error_of(FloatTensor{.offset = kLargest}), HasSubstr("does not fit"));
    // A product and a sum that come back to 0 modulo 2^64.
    EXPECT_THAT(error_of(FloatTensor{.shape = sizes({5}), .strides = sizes({std::int64_t{1} << 62})}),
                HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.shape = sizes({2, 2, 3}), .strides = sizes({kLargest, kLargest, 1})}),
                HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.strides = sizes({kLargest, kLargest})}), HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.shape = sizes({kLargest, kLargest}), .strides = sizes({0, 0})}),
                HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{.shape = sizes({kLargest / 4 + 1, 1}), .strides = sizes({0, 0})}),
                HasSubstr("does not fit"));
    EXPECT_THAT(error_of(FloatTensor{
                    .count = kLargest, .offset = 1, .shape = sizes({kLargest}), .strides = sizes({1})}),
                HasSubstr("does not fit"));
}

TEST(TorchObjects, RefusesNegativeAndForeignArguments) {
    EXPECT_THAT(error_of(FloatTensor{.offset = -1}), HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(FloatTensor{.shape = sizes({-2, 3})}), HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(FloatTensor{.strides = sizes({-3, 1})}), HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(FloatTensor{.strides = sizes({1})}), HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(FloatTensor{.shape = "]"}), HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(global("torch._utils", "_rebuild_tensor_v2") + ")R"),
                HasSubstr("not those of a tensor"));
    EXPECT_THAT(error_of(FloatTensor{.metadata = "}" + text("neg") + "\x88s"}), HasSubstr("negated view"));
}

TEST(TorchObjects, RefusesStoragesOfTwoSizesOrTypes) {
    const auto same = storage("FloatStorage", "0", 6);
    EXPECT_EQ(error_of(same + same + "\x86"), "(no error)");
    EXPECT_THAT(error_of(same + storage("FloatStorage", "0", 7) + "\x86"),
                HasSubstr("storage \"0\" comes with two types or sizes"));
    EXPECT_THAT(error_of(same + storage("HalfStorage", "0", 6) + "\x86"), HasSubstr("two types or sizes"));
    EXPECT_THAT(error_of(storage("FloatStorage", "0", -1)), HasSubstr("it describes no storage"));
}

TEST(TorchObjects, RefusesPersistentIdsOfOtherThings) {
    const auto type = global("torch", "FloatStorage");
    EXPECT_THAT(error_of(tuple({text("module"), type, text("0"), text("cpu"), number(6)}) + "Q"),
                HasSubstr("BINPERSID at file offset"));
    EXPECT_THAT(error_of(tuple({text("storage"), "N", text("0"), text("cpu"), number(6)}) + "Q"),
                HasSubstr("no storage"));
    EXPECT_THAT(error_of(tuple({text("storage"), type, number(0), text("cpu"), number(6)}) + "Q"),
                HasSubstr("no storage"));
    EXPECT_THAT(error_of(tuple({text("storage"), type}) + "Q"), HasSubstr("no storage"));
    EXPECT_THAT(error_of(text("storage") + "Q"), HasSubstr("must be described by a tuple"));
    EXPECT_EQ(error_of(tuple({text("storage"), type, text("0"), text("cpu"), number(6), "N"}) + "Q"),
              "(no error)");
    EXPECT_THAT(error_of(tuple({text("storage"), type, text("0"), text("cpu"), number(6), ")"}) + "Q"),
                HasSubstr("a view of another one"));
}

}  // namespace
}  // namespace nunchi::weights
