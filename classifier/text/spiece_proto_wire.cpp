#include "classifier/text/spiece_proto_wire.hpp"

namespace nunchi::text {

std::optional<std::uint64_t> WireCursor::varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70 && !at_end(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes_[at_++]);
        value |= shift < 64 ? std::uint64_t{byte & 0x7FU} << shift : 0;
        if (byte < 0x80) return value;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> WireCursor::little_endian(std::size_t size) {
    if (bytes_.size() - at_ < size) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes_[at_ + i])} << (8 * i);
    }
    at_ += size;
    return value;
}

std::optional<std::string_view> WireCursor::counted_bytes() {
    const auto size = varint();
    if (!size || *size > bytes_.size() - at_) return std::nullopt;
    const std::string_view taken = bytes_.substr(at_, static_cast<std::size_t>(*size));
    at_ += taken.size();
    return taken;
}

std::optional<WireField> WireCursor::next() {
    WireField field;
    field.offset = offset();
    const auto key = varint();
    if (!key || *key >> 3 == 0) return std::nullopt;
    field.number = *key >> 3;
    field.type = static_cast<WireType>(*key & 7);
    std::optional<std::uint64_t> value = 0;
    switch (field.type) {
        case WireType::varint: value = varint(); break;
        case WireType::fixed64: value = little_endian(8); break;
        case WireType::fixed32: value = little_endian(4); break;
        case WireType::bytes:
            if (const auto bytes = counted_bytes()) {
                field.bytes = *bytes;
            } else {
                value.reset();
            }
            break;
        default: value.reset();
    }
    if (!value) return std::nullopt;
    field.value = *value;
    return field;
}

}  // namespace nunchi::text
