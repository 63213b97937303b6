#include "classifier/weights/pickle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/classifier/weights/pickle_bytes.hpp"
#include "tests/unit/classifier/weights/safetensors_bytes.hpp"

namespace nunchi::weights {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using testing::global;
using ::testing::HasSubstr;
using testing::little_endian_32;
using testing::number;
using testing::ordered_dict;
using testing::pickle;
using testing::sizes;
using testing::text;
using testing::tuple;

constexpr std::size_t kFileOffset = 1000;

api::outcome<Pickle> read(const std::string& bytes) {
    return read_pickle(as_bytes(bytes), kFileOffset);
}

std::string error_of(const std::string& bytes) {
    const auto result = read(bytes);
    return result ? "(no error)" : result.error().message;
}

template <typename T>
T root_of(const std::string& opcodes) {
    const auto result = read(pickle(opcodes));
    if (!result) throw std::runtime_error(result.error().message);
    return std::get<T>(result->values[result->root]);
}

std::string repeat(std::string_view piece, std::size_t times) {
    std::string bytes;
    for (std::size_t i = 0; i < times; ++i) bytes += piece;
    return bytes;
}

TEST(Pickle, ReadsNumbers) {
    EXPECT_EQ(root_of<std::int64_t>("K\xff"), 255);
    EXPECT_EQ(root_of<std::int64_t>("M\x01\x80"), 0x8001);
    EXPECT_EQ(root_of<std::int64_t>("J\xff\xff\xff\xff"), -1);
    EXPECT_EQ(root_of<std::int64_t>(std::string("\x8a\x00", 2)), 0);
    EXPECT_EQ(root_of<std::int64_t>("\x8a\x01\x80"), -128);
    EXPECT_EQ(root_of<std::int64_t>(number(std::numeric_limits<std::int64_t>::min())),
              std::numeric_limits<std::int64_t>::min());
    // pickle.dumps(5e-05, 2), whose first byte is the most significant.
    EXPECT_EQ(root_of<double>("G\x3f\x0a\x36\xe2\xeb\x1c\x43\x2d"), 5e-05);
    EXPECT_TRUE(root_of<bool>("\x88"));
    EXPECT_FALSE(root_of<bool>("\x89"));
}

TEST(Pickle, ReadsStringsOfAllProtocols) {
    EXPECT_EQ(root_of<std::string>(text("눈치")), "눈치");
    EXPECT_EQ(root_of<std::string>("\x8c\x03"
                                   "abc"),
              "abc");
    EXPECT_EQ(root_of<std::string>("U\x03"
                                   "abc"),
              "abc");
    EXPECT_EQ(root_of<std::string>("T" + little_endian_32(3) + "abc"), "abc");
}

TEST(Pickle, ReadsContainers) {
    EXPECT_EQ(root_of<PickleTuple>("K\x01K\x02K\x03\x87").items.size(), 3u);
    EXPECT_EQ(root_of<PickleList>("](K\x01K\x02"
                                  "eK\x03"
                                  "a")
                  .items.size(),
              3u);
    EXPECT_EQ(root_of<PickleDict>("}(K\x01K\x02"
                                  "X" +
                                  little_endian_32(1) + "aNu")
                  .items.size(),
              2u);
    EXPECT_TRUE(root_of<PickleDict>(ordered_dict()).is_ordered);
}

TEST(Pickle, SharesWhatTheMemoHolds) {
    const auto far = little_endian_32(70'000);
    const auto twice = root_of<PickleTuple>("]r" + far + "j" + far + "\x86");
    EXPECT_EQ(twice.items[0], twice.items[1]);

    const std::string first("h\x00", 2);
    const auto memoized = root_of<PickleTuple>("(]\x94}\x94" + first + "h\x01t");
    EXPECT_EQ(memoized.items[0], memoized.items[2]);
    EXPECT_EQ(memoized.items[1], memoized.items[3]);
}

TEST(Pickle, EndsAtStopAndSaysHowMuchItRead) {
    const auto result = read(pickle("N") + "more");

    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->size, 4u);
}

TEST(Pickle, ReadsATensorWithoutItsBytes) {
    const testing::FloatTensor tensor{.count = 10, .offset = 4};

    const auto result = read(pickle(tensor.bytes()));

    ASSERT_TRUE(result) << result.error().message;
    ASSERT_EQ(result->tensors.size(), 1u);
    EXPECT_EQ(result->tensors[0].offset, 4u);
    EXPECT_THAT(result->tensors[0].shape, ElementsAre(2, 3));
    EXPECT_THAT(result->tensors[0].strides, ElementsAre(3, 1));
    ASSERT_EQ(result->storages.size(), 1u);
    EXPECT_EQ(result->storages[0].dtype, Dtype::f32);
    EXPECT_EQ(result->storages[0].key, "0");
    EXPECT_EQ(result->storages[0].count, 10u);
}

TEST(Pickle, TakesAParameterForItsTensor) {
    const auto parameter = global("torch._utils", "_rebuild_parameter") +
                           tuple({testing::FloatTensor{}.bytes(), "\x88", ordered_dict()}) + "R";

    EXPECT_EQ(root_of<TensorRef>(parameter).index, 0u);
    EXPECT_THAT(
        error_of(pickle(global("torch._utils", "_rebuild_parameter") + tuple({"N", "\x88", "N"}) + "R")),
        HasSubstr("_rebuild_parameter"));
}

TEST(Pickle, IgnoresTheMetadataOfAnOrderedDict) {
    EXPECT_TRUE(root_of<PickleDict>(ordered_dict() + "}" + text("_metadata") + "}sb").items.empty());
    EXPECT_THAT(error_of(pickle("}}b")), HasSubstr("BUILD needs an OrderedDict"));
    EXPECT_THAT(error_of(pickle("]}b")),
                HasSubstr("BUILD at file offset 1004: it needs an OrderedDict and found a list"));
}

TEST(Pickle, RefusesEveryPieceOfAPickleThatIsCutOff) {
    const std::string whole = testing::state_dict("weight", testing::FloatTensor{}.bytes());
    ASSERT_EQ(error_of(whole), "(no error)");

    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_NE(error_of(whole.substr(0, length)), "(no error)") << "cut off after " << length << " bytes";
    EXPECT_THAT(error_of(whole.substr(0, 20)), HasSubstr("does not end within its 20 bytes"));
}

TEST(Pickle, RefusesEveryOtherOpcode) {
    const std::string known =
        "(.NJKM\x8aG\x88\x89TUX\x8c)t\x85\x86\x87]ae}suhjqr\x94"
        "c\x93Rb\x51\x80\x95";
    for (int opcode = 0; opcode < 256; ++opcode) {
        if (known.find(static_cast<char>(opcode)) != std::string::npos) continue;
        EXPECT_THAT(error_of(std::string(1, static_cast<char>(opcode))),
                    HasSubstr("this opcode does not occur"))
            << "opcode " << opcode;
    }
    EXPECT_THAT(error_of("ios\nsystem\n"), HasSubstr("INST at file offset 1000"));
    EXPECT_THAT(error_of("\xff"), HasSubstr("0xff at file offset 1000"));
    EXPECT_THAT(error_of(pickle("N\x81")), HasSubstr("NEWOBJ at file offset 1003"));
}

TEST(Pickle, RefusesGlobalsThatAreNotOnTheList) {
    EXPECT_THAT(error_of(pickle(global("os", "system"))),
                HasSubstr("GLOBAL at file offset 1002: \"os.system\" is not allowed"));
    EXPECT_THAT(error_of(pickle(text("posix") + text("system") + "\x93")),
                HasSubstr("STACK_GLOBAL at file offset 1023: \"posix.system\" is not allowed"));
    EXPECT_THAT(error_of(pickle(global("builtins", "eval"))), HasSubstr("\"builtins.eval\""));
    EXPECT_THAT(error_of(pickle(global("collections", "defaultdict"))),
                HasSubstr("\"collections.defaultdict\""));
    EXPECT_THAT(error_of(pickle(global("torch", "ComplexFloatStorage"))), HasSubstr("only dense tensors"));
    EXPECT_THAT(error_of(pickle(global("torch._utils", "_rebuild_sparse_tensor"))),
                HasSubstr("only dense tensors"));
    EXPECT_EQ(read(pickle(global("os", "system"))).error().code, api::errc::not_supported);
}

TEST(Pickle, SaysHowToSaveAWholeModule) {
    const auto message = error_of(pickle(global("__main__", "BERTClassifier")));

    EXPECT_THAT(message, HasSubstr("\"__main__.BERTClassifier\": the file holds a whole model object"));
    EXPECT_THAT(message, HasSubstr("torch.save(model.state_dict(), \"model.pt\")"));
    EXPECT_THAT(error_of(pickle(global("__torch__", "Classifier"))), HasSubstr("TorchScript"));
}

TEST(Pickle, RefusesItemsForWhatIsNoDict) {
    EXPECT_THAT(error_of(pickle("]" + text("a") + "Ns")), HasSubstr("it needs a dict and found a list"));
    EXPECT_THAT(error_of(pickle(testing::FloatTensor{}.bytes() + "(" + text("a") + "Nu")),
                HasSubstr("it needs a dict and found a tensor"));
    EXPECT_THAT(error_of(pickle("N" + text("a") + "Ns")), HasSubstr("found None"));
    EXPECT_THAT(error_of(pickle("}Na")),
                HasSubstr("APPEND at file offset 1004: it needs a list and found a dict"));
    EXPECT_THAT(error_of(pickle("}](NNu")), HasSubstr("found a list"));
}

TEST(Pickle, RefusesKeysThatAreNoNamesAndKeysWithoutValues) {
    EXPECT_THAT(error_of(pickle("}]Ns")), HasSubstr("a key is a list"));
    EXPECT_THAT(error_of(pickle("}(" + text("a") + "u")), HasSubstr("a key is there without a value"));
}

TEST(Pickle, RefusesCallsOfWhatIsNoFunction) {
    EXPECT_THAT(error_of(pickle(global("torch", "FloatStorage") + ")R")),
                HasSubstr("it calls a type of storages"));
    EXPECT_THAT(error_of(pickle(text("os.system") + ")R")), HasSubstr("it calls the string \"os.system\""));
    EXPECT_THAT(error_of(pickle(global("collections", "OrderedDict") + "NR")), HasSubstr("must be a tuple"));
    EXPECT_THAT(error_of(pickle(global("collections", "OrderedDict") + "N\x85R")),
                HasSubstr("with arguments"));
}

TEST(Pickle, RefusesAnEmptyStackAndForeignMarks) {
    for (const char* opcodes :
         {"s", "u", "a", "e", "R", "b", "Q", "t", "\x85", "\x94", "q\x01", "\x93", "N(a"})
        EXPECT_NE(error_of(pickle(opcodes)), "(no error)") << opcodes;
    EXPECT_THAT(error_of(pickle("](a")), HasSubstr("more values than the stack holds"));
    EXPECT_THAT(error_of(pickle("NN")), HasSubstr("not exactly one value"));
    EXPECT_THAT(error_of(pickle("(N")), HasSubstr("not exactly one value"));
    EXPECT_THAT(error_of(pickle("")), HasSubstr("not exactly one value"));
}

TEST(Pickle, RefusesHugeAndUnsetMemoIndices) {
    EXPECT_THAT(error_of(pickle("Nr" + little_endian_32(0xffffffff))),
                HasSubstr("memo index 4294967295 is too large"));
    EXPECT_THAT(error_of(pickle("Nr" + little_endian_32(kMaxPickleMemo))), HasSubstr("too large"));
    EXPECT_THAT(error_of(pickle("Nj" + little_endian_32(0xffffffff))),
                HasSubstr("memo index 4294967295 is not set"));
    EXPECT_THAT(error_of(pickle("Nh\x07")), HasSubstr("memo index 7 is not set"));
}

TEST(Pickle, RefusesDeepNesting) {
    EXPECT_THAT(error_of(pickle("N" + repeat("\x85", kMaxPickleDepth + 1))), HasSubstr("nest too deeply"));
    EXPECT_THAT(error_of(pickle(repeat("(", kMaxPickleDepth + 1))), HasSubstr("nest too deeply"));
    EXPECT_THAT(error_of(pickle(repeat("]", kMaxPickleDepth + 2) + repeat("a", kMaxPickleDepth + 1))),
                HasSubstr("nest too deeply"));
    EXPECT_EQ(error_of(pickle("N" + repeat("\x85", kMaxPickleDepth))), "(no error)");
}

TEST(Pickle, SurvivesContainersThatHoldThemselves) {
    const auto dict = read(pickle("}q\x01" + text("a") + "h\x01s"));
    EXPECT_TRUE(dict) << dict.error().message;
    EXPECT_TRUE(
        read(pickle("]q\x01h\x01"
                    "a")));
    EXPECT_TRUE(read(pickle("]q\x01}q\x02" + text("a") + "h\x01sa")));
    EXPECT_THAT(error_of(pickle("]q\x01" + repeat("h\x01"
                                                  "a",
                                                  2 * kMaxPickleDepth))),
                HasSubstr("nest too deeply"));
}

TEST(Pickle, RefusesTooLargeStacksAndStrings) {
    EXPECT_THAT(error_of(repeat("N", kMaxPickleStack + 1)), HasSubstr("the stack grows too large"));
    EXPECT_THAT(error_of("Nq\x01" + repeat("h\x01", kMaxPickleStack)),
                HasSubstr("the stack grows too large"));
    EXPECT_THAT(error_of("X" + little_endian_32(0xffffffff)), HasSubstr("a string of 4294967295 bytes"));
    EXPECT_THAT(error_of("c" + repeat("a", kMaxPickleString + 1) + "\nb\n"), HasSubstr("does not end"));
    EXPECT_THAT(error_of("\x8a\x09" + repeat("a", 9)), HasSubstr("a whole number of 9 bytes"));
    EXPECT_THAT(error_of(repeat("N\x85q\x01", kMaxPickleBytes)), HasSubstr("stack"));
    EXPECT_THAT(error_of("\x80\x06N."), HasSubstr("newer than 5"));
}

}  // namespace
}  // namespace nunchi::weights
