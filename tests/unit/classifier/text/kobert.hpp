// KoBERT's own tokenizer model, as the tests use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/text/kobert_tokenizer.hpp"

namespace nunchi::text {

using Ids = std::vector<std::int32_t>;

inline const std::filesystem::path kKobertData =
    std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/kobert";

inline const KobertTokenizer& kobert() {
    static const KobertTokenizer tokenizer = KobertTokenizer::load(kKobertData / "spiece.model").value();
    return tokenizer;
}

inline Ids literal_ids(std::string_view text) {
    return kobert().tokenize(text, SpecialText::literal);
}

inline Ids guarded_ids(std::string_view text) {
    return kobert().tokenize(text, SpecialText::guarded);
}

inline std::string repeated(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

}  // namespace nunchi::text
