// Little-endian numbers and pieces of bytes, one after another.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace nunchi::weights {

/// A read beyond the end gives zero or nothing, and the reader stays failed.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    bool failed() const { return failed_; }
    std::size_t position() const { return position_; }
    std::size_t left() const { return bytes_.size() - position_; }

    std::span<const std::byte> take(std::size_t count) {
        if (failed_ || count > left()) {
            failed_ = true;
            return {};
        }
        position_ += count;
        return bytes_.subspan(position_ - count, count);
    }

    std::string_view text(std::size_t count) {
        const auto bytes = take(count);
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

    /// Up to the next newline, which is read too and not returned; fails when there is none among the next
    /// `limit` bytes.
    std::string_view line(std::size_t limit) {
        const std::string_view rest(reinterpret_cast<const char*>(bytes_.data()) + position_, left());
        const auto length = rest.substr(0, limit).find('\n');
        if (length == std::string_view::npos) {
            failed_ = true;
            return {};
        }
        return text(length + 1).substr(0, length);
    }

    template <std::unsigned_integral T>
    T number() {
        T value = 0;
        unsigned shift = 0;
        for (const auto byte : take(sizeof(T))) {
            value = static_cast<T>(value | static_cast<T>(std::to_integer<T>(byte) << shift));
            shift += 8;
        }
        return value;
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
    bool failed_ = false;
};

}  // namespace nunchi::weights
