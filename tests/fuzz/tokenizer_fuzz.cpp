// uses: nunchi_text
// Any bytes as chat text; guarded mode must never yield the ids 1 to 4.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "classifier/text/kobert_tokenizer.hpp"

namespace text = nunchi::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kobert =
        text::KobertTokenizer::load(
            std::filesystem::path(__FILE__).parent_path().parent_path() / "data/kobert/spiece.model",
            {{"<cry>", 8002}})
            .value();
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(kobert.tokenize(bytes, text::SpecialText::literal));
    for (const auto id : kobert.tokenize(bytes, text::SpecialText::guarded)) {
        if (id >= text::kPadId && id <= text::kMaskId) std::abort();
    }
    return 0;
}
