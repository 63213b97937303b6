#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "classifier/weights/safetensors.hpp"

namespace nunchi::weights {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path kPythonWritten =
    fs::path(NUNCHI_SOURCE_DIR) / "tests/data/safetensors/python_written.safetensors";

class SafetensorsWriter : public ::testing::Test {
protected:
    SafetensorsWriter() { fs::create_directories(folder_); }
    ~SafetensorsWriter() override { fs::remove_all(folder_); }

    // ctest runs each test as a process of its own, several at a time.
    fs::path folder_ =
        fs::path(::testing::TempDir()) /
        (std::string("writer_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::path path_ = folder_ / "model.safetensors";
};

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <typename T, std::size_t N>
TensorView view(std::string name, Dtype dtype, std::vector<std::int64_t> shape,
                const std::array<T, N>& values) {
    return {.name = std::move(name),
            .dtype = dtype,
            .shape = std::move(shape),
            .bytes = std::as_bytes(std::span(values))};
}

/// The tensors of tests/data/safetensors/make_python_written.py, in its order.
const std::vector<TensorView>& tensors_of_python() {
    static const std::array<std::uint8_t, 3> flags{1, 0, 1};
    static const std::array<std::uint8_t, 3> bytes{0, 128, 255};
    static const std::array<std::int8_t, 3> signed_bytes{-128, 0, 127};
    static const std::array<std::int16_t, 2> shorts{-32768, 32767};
    static const std::array<std::uint16_t, 2> halves{0x3c00, 0xc100};
    static const std::array<std::uint16_t, 3> brains{0x3f80, 0xc000, 0x4049};
    static const std::array<std::int32_t, 2> ints{-1, 2147483647};
    static const std::array<float, 6> floats{0.5F, -1.25F, 3.0F, 4.0F, 5.0F, 6.0F};
    static const std::array<float, 1> scalar{7.0F};
    static const std::array<double, 1> doubles{0.1};
    static const std::array<std::int64_t, 1> longs{std::numeric_limits<std::int64_t>::min()};
    static const std::vector<TensorView> tensors{
        view("b.flags", Dtype::boolean, {3}, flags),
        view("b.bytes", Dtype::u8, {3}, bytes),
        view("b.signed", Dtype::i8, {3, 1}, signed_bytes),
        view("c.short", Dtype::i16, {2}, shorts),
        view("c.half", Dtype::f16, {2}, halves),
        view("c.brain", Dtype::bf16, {3}, brains),
        view("d.int", Dtype::i32, {1, 2}, ints),
        view("d.float", Dtype::f32, {2, 3}, floats),
        view("a.float", Dtype::f32, {}, scalar),
        view("e.double", Dtype::f64, {1}, doubles),
        view("e.long", Dtype::i64, {1}, longs),
        {.name = "빈 텐서 \"0\"\n", .dtype = Dtype::f32, .shape = {0, 768}, .bytes = {}},
    };
    return tensors;
}

TEST_F(SafetensorsWriter, WritesTheBytesOfTheReferenceWriter) {
    const auto written = write_safetensors(path_, tensors_of_python(), {{"format", "눈치 \"pt\""}});

    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(content_of(path_), content_of(kPythonWritten));
    EXPECT_FALSE(fs::exists(path_.string() + ".partial"));
}

// tests/oracle/safetensors_test.py sets the variable and reads the file with the reference reader.
TEST_F(SafetensorsWriter, WritesForTheReferenceReader) {
    const char* target = std::getenv("NUNCHI_SAFETENSORS_OUT");
    const fs::path path = target != nullptr ? fs::path(target) : path_;

    const auto written = write_safetensors(path, tensors_of_python(), {{"format", "눈치"}, {"version", "1"}});

    ASSERT_TRUE(written) << written.error().message;
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->metadata().at("version"), "1");
    for (const TensorView& tensor : file->tensors()) {
        EXPECT_EQ(tensor.file_offset % item_size(tensor.dtype), 0u) << tensor.name;
    }
}

TEST_F(SafetensorsWriter, RefusesTensorsThatNoReaderWouldTake) {
    const std::array<float, 2> data{1, 2};
    const auto error_of = [&](const std::vector<TensorView>& tensors) {
        const auto written = write_safetensors(path_, tensors);
        return written ? "(no error)" : written.error().message;
    };

    EXPECT_THAT(error_of({view("t", Dtype::f32, {3}, data)}), HasSubstr("tensor \"t\": F32 of shape [3]"));
    EXPECT_THAT(error_of({view("t", Dtype::f32, {-1, -2}, data)}), HasSubstr("tensor \"t\": F32 of shape"));
    EXPECT_THAT(error_of({view("t", Dtype::f32, {2}, data), view("t", Dtype::f32, {2}, data)}),
                HasSubstr("same name"));
    EXPECT_THAT(error_of({view("__metadata__", Dtype::f32, {2}, data)}), HasSubstr("name is not allowed"));
    EXPECT_THAT(error_of({view("\xff", Dtype::f32, {2}, data)}), HasSubstr("name is not allowed"));
    EXPECT_THAT(write_safetensors(path_, {}, {{"k", "\xff"}}).error().message,
                HasSubstr("\"k\": it is not UTF-8"));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(SafetensorsWriter, SaysThatAFolderIsMissing) {
    const auto written = write_safetensors(folder_ / "missing" / "model.safetensors", {});

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, api::errc::io_error);
    EXPECT_THAT(written.error().message, HasSubstr("No such file"));
}

TEST_F(SafetensorsWriter, KeepsTheOldFileWhenTheDiskIsFull) {
    std::ofstream(path_) << "the old model";
    const std::vector<float> data(100'000);
    const std::vector<TensorView> tensors{
        {.name = "t", .dtype = Dtype::f32, .shape = {100'000}, .bytes = std::as_bytes(std::span(data))}};
    // A limit on file sizes makes write() fail half way, as a full disk does.
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{.rlim_cur = 64 * 1024, .rlim_max = before.rlim_max};
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);

    const auto written = write_safetensors(path_, tensors);

    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_handler);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, api::errc::io_error);
    EXPECT_EQ(content_of(path_), "the old model");
    EXPECT_FALSE(fs::exists(path_.string() + ".partial"));
}

TEST_F(SafetensorsWriter, RemovesThePartialFileWhenTheRenameFails) {
    fs::create_directory(path_);
    std::ofstream(path_ / "inside").flush();

    const auto written = write_safetensors(path_, {});

    ASSERT_FALSE(written);
    EXPECT_FALSE(fs::exists(path_.string() + ".partial"));
}

}  // namespace
}  // namespace nunchi::weights
