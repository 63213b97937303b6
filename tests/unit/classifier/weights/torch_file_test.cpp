#include "classifier/weights/torch_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>

#include "classifier/weights/weights_file.hpp"
#include "tests/unit/classifier/weights/pickle_bytes.hpp"
#include "tests/unit/classifier/weights/safetensors_bytes.hpp"
#include "tests/unit/classifier/weights/zip_bytes.hpp"

namespace nunchi::weights {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using testing::FloatTensor;
using ::testing::HasSubstr;
using testing::ordered_dict;
using testing::pickle;
using testing::sizes;
using testing::state_dict;
using testing::text;
using testing::zip_of;

// Written by tests/data/torch/make_torch_written.py with PyTorch.
const std::filesystem::path kData = std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/torch";

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

template <typename T>
std::vector<T> values(const std::vector<TensorView>& tensors, std::string_view name) {
    for (const auto& tensor : tensors) {
        if (tensor.name != name) continue;
        std::vector<T> copy(tensor.bytes.size() / sizeof(T));
        std::memcpy(copy.data(), tensor.bytes.data(), tensor.bytes.size());
        return copy;
    }
    return {};
}

std::string error_of(const std::string& file) {
    const auto parsed = parse_torch(as_bytes(file));
    return parsed ? "(no error)" : parsed.error().message;
}

/// An archive with this pickle and six floats in storage "0".
std::string archive(const std::string& data, std::size_t storage_bytes = 24) {
    return zip_of({{.name = "눈치/data.pkl", .bytes = data},
                   {.name = "눈치/byteorder", .bytes = "little"},
                   {.name = "눈치/data/0", .bytes = std::string(storage_bytes, '\1')}});
}

class WrittenByTorch : public ::testing::TestWithParam<const char*> {};

TEST_P(WrittenByTorch, HasTheValuesThatWereSaved) {
    const auto file = TorchFile::open(kData / GetParam());

    ASSERT_TRUE(file) << file.error().message;
    const auto& tensors = file->tensors();
    ASSERT_EQ(tensors.size(), 15u);
    EXPECT_EQ(tensors[0].name, "float");
    EXPECT_THAT(tensors[0].shape, ElementsAre(2, 3));
    EXPECT_THAT(values<float>(tensors, "float"), ElementsAre(0.5F, -1.25F, 3.0F, 4.0F, 5.0F, 6.0F));
    EXPECT_THAT(values<float>(tensors, "parameter"), ElementsAre(7.0F, 8.0F));
    EXPECT_THAT(values<std::uint16_t>(tensors, "half"), ElementsAre(0x3c00, 0xc100));
    EXPECT_THAT(values<std::uint16_t>(tensors, "brain"), ElementsAre(0x3f80, 0xc000, 0x4049));
    EXPECT_THAT(values<double>(tensors, "double"), ElementsAre(0.1));
    EXPECT_THAT(values<std::int64_t>(tensors, "long"),
                ElementsAre(std::numeric_limits<std::int64_t>::min(), 3));
    EXPECT_THAT(values<std::int32_t>(tensors, "int"), ElementsAre(-1, 2147483647));
    EXPECT_THAT(values<std::int16_t>(tensors, "short"), ElementsAre(-32768));
    EXPECT_THAT(values<std::int8_t>(tensors, "char"), ElementsAre(-128, 0, 127));
    EXPECT_THAT(values<std::uint8_t>(tensors, "byte"), ElementsAre(255));
    EXPECT_THAT(values<std::uint8_t>(tensors, "bool"), ElementsAre(1, 0));
    EXPECT_EQ(tensors[3].dtype, Dtype::bf16);
    EXPECT_EQ(tensors[14].name, "빈 텐서");
    EXPECT_THAT(tensors[14].shape, ElementsAre(0, 768));
}

TEST_P(WrittenByTorch, HasItsViewsInRowMajorOrder) {
    const auto file = TorchFile::open(kData / GetParam());

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_THAT(values<float>(file->tensors(), "part"), ElementsAre(2, 3, 4));
    EXPECT_THAT(values<float>(file->tensors(), "transposed"),
                ElementsAre(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11));
    EXPECT_THAT(values<float>(file->tensors(), "every_second"), ElementsAre(1, 3, 5, 7, 9, 11));
}

TEST_P(WrittenByTorch, IsRefusedWhenItIsCutOffAtAnyByte) {
    const auto whole = content_of(kData / GetParam());
    ASSERT_EQ(error_of(whole), "(no error)");

    for (std::size_t length = 0; length < whole.size(); ++length)
        ASSERT_NE(error_of(whole.substr(0, length)), "(no error)") << "cut off after " << length << " bytes";
    EXPECT_NE(error_of(whole + "x"), "(no error)");
}

INSTANTIATE_TEST_SUITE_P(TorchFile, WrittenByTorch, ::testing::Values("zip.pt", "legacy.pt"),
                         [](const auto& file) { return file.index == 0 ? "Zip" : "Legacy"; });

TEST(TorchFile, TellsTheFormatAndKeepsItsViewsWhenItIsMoved) {
    auto opened = TorchFile::open(kData / "legacy.pt");
    ASSERT_TRUE(opened);
    const TorchFile moved = std::move(*opened);

    EXPECT_EQ(moved.format(), "torch legacy");
    EXPECT_EQ(TorchFile::open(kData / "zip.pt")->format(), "torch zip");
    EXPECT_THAT(values<float>(moved.tensors(), "every_second"), ElementsAre(1, 3, 5, 7, 9, 11));
}

TEST(TorchFile, PutsThePathInFrontOfTheError) {
    const auto path = std::filesystem::path(::testing::TempDir()) / "가중치.pt";
    std::ofstream(path) << "version https://git-lfs.github.com/spec/v1\n";

    const auto file = TorchFile::open(path);

    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().message, HasSubstr(path.string() + ": this is a Git LFS pointer"));
    std::filesystem::remove(path);
}

TEST(TorchFile, NoticesDamagedBytes) {
    auto file = content_of(kData / "zip.pt");
    const auto parsed = parse_torch(as_bytes(file));
    ASSERT_TRUE(parsed);
    file[parsed->tensors[0].file_offset] ^= 1;

    EXPECT_THAT(error_of(file), HasSubstr("tensor \"float\": entry \"zip/data/0\""));
    EXPECT_THAT(error_of(file), HasSubstr("CRC-32"));
}

TEST(TorchFile, TakesTheModelPartOfACheckpoint) {
    const std::string part = ordered_dict() + text("weight") + FloatTensor{}.bytes() + "s";
    for (const char* key : {"model", "state_dict", "model_state_dict"}) {
        const auto file = archive(
            pickle("}(" + text("loss") + FloatTensor{.shape = sizes({}), .strides = sizes({})}.bytes() +
                   text("epoch") + "K\x05" + text("optimizer") + "}" + text(key) + part + "u"));
        const auto parsed = parse_torch(as_bytes(file));

        ASSERT_TRUE(parsed) << parsed.error().message;
        ASSERT_EQ(parsed->tensors.size(), 1u) << key;
        EXPECT_EQ(parsed->tensors[0].name, "weight");
    }
}

TEST(TorchFile, RefusesWhatIsNoStateDict) {
    EXPECT_THAT(error_of(archive(pickle("]"))), HasSubstr("the file holds a list, not a state_dict"));
    EXPECT_THAT(error_of(archive(pickle(FloatTensor{}.bytes()))), HasSubstr("the file holds a tensor"));
    EXPECT_THAT(error_of(archive(pickle("}" + text("epoch") + "K\x05s"))),
                HasSubstr("(its keys: the string \"epoch\")"));
    EXPECT_THAT(error_of(archive(pickle("}q\x01" + text("model") + "h\x01s"))),
                HasSubstr("a dict without tensors"));
    const auto tensor = FloatTensor{}.bytes();
    EXPECT_THAT(error_of(archive(pickle("}(" + text("a") + tensor + text("b") + "]u"))),
                HasSubstr("entry the string \"b\" of the state_dict is a list"));
    EXPECT_THAT(error_of(archive(pickle("}(" + text("a") + tensor + "K\x01" + tensor + "u"))),
                HasSubstr("the number 1"));
    EXPECT_THAT(error_of(archive(pickle("}(" + text("a") + tensor + text("a") + tensor + "u"))),
                HasSubstr("tensor \"a\" is there twice"));
}

TEST(TorchFile, RefusesStoragesOfAnotherSize) {
    const auto data = state_dict("a", FloatTensor{}.bytes());
    EXPECT_EQ(error_of(archive(data)), "(no error)");
    for (const std::size_t bytes : {0, 20, 23, 25, 28})
        EXPECT_THAT(error_of(archive(data, bytes)), HasSubstr("not those of 6 elements of type F32"))
            << bytes;
    EXPECT_THAT(error_of(archive(state_dict("a", FloatTensor{.count = 1LL << 62}.bytes()))),
                HasSubstr("elements"));
    EXPECT_THAT(error_of(zip_of({{.name = "a/data.pkl", .bytes = data}})),
                HasSubstr("lacks its entry \"a/data/0\""));
}

TEST(TorchFile, RefusesElementsThatAreShownSeveralTimes) {
    const FloatTensor expanded{.shape = sizes({1'000'000, 1'000'000}), .strides = sizes({0, 0})};
    EXPECT_THAT(error_of(archive(state_dict("a", expanded.bytes()))), HasSubstr("call .contiguous()"));

    // Copies of a small storage under many names.
    std::string many =
        ordered_dict() + "(" + text("a") + FloatTensor{.strides = sizes({1, 2})}.bytes() + "q\x01";
    EXPECT_EQ(error_of(archive(pickle(many + "u"))), "(no error)");
    for (int i = 0; i < 1000; ++i) many += text(std::to_string(i)) + "h\x01";
    EXPECT_THAT(error_of(archive(pickle(many + "u"))), HasSubstr("call .contiguous()"));
}

TEST(TorchFile, RefusesBigEndianNumbers) {
    const auto data = state_dict("a", FloatTensor{}.bytes());
    EXPECT_THAT(
        error_of(zip_of({{.name = "a/data.pkl", .bytes = data}, {.name = "a/byteorder", .bytes = "big"}})),
        HasSubstr("big-endian"));
    auto legacy = content_of(kData / "legacy.pt");
    const auto at = legacy.find("little_endian");
    legacy[legacy.find('\x88', at)] = '\x89';
    EXPECT_THAT(error_of(legacy), HasSubstr("big-endian"));
}

TEST(TorchFile, TellsZippedFoldersAndCompressedCheckpointsApart) {
    EXPECT_THAT(error_of(zip_of({{.name = "kobert/config.json", .bytes = "{}", .method = 8}})),
                HasSubstr("none of torch.save (it has no data.pkl); unpack it"));
    EXPECT_THAT(error_of(zip_of({{.name = "a/b/data.pkl", .bytes = "N."}})), HasSubstr("no data.pkl"));
    EXPECT_THAT(error_of(zip_of({{.name = "a/data.pkl", .bytes = "N.", .method = 8}})),
                HasSubstr("it is compressed"));
}

TEST(TorchFile, KnowsOtherFormatsByTheirFirstBytes) {
    EXPECT_THAT(error_of("<!DOCTYPE html><html>"), HasSubstr("this is a web page"));
    EXPECT_THAT(error_of("\x1f\x8b\x08"), HasSubstr("gzip"));
    EXPECT_THAT(
        error_of(std::string("sys_info") + std::string(249, '\0') + "ustar  " + std::string(248, '\0')),
        HasSubstr("this is a tar archive; unpack it"));
    EXPECT_THAT(error_of(testing::file_of("{}", 0)), HasSubstr("this is a safetensors file"));
    EXPECT_THAT(error_of(pickle("}")), HasSubstr("a Python pickle, but none of torch.save"));
    EXPECT_THAT(error_of(""), HasSubstr("no file of torch.save"));
    EXPECT_THAT(error_of("weights"), HasSubstr("no file of torch.save"));
}

TEST(WeightsFile, TellsTheFormatsByTheirFirstBytes) {
    const auto misnamed = std::filesystem::path(::testing::TempDir()) / "model.pt";
    std::filesystem::copy_file(kData.parent_path() / "safetensors/python_written.safetensors", misnamed,
                               std::filesystem::copy_options::overwrite_existing);

    const auto safetensors = WeightsFile::open(misnamed);
    const auto torch = WeightsFile::open(kData / "zip.pt");

    ASSERT_TRUE(safetensors && torch);
    EXPECT_EQ(safetensors->format(), "safetensors");
    EXPECT_EQ(safetensors->tensors().size(), 12u);
    EXPECT_EQ(torch->format(), "torch zip");
    EXPECT_EQ(torch->tensors().size(), 15u);
    EXPECT_FALSE(WeightsFile::open(kData / "missing.pt"));
    std::filesystem::remove(misnamed);
}

}  // namespace
}  // namespace nunchi::weights
