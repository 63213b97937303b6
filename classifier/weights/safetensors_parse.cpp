#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "classifier/weights/foreign_format.hpp"
#include "classifier/weights/safetensors.hpp"
#include "classifier/weights/safetensors_header.hpp"

namespace nunchi::weights {
namespace {

constexpr std::size_t kLengthBytes = 8;

api::Failure broken(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

std::uint64_t read_little_endian_64(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return value;
}

/// The JSON between the length and the data.
api::outcome<std::string_view> header_text(std::span<const std::byte> file) {
    if (const auto foreign = describe_foreign_format(file, WeightsFormat::safetensors)) {
        return api::failure(api::errc::not_supported, std::string(*foreign));
    }
    if (file.size() < kLengthBytes) {
        return broken("the file has " + std::to_string(file.size()) +
                      " bytes, a safetensors file at least 8; " + "it may be an unfinished download");
    }
    const std::uint64_t length = read_little_endian_64(file);
    if (length > kMaxSafetensorsHeader) {
        return broken("the header length at file offset 0 is " + std::to_string(length) +
                      ", more than the allowed 100000000; this is no safetensors file");
    }
    if (length > file.size() - kLengthBytes) {
        return broken("the header length at file offset 0 is " + std::to_string(length) + ", but only " +
                      std::to_string(file.size() - kLengthBytes) +
                      " bytes follow; it may be an unfinished download");
    }
    const std::string_view text(reinterpret_cast<const char*>(file.data()) + kLengthBytes, length);
    if (!text.starts_with('{')) return broken("the header at file offset 8 does not begin with '{'");
    return text;
}

std::string place(const HeaderEntry& entry, std::size_t data_start) {
    return "tensor " + in_quotes(entry.name) + " at file offset " + std::to_string(data_start + entry.begin) +
           " (data_offsets " + std::to_string(entry.begin) + " to " + std::to_string(entry.end) + "): ";
}

/// What is wrong with an entry whose bytes should begin at `expected` of the `available` ones.
std::optional<std::string> layout_error(const HeaderEntry& entry, std::size_t expected,
                                        std::size_t available) {
    if (entry.begin > expected)
        return "a hole of " + std::to_string(entry.begin - expected) + " bytes is before it";
    if (entry.begin < expected)
        return "it overlaps the tensor before it, which ends at " + std::to_string(expected);
    if (entry.end < entry.begin) return "it ends before it begins";
    if (entry.end > available) {
        return "it ends beyond the file, which holds " + std::to_string(available) +
               " bytes of data; it may be an unfinished download";
    }
    return std::nullopt;
}

api::outcome<TensorView> view_of(HeaderEntry entry, std::span<const std::byte> file, std::size_t data_start) {
    const std::optional<Dtype> dtype = dtype_named(entry.dtype);
    if (!dtype) {
        return api::failure(api::errc::not_supported, place(entry, data_start) + "the element type " +
                                                          in_quotes(entry.dtype) + " is not supported");
    }
    const std::optional<std::size_t> size = byte_size(*dtype, entry.shape);
    if (!size) {
        return broken(place(entry, data_start) + "the size of its shape " + describe_shape(entry.shape) +
                      " overflows");
    }
    if (*size != entry.end - entry.begin) {
        return broken(place(entry, data_start) + entry.dtype + " of shape " + describe_shape(entry.shape) +
                      " needs " + std::to_string(*size) + " bytes, not " +
                      std::to_string(entry.end - entry.begin));
    }
    const std::size_t offset = data_start + entry.begin;
    return TensorView{std::move(entry.name), *dtype, std::move(entry.shape), offset,
                      file.subspan(offset, *size)};
}

}  // namespace

api::outcome<Safetensors> parse_safetensors(std::span<const std::byte> file) {
    const auto text = header_text(file);
    if (!text) return text.error();
    auto header = parse_safetensors_header(*text);
    if (!header) return header.error();

    const std::size_t data_start = kLengthBytes + text->size();
    const std::size_t available = file.size() - data_start;
    std::ranges::sort(header->entries, {}, [](const HeaderEntry& e) { return std::pair(e.begin, e.end); });

    Safetensors content{.tensors = {}, .metadata = std::move(header->metadata)};
    content.tensors.reserve(header->entries.size());
    std::size_t expected = 0;
    for (HeaderEntry& entry : header->entries) {
        if (const auto error = layout_error(entry, expected, available))
            return broken(place(entry, data_start) + *error);
        expected = entry.end;
        auto view = view_of(std::move(entry), file, data_start);
        if (!view) return view.error();
        content.tensors.push_back(std::move(*view));
    }
    if (expected != available) {
        return broken(std::to_string(available - expected) + " bytes at file offset " +
                      std::to_string(data_start + expected) + " belong to no tensor");
    }
    return content;
}

}  // namespace nunchi::weights
