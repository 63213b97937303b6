// Whether the entries of an archive are what they say, before a byte of them is used.
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include "classifier/weights/byte_reader.hpp"
#include "classifier/weights/tensor_view.hpp"
#include "classifier/weights/zip_directory.hpp"

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kStrongEncryption = 1 << 6;
constexpr std::uint16_t kMaskedHeaders = 1 << 13;

api::Failure broken(const ZipEntry& entry, const std::string& why) {
    return api::failure(api::errc::bad_format, "entry " + in_quotes(entry.name) +
                                                   " of the zip archive at file offset " +
                                                   std::to_string(entry.header_offset) + ": " + why);
}

bool leads_out(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find_first_of("\\\0"sv) != std::string_view::npos)
        return true;
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto end = std::min(name.find('/', begin), name.size());
        if (name.substr(begin, end - begin) == "..") return true;
        begin = end + 1;
    }
    return false;
}

/// What is wrong with what the list says.
std::optional<std::string> listing_error(const ZipEntry& entry) {
    if (leads_out(entry.name))
        return "its path leads out of the archive; the file is damaged or made to do harm";
    if ((entry.flags & (kEncrypted | kStrongEncryption | kMaskedHeaders)) != 0)
        return "it is encrypted; unpack the archive and save the weights with torch.save";
    if (entry.method != 0 || entry.packed_size != entry.size)
        return "it is compressed, which torch.save never does; load the file in Python and save it again with "
               "torch.save(model.state_dict(), \"model.pt\")";
    return std::nullopt;
}

/// What is wrong with the entry's own header; fills in data_offset when nothing is. Its sizes may be 0, as
/// torch writes them behind the bytes.
std::optional<std::string> header_error(std::span<const std::byte> file, ZipEntry& entry) {
    if (entry.header_offset >= file.size()) return "it begins beyond the file; is it an unfinished download?";
    ByteReader header(file.subspan(entry.header_offset));
    const bool has_signature = header.text(4) == "PK\3\4"sv;
    header.take(2);
    const auto flags = header.number<std::uint16_t>();
    const auto method = header.number<std::uint16_t>();
    header.take(16);  // time, date, checksum, sizes
    const auto name_length = header.number<std::uint16_t>();
    const auto extra_length = header.number<std::uint16_t>();
    const auto name = header.text(name_length);
    header.take(extra_length);
    if (header.failed() || !has_signature) return "its header is missing; is it an unfinished download?";
    if (flags != entry.flags || method != entry.method || name != entry.name)
        return "its header says something else than the list of entries";
    if (entry.size > header.left())
        return "it ends beyond the file, or in its list of entries; is it an unfinished download?";
    entry.data_offset = entry.header_offset + header.position();
    return std::nullopt;
}

api::outcome<void> check_no_overlap(const std::vector<ZipEntry>& entries) {
    std::vector<const ZipEntry*> order;
    order.reserve(entries.size());
    for (const auto& entry : entries) order.push_back(&entry);
    std::ranges::sort(order, {}, [](const ZipEntry* entry) { return entry->header_offset; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (order[i - 1]->data_offset + order[i - 1]->size > order[i]->header_offset)
            return broken(*order[i], "it overlaps the entry " + in_quotes(order[i - 1]->name) +
                                         "; the file is damaged or made to do harm");
    }
    return {};
}

}  // namespace

api::outcome<void> check_stored(std::span<const std::byte> file, ZipDirectory& directory) {
    const auto before_list = file.first(directory.offset);
    std::set<std::string_view> names;
    for (auto& entry : directory.entries) {
        if (!names.insert(entry.name).second) return broken(entry, "another one has the same name");
        if (const auto error = listing_error(entry)) return broken(entry, *error);
        if (const auto error = header_error(before_list, entry)) return broken(entry, *error);
    }
    return check_no_overlap(directory.entries);
}

api::outcome<std::span<const std::byte>> bytes_of(std::span<const std::byte> file, const ZipEntry& entry) {
    const auto bytes = file.subspan(entry.data_offset, entry.size);
    const auto found = ::crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    if (entry.crc32 != 0 && found != entry.crc32)
        return broken(entry, "its bytes do not fit their CRC-32; download or copy the file again");
    return bytes;
}

}  // namespace nunchi::weights
