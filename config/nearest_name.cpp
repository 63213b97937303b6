#include "config/nearest_name.hpp"

#include <algorithm>
#include <numeric>

namespace nunchi::config {
namespace {

// Names are short; a longer one is hostile and not worth the square of its length.
constexpr std::size_t kLongestName = 80;

/// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, const std::vector<std::string>& candidates,
                                        std::size_t max_edits) {
    if (name.size() > kLongestName) return std::nullopt;
    std::size_t limit = std::min(max_edits, name.size() / 2);
    std::optional<std::string> nearest;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance > limit || (nearest && distance == limit)) continue;
        nearest = candidate;
        limit = distance;
    }
    return nearest;
}

}  // namespace nunchi::config
