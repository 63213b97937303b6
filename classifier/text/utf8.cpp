#include "classifier/text/utf8.hpp"

#include <algorithm>
#include <limits>

namespace nunchi::text {
namespace {

constexpr char32_t kReplacement = U'\uFFFD';

// What a lead byte promises. The second byte's range is narrower than 80..BF where overlong forms,
// surrogates and values above U+10FFFF would begin.
struct Lead {
    std::size_t length;  // 0: no lead byte
    unsigned char second_low;
    unsigned char second_high;
};

constexpr Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {1, 0, 0};
    if (byte < 0xC2) return {0, 0, 0};
    if (byte < 0xE0) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte < 0xF0) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte < 0xF4) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

Decoded decode_one(std::string_view bytes, std::size_t at) {
    const unsigned char first = byte_at(bytes, at);
    const Lead lead = lead_of(first);
    if (lead.length == 1) return {first, 1};
    if (lead.length == 0) return {kReplacement, 1};

    char32_t code_point = first & (0x7FU >> lead.length);
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char low = i == 1 ? lead.second_low : 0x80;
        const unsigned char high = i == 1 ? lead.second_high : 0xBF;
        if (at + i >= bytes.size()) return {kReplacement, i};
        const unsigned char next = byte_at(bytes, at + i);
        if (next < low || next > high) return {kReplacement, i};
        code_point = (code_point << 6) | (next & 0x3FU);
    }
    return {code_point, lead.length};
}

void append_utf8(std::string& out, char32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    const auto tail = [&](unsigned shift) { put(0x80U | ((code_point >> shift) & 0x3FU)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | (code_point >> 6));
        tail(0);
    } else if (code_point < 0x10000) {
        put(0xE0U | (code_point >> 12));
        tail(6);
        tail(0);
    } else {
        put(0xF0U | (code_point >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

std::u32string decode_utf8(std::string_view bytes, std::size_t limit) {
    std::u32string code_points;
    code_points.reserve(std::min(bytes.size(), limit));
    for (std::size_t at = 0; at < bytes.size() && code_points.size() < limit;) {
        const Decoded decoded = decode_one(bytes, at);
        code_points.push_back(decoded.code_point);
        at += decoded.length;
    }
    return code_points;
}

std::u32string decode_utf8(std::string_view bytes) {
    return decode_utf8(bytes, std::numeric_limits<std::size_t>::max());
}

std::string encode_utf8(std::u32string_view code_points) {
    std::string out;
    out.reserve(code_points.size() * 3);
    for (const char32_t code_point : code_points) append_utf8(out, code_point);
    return out;
}

std::string valid_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded decoded = decode_one(bytes, at);
        append_utf8(out, decoded.code_point);
        at += decoded.length;
    }
    return out;
}

}  // namespace nunchi::text
