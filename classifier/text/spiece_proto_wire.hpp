// The protobuf wire format, as a cursor over bytes that may be broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nunchi::text {

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct WireField {
    std::uint64_t number = 0;
    WireType type = WireType::varint;
    std::uint64_t value = 0;  // of varint, fixed32 and fixed64
    std::string_view bytes;   // of bytes; points into the cursor's input
    std::size_t offset = 0;   // of the field's first byte in the file
};

class WireCursor {
public:
    /// `base` is the offset of `bytes` in the file, for messages.
    explicit WireCursor(std::string_view bytes, std::size_t base = 0) : bytes_(bytes), base_(base) {}

    bool at_end() const { return at_ == bytes_.size(); }
    std::size_t offset() const { return base_ + at_; }

    /// The next field; nothing when the bytes break the format (a field that reaches past the end, a varint
    /// of more than ten bytes, field number 0, groups). The cursor then stands where it broke.
    std::optional<WireField> next();

private:
    std::optional<std::uint64_t> varint();
    std::optional<std::uint64_t> little_endian(std::size_t size);
    std::optional<std::string_view> counted_bytes();

    std::string_view bytes_;
    std::size_t base_;
    std::size_t at_ = 0;
};

}  // namespace nunchi::text
