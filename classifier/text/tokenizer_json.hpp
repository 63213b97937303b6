// The Hugging Face files that make AutoTokenizer and Text Embeddings Inference give our ids.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/text/kobert_tokenizer_literals.hpp"
#include "classifier/text/spiece_proto.hpp"

namespace nunchi::text {

struct TokenizerFiles {
    std::string tokenizer_json;         // content of tokenizer.json: format of huggingface/tokenizers 0.22
    std::string tokenizer_config_json;  // content of tokenizer_config.json
};

/// The two files of a KoBERT-like model: [UNK] 0 … [MASK] 4, frame [CLS] A [SEP] B [SEP], padding on the
/// right with id 1. They give the ids of KobertTokenizer with SpecialText::literal; the chat normaliser and
/// the guard cannot be expressed in them. `max_tokens` becomes model_max_length. Modelled on XLNetConverter
/// of transformers 4.57.6, which is wrong for Korean: its Precompiled step looks at graphemes of at most five
/// bytes, so it never composes the jamo that NFKD makes. Fails with errc::not_supported when the model is not
/// one that KobertTokenizer loads, switches the dummy prefix or a white space option off, holds control,
/// unused or byte pieces, or when the ids of added tokens behind the vocabulary have a gap.
api::outcome<TokenizerFiles> tokenizer_files(const SpieceModel& model, const std::vector<AddedToken>& added,
                                             std::size_t max_tokens);

}  // namespace nunchi::text
