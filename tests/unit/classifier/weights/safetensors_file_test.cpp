#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "classifier/weights/safetensors.hpp"

namespace nunchi::weights {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Written by tests/data/safetensors/make_python_written.py with the reference implementation.
const std::filesystem::path kPythonWritten =
    std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/safetensors/python_written.safetensors";

std::filesystem::path temporary(const std::string& name) {
    return std::filesystem::path(::testing::TempDir()) / ("safetensors_file_" + name);
}

template <typename T>
std::vector<T> values(const SafetensorsFile& file, std::string_view name) {
    const TensorView* tensor = file.find(name);
    if (tensor == nullptr) return {};
    std::vector<T> copy(tensor->bytes.size() / sizeof(T));
    std::memcpy(copy.data(), tensor->bytes.data(), tensor->bytes.size());
    return copy;
}

TEST(SafetensorsFile, ReadsWhatTheReferenceImplementationWrites) {
    const auto file = SafetensorsFile::open(kPythonWritten);

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->tensors().size(), 12u);
    EXPECT_EQ(file->metadata().at("format"), "눈치 \"pt\"");
    EXPECT_THAT(values<float>(*file, "d.float"), ElementsAre(0.5F, -1.25F, 3.0F, 4.0F, 5.0F, 6.0F));
    EXPECT_THAT(file->find("d.float")->shape, ElementsAre(2, 3));
    EXPECT_THAT(values<float>(*file, "a.float"), ElementsAre(7.0F));
    EXPECT_TRUE(file->find("a.float")->shape.empty());
    EXPECT_THAT(values<double>(*file, "e.double"), ElementsAre(0.1));
    EXPECT_THAT(values<std::int64_t>(*file, "e.long"), ElementsAre(std::numeric_limits<std::int64_t>::min()));
    EXPECT_THAT(values<std::int32_t>(*file, "d.int"), ElementsAre(-1, 2147483647));
    EXPECT_THAT(values<std::int16_t>(*file, "c.short"), ElementsAre(-32768, 32767));
    EXPECT_THAT(values<std::uint16_t>(*file, "c.half"), ElementsAre(0x3c00, 0xc100));
    EXPECT_THAT(values<std::uint16_t>(*file, "c.brain"), ElementsAre(0x3f80, 0xc000, 0x4049));
    EXPECT_THAT(values<std::int8_t>(*file, "b.signed"), ElementsAre(-128, 0, 127));
    EXPECT_THAT(values<std::uint8_t>(*file, "b.bytes"), ElementsAre(0, 128, 255));
    EXPECT_THAT(values<std::uint8_t>(*file, "b.flags"), ElementsAre(1, 0, 1));
    EXPECT_THAT(file->find("빈 텐서 \"0\"\n")->shape, ElementsAre(0, 768));
    EXPECT_EQ(file->find("c.brain")->dtype, Dtype::bf16);
    EXPECT_EQ(file->find("missing"), nullptr);
}

TEST(SafetensorsFile, KeepsItsViewsWhenItIsMoved) {
    auto opened = SafetensorsFile::open(kPythonWritten);
    ASSERT_TRUE(opened);

    const SafetensorsFile moved = std::move(*opened);

    EXPECT_THAT(values<float>(moved, "a.float"), ElementsAre(7.0F));
}

TEST(SafetensorsFile, PutsThePathInFrontOfTheError) {
    const std::filesystem::path path = temporary("pointer.safetensors");
    std::ofstream(path) << "version https://git-lfs.github.com/spec/v1\n";

    const auto file = SafetensorsFile::open(path);

    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().message, HasSubstr(path.string() + ": this is a Git LFS pointer"));
    std::filesystem::remove(path);
}

TEST(SafetensorsFile, RefusesAnEmptyFile) {
    const std::filesystem::path path = temporary("empty.safetensors");
    std::ofstream(path).flush();

    const auto file = SafetensorsFile::open(path);

    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, api::errc::bad_format);
    EXPECT_THAT(file.error().message, HasSubstr("the file has 0 bytes"));
    std::filesystem::remove(path);
}

TEST(MappedFile, GivesTheBytesOfAFileAndNoneOfAnEmptyOne) {
    const std::filesystem::path path = temporary("bytes");
    std::ofstream(path) << "눈치";
    const auto file = MappedFile::open(path);
    std::ofstream(path.string() + "0").flush();
    const auto empty = MappedFile::open(path.string() + "0");

    ASSERT_TRUE(file && empty);
    EXPECT_EQ(std::memcmp(file->bytes().data(), "눈치", 6), 0);
    EXPECT_EQ(file->bytes().size(), 6u);
    EXPECT_TRUE(empty->bytes().empty());
    std::filesystem::remove(path);
    std::filesystem::remove(path.string() + "0");
}

TEST(MappedFile, SaysWhyItCannotRead) {
    const auto missing = MappedFile::open(temporary("missing"));
    const auto folder = MappedFile::open(::testing::TempDir());
    const std::filesystem::path pipe = temporary("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto fifo = MappedFile::open(pipe);
    std::filesystem::remove(pipe);

    ASSERT_FALSE(missing || folder || fifo);
    EXPECT_EQ(missing.error().code, api::errc::io_error);
    EXPECT_THAT(missing.error().message, HasSubstr("No such file"));
    EXPECT_THAT(folder.error().message, HasSubstr("it is a folder"));
    EXPECT_THAT(fifo.error().message, HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace nunchi::weights
