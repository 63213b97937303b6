#include "trainer/data/lint.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>

#include "trainer/data/group_key.hpp"

namespace nunchi::data {
namespace {

using Groups = std::unordered_map<std::string, std::vector<std::size_t>>;  // row indices by key

std::set<api::Emotion> labels_of(const LabelledRows& rows, const std::vector<std::size_t>& group) {
    std::set<api::Emotion> labels;
    for (const auto row : group) labels.insert(rows.rows[row].emotion);
    return labels;
}

Repetition repetition_of(const LabelledRows& rows, const Groups& groups) {
    Repetition found;
    for (const auto& [key, group] : groups) {
        if (group.size() < 2) continue;
        ++found.groups;
        found.rows += group.size();
        if (labels_of(rows, group).size() < 2) continue;
        ++found.conflicting_groups;
        found.conflicting_rows += group.size();
    }
    return found;
}

void count_pairs(LintReport& report, const LabelledRows& rows, const Groups& groups) {
    for (const auto& [key, group] : groups) {
        std::map<api::Emotion, std::size_t> counts;
        for (const auto row : group) ++counts[rows.rows[row].emotion];
        for (auto first = counts.begin(); first != counts.end(); ++first) {
            for (auto second = std::next(first); second != counts.end(); ++second)
                report.conflicting_pairs[{first->first, second->first}] += first->second * second->second;
        }
    }
}

void count_twins(LintReport& report, const LabelledRows& rows, const Groups& groups,
                 const std::vector<std::uint32_t>& test_rows) {
    std::vector<bool> is_test(rows.rows.size());
    for (const auto row : test_rows) is_test[row] = true;
    report.test_rows = test_rows.size();
    for (const auto& [key, group] : groups) {
        for (const auto row : group) {
            if (!is_test[row]) continue;
            const auto in_training = [&](std::size_t other) { return !is_test[other]; };
            const auto same_label = [&](std::size_t other) {
                return !is_test[other] && rows.rows[other].emotion == rows.rows[row].emotion;
            };
            report.test_twins += std::ranges::any_of(group, in_training) ? 1 : 0;
            report.test_twins_same_label += std::ranges::any_of(group, same_label) ? 1 : 0;
        }
    }
}

bool is_sorted_by_label(const LabelledRows& rows) {
    std::set<api::Emotion> seen;
    std::size_t blocks = 0;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        seen.insert(rows.rows[i].emotion);
        if (i == 0 || rows.rows[i].emotion != rows.rows[i - 1].emotion) ++blocks;
    }
    return seen.size() > 1 && blocks == seen.size() && rows.rows.size() > 2 * seen.size();
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

LengthSpread spread_of(std::vector<std::size_t> lengths) {
    if (lengths.empty()) return {};
    std::ranges::sort(lengths);
    const auto at = [&](double share) {
        return lengths[static_cast<std::size_t>(share * static_cast<double>(lengths.size() - 1))];
    };
    const auto sum = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
    return {lengths.front(), at(0.5),        at(0.95),
            at(0.99),        lengths.back(), static_cast<double>(sum) / static_cast<double>(lengths.size())};
}

LintReport lint(const LabelledRows& rows, const std::vector<std::uint32_t>& test_rows) {
    LintReport report;
    report.rows = rows.rows.size();
    report.blank_rows = rows.blank_rows;
    report.half_filled = rows.half_filled;
    Groups exact;
    Groups normalised;
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const auto& row = rows.rows[i];
        ++report.by_emotion[api::index_of(row.emotion)];
        exact[row.text].push_back(i);
        if (auto key = group_key(row.text); !key.empty()) normalised[std::move(key)].push_back(i);
        lengths.push_back(code_points(row.text));
    }
    report.is_sorted_by_label = is_sorted_by_label(rows);
    report.exact = repetition_of(rows, exact);
    report.normalised = repetition_of(rows, normalised);
    count_pairs(report, rows, normalised);
    count_twins(report, rows, normalised, test_rows);
    report.characters = spread_of(std::move(lengths));
    return report;
}

}  // namespace nunchi::data
