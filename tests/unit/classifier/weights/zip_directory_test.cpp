#include "classifier/weights/zip_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/classifier/weights/safetensors_bytes.hpp"
#include "tests/unit/classifier/weights/zip_bytes.hpp"

namespace nunchi::weights {
namespace {

using testing::as_bytes;
using testing::bytes_of_number;
using ::testing::HasSubstr;
using testing::zip_end;
using testing::zip_of;
using testing::ZipPart;

std::string error_of(const std::string& file) {
    auto directory = read_zip_directory(as_bytes(file));
    if (!directory) return directory.error().message;
    const auto checked = check_stored(as_bytes(file), *directory);
    if (!checked) return checked.error().message;
    for (const auto& entry : directory->entries) {
        if (const auto bytes = bytes_of(as_bytes(file), entry); !bytes) return bytes.error().message;
    }
    return "(no error)";
}

std::string error_with(const ZipPart& part) {
    return error_of(zip_of({{.name = "a/first", .bytes = "first"}, part}));
}

TEST(ZipDirectory, FindsTheBytesOfItsEntries) {
    const auto file = zip_of({{.name = "a/one", .bytes = "first"}, {.name = "a/둘", .bytes = "2"}});

    auto directory = read_zip_directory(as_bytes(file));
    ASSERT_TRUE(directory) << directory.error().message;
    ASSERT_TRUE(check_stored(as_bytes(file), *directory));

    const auto& entries = directory->entries;
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[1].name, "a/둘");
    EXPECT_EQ(file.substr(entries[0].data_offset, entries[0].size), "first");
    EXPECT_EQ(file.substr(entries[1].data_offset, entries[1].size), "2");
}

TEST(ZipDirectory, FindsItsEndBeforeAComment) {
    auto file = zip_of({{.name = "a", .bytes = "b"}});
    file.replace(file.size() - 2, 2, bytes_of_number(7, 2));
    EXPECT_EQ(error_of(file + "comment"), "(no error)");
    EXPECT_EQ(error_of(file + "PK\5\6..."), "(no error)");
    EXPECT_THAT(error_of(file + "comments"), HasSubstr("its end is missing"));
}

TEST(ZipDirectory, RefusesAFileCutOffAtAnyByte) {
    const auto whole = zip_of({{.name = "a/one", .bytes = "first"}, {.name = "a/two", .bytes = "second"}});
    ASSERT_EQ(error_of(whole), "(no error)");

    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_NE(error_of(whole.substr(0, length)), "(no error)") << "cut off after " << length << " bytes";
    EXPECT_THAT(error_of(whole.substr(0, 20)), HasSubstr("unfinished download"));
}

TEST(ZipDirectory, ReadsTheWideRecords) {
    const std::string extra = bytes_of_number(9, 2) + bytes_of_number(0, 2) + bytes_of_number(1, 2) +
                              bytes_of_number(16, 2) + bytes_of_number(5, 8) + bytes_of_number(5, 8);
    const auto narrow = zip_of({{.name = "a", .bytes = "first", .size = 0xffffffff, .extra = extra}});
    EXPECT_EQ(error_of(narrow), "(no error)");

    const auto end = narrow.size() - 22;
    const auto list = narrow.substr(0, end).find("PK\1\2");
    const auto record = [&](std::size_t list_offset, std::size_t record_offset) {
        return narrow.substr(0, end) + "PK\6\6" + bytes_of_number(44, 8) + bytes_of_number(0, 12) +
               bytes_of_number(1, 8) + bytes_of_number(1, 8) + bytes_of_number(end - list, 8) +
               bytes_of_number(list_offset, 8) + "PK\6\7" + bytes_of_number(0, 4) +
               bytes_of_number(record_offset, 8) + bytes_of_number(1, 4) +
               zip_end(0xffff, 0xffffffff, 0xffffffff);
    };
    EXPECT_EQ(error_of(record(list, end)), "(no error)");
    EXPECT_THAT(error_of(record(list + 1, end)), HasSubstr("damaged"));
    EXPECT_THAT(error_of(record(~std::size_t{0}, end)), HasSubstr("reaches beyond the file"));
    EXPECT_THAT(error_of(record(list, end + 1)), HasSubstr("ZIP64"));
    EXPECT_THAT(error_of(record(list, ~std::size_t{0})), HasSubstr("ZIP64"));
    EXPECT_THAT(error_of(zip_of({{.name = "a", .bytes = "first", .size = 0xffffffff}})),
                HasSubstr("damaged"));
}

TEST(ZipDirectory, RefusesCompressedAndEncryptedEntries) {
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .method = 8}),
                HasSubstr("entry \"a/b\" of the zip archive at file offset 42: it is compressed"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .flags = 1}), HasSubstr("it is encrypted"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .flags = 1 << 6}), HasSubstr("it is encrypted"));
}

TEST(ZipDirectory, RefusesDuplicateNames) {
    EXPECT_THAT(error_with({.name = "a/first", .bytes = "x"}), HasSubstr("another one has the same name"));
}

TEST(ZipDirectory, RefusesPathsThatLeadOut) {
    for (const char* name : {"../b", "a/../../b", "a/..", "/etc/passwd", "a\\..\\b", ""})
        EXPECT_THAT(error_with({.name = name, .bytes = "x"}), HasSubstr("leads out")) << name;
    EXPECT_THAT(error_with({.name = std::string("a\0b", 3), .bytes = "x"}), HasSubstr("leads out"));
    EXPECT_EQ(error_with({.name = "a/..b", .bytes = "x"}), "(no error)");
}

TEST(ZipDirectory, RefusesEntriesThatOverlap) {
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .header_offset = 0, .name_in_header = "a/b"}),
                HasSubstr("its header says something else"));
    const auto inner = zip_of({{.name = "b", .bytes = "in"}});
    const auto outer =
        zip_of({{.name = "a", .bytes = inner}, {.name = "b", .bytes = "x", .header_offset = 31}});
    EXPECT_THAT(error_of(outer), HasSubstr("it overlaps the entry \"a\""));
}

TEST(ZipDirectory, RefusesSizesAndOffsetsBeyondTheFile) {
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .size = 1000}),
                HasSubstr("it ends beyond the file"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .size = 2}), HasSubstr("in its list of entries"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .header_offset = 100'000}),
                HasSubstr("it begins beyond the file"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .header_offset = 1}),
                HasSubstr("its header is missing"));
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "x", .name_in_header = "a/c"}),
                HasSubstr("something else"));
}

TEST(ZipDirectory, RefusesAnotherNumberOfEntries) {
    auto file = zip_of({{.name = "a", .bytes = "b"}});
    file.replace(file.size() - 12, 2, bytes_of_number(2, 2));
    EXPECT_THAT(error_of(file), HasSubstr("announces 2 entries"));
}

TEST(ZipDirectory, ComparesChecksums) {
    // zlib.crc32(b"first") in Python
    EXPECT_EQ(error_with({.name = "a/b", .bytes = "first", .crc32 = 0x9271ee57}), "(no error)");
    EXPECT_THAT(error_with({.name = "a/b", .bytes = "forst", .crc32 = 0x9271ee57}), HasSubstr("CRC-32"));
}

}  // namespace
}  // namespace nunchi::weights
