// A text of a picture in both languages.
#pragma once

#include <string>
#include <utility>

namespace nunchi::charts {

struct Label {
    std::string korean;
    std::string english;  // for machines without a Korean font

    Label(std::string in_korean, std::string in_english)
        : korean(std::move(in_korean)), english(std::move(in_english)) {}

    /// Numbers and names, which are the same in both.
    explicit Label(const std::string& same) : korean(same), english(same) {}
};

}  // namespace nunchi::charts
