// Faces made of letters and punctuation, and the few English words that are written like them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {

/// Replaces ^^, -_-, :), ;;, T_T, <3, lol and the like by their concepts. Runs before replace_jamo, since
/// some faces have jamo for eyes.
std::u32string replace_emoticons(std::u32string_view text);

/// What was recognised at a place: how many code points, and what it means.
struct Emoticon {
    std::size_t length = 0;  // 0: none.
    Concept meaning = Concept::emoji;
};

/// Two equal eyes around a mouth: ^_^, ㅠ.ㅠ, -___-, ㅇㅁㅇ, >ㅅ<.
Emoticon read_upright_face(std::u32string_view text, std::size_t at);

/// Eyes, perhaps a nose, a mouth: :), ;-D, :'(, >:(, and the hearts <3 and </3.
Emoticon read_sideways_face(std::u32string_view text, std::size_t at);

/// ^^, ㅡㅡ, ;;, TT, ><.
Emoticon read_run(std::u32string_view text, std::size_t at);

/// lol, hahaha, OTL, XD, kkk: the meaning of a whole ASCII word.
std::optional<Concept> feeling_of_word(std::u32string_view word);

}  // namespace nunchi::text::chat
