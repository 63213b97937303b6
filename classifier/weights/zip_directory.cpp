#include "classifier/weights/zip_directory.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "classifier/weights/byte_reader.hpp"

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kSaturated32 = 0xffffffff;
constexpr std::uint16_t kSaturated16 = 0xffff;

api::Failure broken(const std::string& message) {
    return api::failure(api::errc::bad_format,
                        "the zip archive is damaged: " + message + "; download or copy the file again");
}

/// As the end record has it.
struct ListPlace {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t entries = 0;
};

/// The record that ends the file, with a comment of up to 65,535 bytes behind it.
std::optional<std::size_t> end_record(std::span<const std::byte> file) {
    constexpr std::size_t kSize = 22;
    constexpr std::size_t kCommentLength = 20;
    const auto tail = file.last(std::min(file.size(), kSize + kSaturated16));
    const std::string_view text(reinterpret_cast<const char*>(tail.data()), tail.size());
    for (auto end = text.size(); end >= kSize;) {
        const auto at = text.substr(0, end).rfind("PK\5\6"sv);
        if (at == std::string_view::npos) return std::nullopt;
        ByteReader record(tail.subspan(at));
        record.take(kCommentLength);
        const auto comment = record.number<std::uint16_t>();
        if (!record.failed() && comment == record.left()) return file.size() - tail.size() + at;
        end = at + 3;
    }
    return std::nullopt;
}

/// The 64-bit record, which a locator right before the end record points at.
std::optional<ListPlace> zip64_directory(std::span<const std::byte> file, std::size_t end) {
    constexpr std::size_t kLocatorSize = 20;
    constexpr std::size_t kRecordSize = 56;
    if (end < kLocatorSize) return std::nullopt;
    ByteReader locator(file.subspan(end - kLocatorSize, kLocatorSize));
    if (locator.text(4) != "PK\6\7"sv) return std::nullopt;
    locator.take(4);
    const auto place = locator.number<std::uint64_t>();
    if (place > end || end - place < kRecordSize + kLocatorSize) return std::nullopt;
    ByteReader record(file.subspan(place, kRecordSize));
    if (record.text(4) != "PK\6\6"sv) return std::nullopt;
    record.take(28);  // its size, versions, volumes, entries of this volume
    ListPlace directory;
    directory.entries = record.number<std::uint64_t>();
    directory.size = record.number<std::uint64_t>();
    directory.offset = record.number<std::uint64_t>();
    return directory;
}

api::outcome<ListPlace> find_directory(std::span<const std::byte> file) {
    const auto end = end_record(file);
    if (!end) return broken("its end is missing, as in an unfinished download");
    ByteReader record(file.subspan(*end));
    record.take(4);
    const bool is_one_volume = record.number<std::uint32_t>() == 0;
    record.take(2);
    ListPlace directory;
    directory.entries = record.number<std::uint16_t>();
    directory.size = record.number<std::uint32_t>();
    directory.offset = record.number<std::uint32_t>();
    if (!is_one_volume) return broken("it has several volumes");
    if (directory.entries == kSaturated16 || directory.size == kSaturated32 ||
        directory.offset == kSaturated32) {
        const auto wide = zip64_directory(file, *end);
        if (!wide) return broken("its ZIP64 record is missing");
        directory = *wide;
    }
    if (directory.offset > *end || directory.size > *end - directory.offset)
        return broken("its list of entries reaches beyond the file");
    if (directory.entries > kMaxZipEntries)
        return broken("it lists " + std::to_string(directory.entries) + " entries");
    return directory;
}

/// Sizes and offset that do not fit in 32 bits stand in field 1 of the extra data, in this order, each only
/// where the 32-bit field is saturated.
bool widen(ZipEntry& entry, ByteReader extra) {
    const bool is_wide = entry.size == kSaturated32 || entry.packed_size == kSaturated32 ||
                         entry.header_offset == kSaturated32;
    while (is_wide && extra.left() > 0) {
        const auto id = extra.number<std::uint16_t>();
        ByteReader field(extra.take(extra.number<std::uint16_t>()));
        if (extra.failed()) return false;
        if (id != 1) continue;
        for (auto* value : {&entry.size, &entry.packed_size, &entry.header_offset}) {
            if (*value == kSaturated32) *value = field.number<std::uint64_t>();
        }
        return !field.failed();
    }
    return !is_wide;
}

std::optional<ZipEntry> read_entry(ByteReader& directory) {
    if (directory.text(4) != "PK\1\2"sv) return std::nullopt;
    ZipEntry entry;
    directory.take(4);  // versions
    entry.flags = directory.number<std::uint16_t>();
    entry.method = directory.number<std::uint16_t>();
    directory.take(4);  // time and date
    entry.crc32 = directory.number<std::uint32_t>();
    entry.packed_size = directory.number<std::uint32_t>();
    entry.size = directory.number<std::uint32_t>();
    const auto name_length = directory.number<std::uint16_t>();
    const auto extra_length = directory.number<std::uint16_t>();
    const auto comment_length = directory.number<std::uint16_t>();
    directory.take(8);  // volume and attributes
    entry.header_offset = directory.number<std::uint32_t>();
    entry.name = directory.text(name_length);
    const ByteReader extra(directory.take(extra_length));
    directory.take(comment_length);
    if (directory.failed() || !widen(entry, extra)) return std::nullopt;
    return entry;
}

}  // namespace

api::outcome<ZipDirectory> read_zip_directory(std::span<const std::byte> file) {
    const auto place = find_directory(file);
    if (!place) return place.error();
    ByteReader list(file.subspan(place->offset, place->size));
    ZipDirectory directory{.entries = {}, .offset = place->offset};
    auto& entries = directory.entries;
    while (list.left() > 0) {
        auto entry = read_entry(list);
        if (!entry)
            return broken("entry " + std::to_string(entries.size()) + " of its list, before file offset " +
                          std::to_string(place->offset + list.position()));
        entries.push_back(std::move(*entry));
        if (entries.size() > place->entries) break;
    }
    if (entries.size() != place->entries)
        return broken("it announces " + std::to_string(place->entries) + " entries and lists others");
    return directory;
}

}  // namespace nunchi::weights
