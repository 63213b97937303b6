#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "classifier/weights/safetensors.hpp"
#include "tests/unit/classifier/weights/safetensors_bytes.hpp"

namespace nunchi::weights {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using testing::file_of;
using ::testing::HasSubstr;
using testing::little_endian;

// Two tensors, 16 bytes of data; 'b' comes first in the file.
constexpr std::string_view kTwo =
    R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"b":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})";

std::string error_of(const std::string& file) {
    const auto parsed = parse_safetensors(as_bytes(file));
    return parsed ? "(no error)" : parsed.error().message;
}

/// The error of a file whose only tensor "t" has these fields.
std::string error_of_fields(const std::string& fields, std::size_t data_bytes) {
    return error_of(file_of(R"({"t":{)" + fields + "}}", data_bytes));
}

TEST(SafetensorsParse, GivesTheTensorsInFileOrder) {
    const std::string file = file_of(kTwo, 16);

    const auto parsed = parse_safetensors(as_bytes(file));

    ASSERT_TRUE(parsed) << parsed.error().message;
    ASSERT_EQ(parsed->tensors.size(), 2u);
    const TensorView& b = parsed->tensors[0];
    const TensorView& a = parsed->tensors[1];
    EXPECT_EQ(b.name, "b");
    EXPECT_EQ(b.dtype, Dtype::i64);
    EXPECT_TRUE(b.shape.empty());
    EXPECT_EQ(b.file_offset, 8 + kTwo.size());
    EXPECT_EQ(a.name, "a");
    EXPECT_THAT(a.shape, ElementsAre(2));
    EXPECT_EQ(a.bytes.size(), 8u);
    EXPECT_EQ(a.bytes.data(), as_bytes(file).data() + 8 + kTwo.size() + 8);
}

TEST(SafetensorsParse, TakesAHeaderWithoutTensorsAndPaddingSpaces) {
    const auto parsed = parse_safetensors(as_bytes(file_of("{}      ", 0)));

    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE(parsed->tensors.empty());
}

TEST(SafetensorsParse, TakesTensorsWithoutElementsAtTheSameOffset) {
    const std::string header =
        R"({"x":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},"y":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
        R"("z":{"dtype":"F32","shape":[2,0],"data_offsets":[1,1]}})";

    const auto parsed = parse_safetensors(as_bytes(file_of(header, 1)));

    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->tensors.size(), 3u);
}

TEST(SafetensorsParse, ReadsTheMetadata) {
    const std::string header = R"({"__metadata__":{"format":"pt","언어":"한국어"}})";

    const auto parsed = parse_safetensors(as_bytes(file_of(header, 0)));

    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->metadata.at("format"), "pt");
    EXPECT_EQ(parsed->metadata.at("언어"), "한국어");
}

TEST(SafetensorsParse, RefusesAFileCutOffAtAnyByte) {
    const std::string whole = file_of(kTwo, 16);
    ASSERT_EQ(error_of(whole), "(no error)");

    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_NE(error_of(whole.substr(0, length)), "(no error)") << "cut off after " << length << " bytes";
    }
}

TEST(SafetensorsParse, SaysWhichTensorACutOffFileMisses) {
    std::string file = file_of(kTwo, 16);
    file.pop_back();

    const std::string offset = std::to_string(8 + kTwo.size() + 8);
    EXPECT_THAT(error_of(file), HasSubstr("tensor \"a\" at file offset " + offset));
    EXPECT_THAT(error_of(file), HasSubstr("unfinished download"));
}

TEST(SafetensorsParse, RefusesBytesAfterTheLastTensor) {
    EXPECT_THAT(error_of(file_of(kTwo, 17)), HasSubstr("1 bytes at file offset"));
}

TEST(SafetensorsParse, RefusesAHeaderLengthBeyondTheFileOrTheLimit) {
    EXPECT_THAT(error_of(little_endian(3) + "{}"), HasSubstr("only 2 bytes follow"));
    EXPECT_THAT(error_of(little_endian(100'000'001) + "{}"), HasSubstr("allowed 100000000"));
    EXPECT_THAT(error_of(little_endian(std::numeric_limits<std::uint64_t>::max()) + "{}"),
                HasSubstr("allowed"));
    EXPECT_THAT(error_of(little_endian(std::numeric_limits<std::uint64_t>::max() - 7) + "{}"),
                HasSubstr("allowed"));
}

TEST(SafetensorsParse, RefusesAHeaderThatDoesNotBeginWithABrace) {
    EXPECT_THAT(error_of(file_of(" {}", 0)), HasSubstr("does not begin with '{'"));
    EXPECT_THAT(error_of(file_of("", 0)), HasSubstr("does not begin with '{'"));
    EXPECT_THAT(error_of(file_of("[]", 0)), HasSubstr("does not begin with '{'"));
}

TEST(SafetensorsParse, RefusesBrokenJson) {
    EXPECT_THAT(error_of(file_of("{", 0)), HasSubstr("not valid UTF-8 JSON"));
    EXPECT_THAT(error_of(file_of("{}{}", 0)), HasSubstr("not valid UTF-8 JSON at file offset"));
    EXPECT_THAT(error_of(file_of("{\"a\xff\":1}", 0)), HasSubstr("not valid UTF-8 JSON"));
    EXPECT_THAT(error_of(file_of("{/**/}", 0)), HasSubstr("not valid UTF-8 JSON"));
}

TEST(SafetensorsParse, RefusesValuesOfTheWrongKind) {
    EXPECT_THAT(error_of(file_of(R"({"t":1})", 0)), HasSubstr("\"t\": a number is not allowed here"));
    EXPECT_THAT(error_of(file_of(R"({"t":[]})", 0)), HasSubstr("\"t\": an array is not allowed here"));
    EXPECT_THAT(error_of(file_of(R"({"__metadata__":{"k":1}})", 0)),
                HasSubstr("\"k\": a number is not allowed"));
    EXPECT_THAT(error_of(file_of(R"({"__metadata__":{"k":{}}})", 0)),
                HasSubstr("\"k\": an object is not allowed"));
    EXPECT_THAT(error_of_fields(R"("dtype":32)", 0),
                HasSubstr("tensor \"t\", dtype: a number is not allowed"));
    EXPECT_THAT(error_of_fields(R"("shape":[[1]])", 0),
                HasSubstr("tensor \"t\", shape: an array is not allowed"));
    EXPECT_THAT(error_of_fields(R"("shape":[null])", 0),
                HasSubstr("tensor \"t\", shape: null is not allowed"));
    EXPECT_THAT(error_of_fields(R"("shape":[true])", 0),
                HasSubstr("tensor \"t\", shape: a boolean is not allowed"));
    EXPECT_THAT(error_of_fields(R"("shape":{})", 0),
                HasSubstr("tensor \"t\", shape: an object is not allowed"));
    EXPECT_THAT(error_of_fields(R"("shape":["1"])", 0),
                HasSubstr("tensor \"t\", shape: a string is not allowed"));
}

TEST(SafetensorsParse, RefusesNumbersThatAreNoUnsignedInteger) {
    EXPECT_THAT(error_of_fields(R"("shape":[-1])", 0), HasSubstr("tensor \"t\", shape: a negative number"));
    EXPECT_THAT(error_of_fields(R"("shape":[1.0])", 0), HasSubstr("no integer or too large"));
    EXPECT_THAT(error_of_fields(R"("shape":[1e999])", 0), HasSubstr("not valid UTF-8 JSON"));
    EXPECT_THAT(error_of_fields(R"("shape":[9223372036854775808])", 0), HasSubstr("too large"));
    EXPECT_THAT(error_of_fields(R"("data_offsets":[0,18446744073709551616])", 0), HasSubstr("too large"));
    EXPECT_THAT(error_of_fields(R"("data_offsets":[0,-8])", 0),
                HasSubstr("tensor \"t\", data_offsets: a negative"));
}

TEST(SafetensorsParse, RefusesDeepNestingWithoutUsingTheStack) {
    std::string header = R"({"t":{"shape":)" + std::string(1'000'000, '[');

    EXPECT_THAT(error_of(file_of(header, 0)), HasSubstr("an array is not allowed here"));
}

TEST(SafetensorsParse, RefusesMoreDimensionsThanPyTorchHas) {
    std::string ones = "1";
    for (int i = 0; i < 64; ++i) ones += ",1";

    EXPECT_THAT(error_of_fields("\"shape\":[" + ones + "]", 0), HasSubstr("tensor \"t\", shape: a number"));
}

TEST(SafetensorsParse, RefusesDuplicateKeysOnEveryLevel) {
    const std::string t = R"("t":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    EXPECT_THAT(error_of(file_of("{" + t + "," + t + "}", 0)), HasSubstr("the header names \"t\" twice"));
    EXPECT_THAT(error_of(file_of(R"({"__metadata__":{},"__metadata__":{}})", 0)),
                HasSubstr("\"__metadata__\" twice"));
    EXPECT_THAT(error_of(file_of(R"({"__metadata__":{"k":"1","k":"2"}})", 0)),
                HasSubstr("the key \"k\" twice"));
    EXPECT_THAT(error_of_fields(R"("dtype":"U8","dtype":"U8")", 0),
                HasSubstr("tensor \"t\" has dtype twice"));
}

TEST(SafetensorsParse, RefusesMissingAndUnknownFields) {
    EXPECT_THAT(error_of_fields(R"("dtype":"U8","shape":[0])", 0), HasSubstr("tensor \"t\" lacks one of"));
    EXPECT_THAT(error_of_fields(R"("stride":[1])", 0),
                HasSubstr("tensor \"t\" has the unknown field \"stride\""));
    EXPECT_THAT(error_of_fields(R"("data_offsets":[0])", 0), HasSubstr("data_offsets needs two numbers"));
    EXPECT_THAT(error_of_fields(R"("data_offsets":[0,0,0])", 0), HasSubstr("data_offsets: a number"));
}

TEST(SafetensorsParse, RefusesAHoleAndAnOverlap) {
    const std::string a = R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)";
    const auto with_b = [&](const std::string& offsets) {
        return file_of("{" + a + R"("b":{"dtype":"U8","shape":[4],"data_offsets":)" + offsets + "}}", 8);
    };
    ASSERT_EQ(error_of(with_b("[4,8]")), "(no error)");

    EXPECT_THAT(error_of(with_b("[5,8]")), HasSubstr("tensor \"b\" at file offset"));
    EXPECT_THAT(error_of(with_b("[5,8]")), HasSubstr("a hole of 1 bytes"));
    EXPECT_THAT(error_of(with_b("[3,7]")), HasSubstr("overlaps the tensor before it, which ends at 4"));
    EXPECT_THAT(error_of(with_b("[0,4]")), HasSubstr("overlaps"));
}

TEST(SafetensorsParse, RefusesRangesThatDoNotFit) {
    EXPECT_THAT(error_of_fields(R"("dtype":"U8","shape":[4],"data_offsets":[1,5])", 5),
                HasSubstr("a hole of 1"));
    EXPECT_THAT(error_of_fields(R"("dtype":"U8","shape":[4],"data_offsets":[0,5])", 5),
                HasSubstr("U8 of shape [4] needs 4 bytes, not 5"));
    EXPECT_THAT(
        error_of_fields(
            R"("dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807])", 4),
        HasSubstr("ends beyond the file, which holds 4 bytes"));
    const std::string backwards =
        R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[0],"data_offsets":[4,3]}})";
    EXPECT_THAT(error_of(file_of(backwards, 4)), HasSubstr("tensor \"b\""));
    EXPECT_THAT(error_of(file_of(backwards, 4)), HasSubstr("ends before it begins"));
}

TEST(SafetensorsParse, RefusesAShapeWhoseProductOverflows) {
    const std::string fields = R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0])";
    EXPECT_THAT(error_of_fields(fields, 0),
                HasSubstr("the size of its shape [4294967296, 4294967296] overflows"));
}

TEST(SafetensorsParse, NamesAnElementTypeThatIsNotSupported) {
    const std::string file = file_of(R"({"t":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}})", 2);

    const auto parsed = parse_safetensors(as_bytes(file));

    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, api::errc::not_supported);
    EXPECT_THAT(parsed.error().message, HasSubstr("tensor \"t\""));
    EXPECT_THAT(parsed.error().message, HasSubstr("\"F8_E4M3\" is not supported"));
}

TEST(SafetensorsParse, ShortensLongNamesAndHidesControlCharacters) {
    const std::string header = R"({"\u001b[31m)" + std::string(500, 'x') + R"(":1})";

    const std::string error = error_of(file_of(header, 0));

    EXPECT_THAT(error, HasSubstr("\"?[31mxxx"));
    EXPECT_LT(error.size(), 250u);
}

TEST(SafetensorsParse, SaysWhatAForeignFileIs) {
    EXPECT_THAT(error_of("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
                HasSubstr("git lfs pull"));
    EXPECT_THAT(error_of("<!DOCTYPE html><html></html>"), HasSubstr("web page"));
    EXPECT_THAT(error_of("<html>"), HasSubstr("web page"));
    EXPECT_THAT(error_of("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e"),
                HasSubstr("nunchi model import"));
    EXPECT_THAT(error_of("PK\x03\x04....archive/data.pkl...."), HasSubstr("nunchi model import"));
    EXPECT_THAT(error_of("PK\x03\x04....kobert_v1/config.json"), HasSubstr("unpack it"));
    EXPECT_THAT(error_of("GGUF\x03"), HasSubstr("GGUF"));
    EXPECT_EQ(parse_safetensors(as_bytes("<html>")).error().code, api::errc::not_supported);
}

TEST(SafetensorsParse, TakesHeadersWhoseLengthReadsLikeAnotherFormat) {
    for (const std::size_t length : {0x0280U, 0x0380U, 0x0480U, 0x8b1fU}) {
        const std::string header = "{}" + std::string(length - 2, ' ');
        EXPECT_EQ(error_of(file_of(header, 0)), "(no error)") << length;
    }
}

TEST(SafetensorsParse, LeavesNonFiniteValuesToItsCaller) {
    const std::string quiet_nan("\x00\x00\xc0\x7f", 4);
    const std::string file =
        file_of(R"({"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4) + quiet_nan;

    const auto parsed = parse_safetensors(as_bytes(file));

    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(first_non_finite(parsed->tensors[0]), 1u);
}

}  // namespace
}  // namespace nunchi::weights
