// uses: nunchi_text
// Any bytes as a SentencePiece model; what parses must also be safe to look characters up in.
#include <cstddef>
#include <cstdint>
#include <span>

#include "classifier/text/spiece_proto.hpp"
#include "classifier/text/spiece_proto_charsmap.hpp"
#include "classifier/text/tokenizer_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto model = nunchi::text::parse_spiece(std::as_bytes(std::span(data, size)));
    if (!model) return 0;
    const nunchi::text::Charsmap charsmap(model->precompiled_charsmap);
    for (const auto& piece : model->pieces) static_cast<void>(charsmap.longest_match(piece.text, 0));
    static_cast<void>(nunchi::text::tokenizer_files(*model, {}, 64));
    return 0;
}
