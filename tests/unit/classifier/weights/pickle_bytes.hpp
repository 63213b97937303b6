// Builders for the tests of the pickle reader: opcodes by hand, as Python's pickletools show them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace nunchi::weights::testing {

inline std::string little_endian_32(std::uint32_t value) {
    std::string bytes;
    for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

/// BINUNICODE
inline std::string text(std::string_view value) {
    return "X" + little_endian_32(static_cast<std::uint32_t>(value.size())) + std::string(value);
}

/// LONG1 of eight bytes
inline std::string number(std::int64_t value) {
    std::string bytes("\x8a\x08");
    for (unsigned i = 0; i < 8; ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
    return bytes;
}

/// GLOBAL
inline std::string global(std::string_view module, std::string_view name) {
    return "c" + std::string(module) + "\n" + std::string(name) + "\n";
}

/// MARK … TUPLE
inline std::string tuple(std::initializer_list<std::string> items) {
    std::string bytes("(");
    for (const auto& item : items) bytes += item;
    return bytes + "t";
}

inline std::string sizes(std::initializer_list<std::int64_t> values) {
    std::string bytes("(");
    for (const auto value : values) bytes += number(value);
    return bytes + "t";
}

inline std::string ordered_dict() {
    return global("collections", "OrderedDict") + ")R";
}

inline std::string storage(std::string_view type, std::string_view key, std::int64_t count) {
    return tuple({text("storage"), global("torch", type), text(key), text("cpu"), number(count)}) + "Q";
}

/// A tensor of floats in storage "0" of `count` elements.
struct FloatTensor {
    std::int64_t count = 6;
    std::int64_t offset = 0;
    std::string shape = sizes({2, 3});
    std::string strides = sizes({3, 1});
    std::string metadata{};  // empty: none

    std::string bytes() const {
        return global("torch._utils", "_rebuild_tensor_v2") +
               tuple({storage("FloatStorage", "0", count), number(offset), shape, strides, "\x89",
                      ordered_dict(), metadata}) +
               "R";
    }
};

/// PROTO 2 … STOP
inline std::string pickle(const std::string& opcodes) {
    return "\x80\x02" + opcodes + ".";
}

/// A state_dict with one entry.
inline std::string state_dict(std::string_view name, const std::string& value) {
    return pickle(ordered_dict() + "(" + text(name) + value + "u");
}

}  // namespace nunchi::weights::testing
