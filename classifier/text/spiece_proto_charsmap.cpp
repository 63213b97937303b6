#include "classifier/text/spiece_proto_charsmap.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace nunchi::text {
namespace {

std::uint32_t unit_at(std::string_view bytes, std::size_t index) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= std::uint32_t{static_cast<unsigned char>(bytes[4 * index + i])} << (8 * i);
    }
    return value;
}

// The bit layout of darts.h (Darts-clone 0.32), DoubleArrayUnit.
constexpr bool has_leaf(std::uint32_t unit) {
    return (unit >> 8 & 1) != 0;
}
constexpr std::uint32_t leaf_value(std::uint32_t unit) {
    return unit & 0x7FFFFFFFU;
}
constexpr std::uint32_t label(std::uint32_t unit) {
    return unit & 0x800000FFU;
}
constexpr std::uint32_t offset(std::uint32_t unit) {
    return unit >> 10 << (unit >> 6 & 8);
}

/// Visits every node that some key can reach. The trie's size is a multiple of 256 units, so a block of
/// children lies inside when its first unit does.
bool is_sound_trie(std::string_view trie, std::size_t replacements_size) {
    const std::size_t units = trie.size() / 4;
    std::vector<bool> seen(units, false);
    std::vector<std::size_t> open{0};
    while (!open.empty()) {
        const std::size_t node = open.back();
        open.pop_back();
        const std::uint32_t unit = unit_at(trie, node);
        const std::size_t children = node ^ offset(unit);
        if (children >= units) return false;
        if (has_leaf(unit) && leaf_value(unit_at(trie, children)) >= replacements_size) return false;
        for (std::uint32_t byte = 1; byte < 256; ++byte) {
            const std::size_t child = children ^ byte;
            if (label(unit_at(trie, child)) != byte || seen[child]) continue;
            seen[child] = true;
            open.push_back(child);
        }
    }
    return true;
}

}  // namespace

bool is_sound_charsmap(std::string_view charsmap) {
    if (charsmap.size() < 4) return false;
    const std::size_t trie_size = unit_at(charsmap, 0);
    if (trie_size == 0 || trie_size % 1024 != 0 || trie_size >= charsmap.size() - 4) return false;
    const std::string_view trie = charsmap.substr(4, trie_size);
    const std::string_view replacements = charsmap.substr(4 + trie_size);
    return replacements.back() == '\0' && is_sound_trie(trie, replacements.size());
}

Charsmap::Charsmap(std::string bytes)
    : bytes_(std::move(bytes)), trie_size_(bytes_.empty() ? 0 : unit_at(bytes_, 0)) {}

std::optional<Charsmap::Match> Charsmap::longest_match(std::string_view text, std::size_t at) const {
    if (trie_size_ == 0) return std::nullopt;
    const std::string_view trie = std::string_view(bytes_).substr(4, trie_size_);
    std::optional<Match> longest;
    std::size_t children = offset(unit_at(trie, 0));
    for (std::size_t end = at; end < text.size(); ++end) {
        const auto byte = static_cast<unsigned char>(text[end]);
        const std::size_t node = children ^ byte;
        const std::uint32_t unit = unit_at(trie, node);
        if (byte == 0 || label(unit) != byte) break;
        children = node ^ offset(unit);
        if (!has_leaf(unit)) continue;
        longest = {end + 1 - at, bytes_.data() + 4 + trie_size_ + leaf_value(unit_at(trie, children))};
    }
    return longest;
}

}  // namespace nunchi::text
