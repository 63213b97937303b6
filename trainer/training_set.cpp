#include "trainer/training_set.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace nunchi::trainer {
namespace {

constexpr std::int32_t kUnknownId = 0;
constexpr double kLeastDistinct = 0.5;
constexpr double kMostUnknown = 0.2;

std::string percent(double share) {
    const auto tenths = std::lround(share * 1000);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace

std::vector<std::size_t> TrainingSet::lengths() const {
    std::vector<std::size_t> lengths;
    lengths.reserve(ids.size());
    for (const auto& row : ids) lengths.push_back(row.size());
    return lengths;
}

TrainingSet encode_rows(std::span<const data::LabelledRow> rows, const text::TextEncoder& encoder) {
    TrainingSet set;
    set.ids.reserve(rows.size());
    set.labels.reserve(rows.size());
    for (const auto& row : rows) {
        set.ids.push_back(encoder.encode(row.text).ids);
        set.labels.push_back(row.emotion);
    }
    return set;
}

TrainingSet select(const TrainingSet& set, std::span<const std::uint32_t> indices) {
    TrainingSet selected;
    for (const auto index : indices) {
        selected.ids.push_back(set.ids[index]);
        selected.labels.push_back(set.labels[index]);
    }
    return selected;
}

InputHealth input_health(const TrainingSet& set) {
    if (set.size() == 0) return {};
    std::set<std::vector<std::int32_t>> distinct;
    std::ptrdiff_t pieces = 0;
    std::ptrdiff_t unknown = 0;
    for (const auto& ids : set.ids) {
        distinct.insert(ids);
        pieces += std::ssize(ids) - 2;
        unknown += std::count(ids.begin(), ids.end(), kUnknownId);
    }
    return {static_cast<double>(distinct.size()) / static_cast<double>(set.size()),
            pieces == 0 ? 0 : static_cast<double>(unknown) / static_cast<double>(pieces)};
}

api::outcome<void> check_health(const InputHealth& health) {
    if (health.distinct_share < kLeastDistinct) {
        return api::failure(
            api::errc::bad_format,
            "학습을 멈췄습니다. 서로 다른 문장이 거의 같은 입력으로 바뀌었습니다(고유 입력 " +
                percent(health.distinct_share) +
                "). 토크나이저 설정과 데이터 열을 확인하세요. / Training stopped: only " +
                percent(health.distinct_share) +
                " of the rows give distinct token ids; check the tokenizer and the text column.");
    }
    if (health.unknown_share > kMostUnknown) {
        return api::failure(api::errc::bad_format,
                            "학습을 멈췄습니다. 어휘에 없는 조각이 " + percent(health.unknown_share) +
                                "입니다. 토크나이저가 이 데이터에 맞는지 확인하세요. / Training stopped: " +
                                percent(health.unknown_share) +
                                " of the pieces are [UNK]; is this the right tokenizer?");
    }
    return {};
}

}  // namespace nunchi::trainer
