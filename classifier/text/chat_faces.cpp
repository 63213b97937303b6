#include <algorithm>
#include <array>

#include "classifier/text/chat_emoticons.hpp"
#include "classifier/text/chat_letters.hpp"

namespace nunchi::text::chat {
namespace {

constexpr std::size_t kWidestMouth = 8;

// Where an eye may stand beside a letter or a digit it is too often something else: 1-0-1, AT_TB.
enum class Neighbours { any, no_ascii_word };

struct Eyes {
    char32_t left;
    char32_t right;
    std::u32string_view mouths;
    Concept meaning;
    Neighbours neighbours;
};

constexpr std::u32string_view kMouths = U"_.,-~^oO03wvAuㅡㅁㅅㅇㅂㅗㅛㅈㅆ▽◡ω∀益Д□з";
constexpr std::u32string_view kFewMouths = U"_.";

// Several lines may have the same eyes: the first whose mouths hold the mouth wins.
constexpr auto kEyes = std::to_array<Eyes>({
    {U'^', U'^', kMouths, Concept::smile, Neighbours::any},
    {U'^', U'~', kFewMouths, Concept::smile, Neighbours::any},
    {U'~', U'^', kFewMouths, Concept::smile, Neighbours::any},
    {U'ㅠ', U'ㅠ', kMouths, Concept::cry, Neighbours::any},
    {U'ㅜ', U'ㅜ', kMouths, Concept::cry, Neighbours::any},
    {U'T', U'T', kMouths, Concept::cry, Neighbours::no_ascii_word},
    {U'Q', U'Q', kMouths, Concept::cry, Neighbours::no_ascii_word},
    {U';', U';', U"_-.ㅅㅁ", Concept::cry, Neighbours::any},
    {U'ㅡ', U'ㅡ', kMouths, Concept::stare, Neighbours::any},
    {U'-', U'-', U"_.,oO3wvㅡㅁㅅㅇㅂ", Concept::stare, Neighbours::no_ascii_word},
    {U'=', U'=', U"_.,oO3wvㅡㅁㅅㅇㅂ", Concept::stare, Neighbours::no_ascii_word},
    {U'ㅍ', U'ㅍ', U"_.-ㅅㅁㅡ", Concept::stare, Neighbours::any},
    {U'ㄱ', U'ㄱ', U"_.-ㅡ", Concept::stare, Neighbours::any},
    {U'ㆆ', U'ㆆ', kMouths, Concept::stare, Neighbours::any},
    {U'¬', U'¬', kMouths, Concept::stare, Neighbours::any},
    {U'ಠ', U'ಠ', kMouths, Concept::stare, Neighbours::any},
    {U'•', U'•', kMouths, Concept::stare, Neighbours::any},
    {U'ㅇ', U'ㅇ', U"ㅅㅂㅈㅗvw3", Concept::smile, Neighbours::any},
    {U'ㅇ', U'ㅇ', U"_.-,oO0ㅁㅡ", Concept::shock, Neighbours::any},
    {U'o', U'o', kFewMouths, Concept::shock, Neighbours::no_ascii_word},
    {U'O', U'O', kFewMouths, Concept::shock, Neighbours::no_ascii_word},
    {U'o', U'O', kFewMouths, Concept::shock, Neighbours::no_ascii_word},
    {U'O', U'o', kFewMouths, Concept::shock, Neighbours::no_ascii_word},
    {U'0', U'0', U"_ㅁㅡㅅ", Concept::shock, Neighbours::no_ascii_word},
    {U'@', U'@', U"_.oOㅁㅅ", Concept::shock, Neighbours::any},
    {U'°', U'°', kMouths, Concept::shock, Neighbours::any},
    {U'ㅎ', U'ㅎ', U"_.-ㅅㅂㅁㅗ", Concept::smile, Neighbours::any},
    {U'>', U'<', kMouths, Concept::smile, Neighbours::any},
    {U'≧', U'≦', kMouths, Concept::smile, Neighbours::any},
    {U'´', U'`', kMouths, Concept::smile, Neighbours::any},
    {U'`', U'´', kMouths, Concept::angry, Neighbours::any},
    {U'`', U'`', U"ㅅㅁㅡ", Concept::angry, Neighbours::any},
    {U'◕', U'◕', kMouths, Concept::smile, Neighbours::any},
    {U'n', U'n', U"_", Concept::smile, Neighbours::no_ascii_word},
    {U'u', U'u', U"_", Concept::sad, Neighbours::no_ascii_word},
    {U'x', U'x', U"_", Concept::sad, Neighbours::no_ascii_word},
    {U'X', U'X', U"_", Concept::sad, Neighbours::no_ascii_word},
    {U'ㄷ', U'ㄷ', U"_.-", Concept::tremble, Neighbours::any},
    {U'ㅂ', U'ㅂ', U"_.", Concept::stare, Neighbours::any},
    {U'ㅈ', U'ㅈ', U"_.", Concept::stare, Neighbours::any},
    {U'ㅅ', U'ㅅ', U"_.", Concept::stare, Neighbours::any},
    {U'ㅁ', U'ㅁ', U"_.", Concept::stare, Neighbours::any},
    {U'ㅋ', U'ㅋ', U"_", Concept::smile, Neighbours::any},
    {U'ㅛ', U'ㅛ', U"_.ㅅㅁ", Concept::angry, Neighbours::any},
});

bool has_free_neighbours(std::u32string_view text, std::size_t at, std::size_t end) {
    return !is_ascii_word(before_or_0(text, at)) && !is_ascii_word(at_or_0(text, end));
}

// The end of the mouth: one kind of character, or the comma and dot of ㅡ,.ㅡ.
std::size_t mouth_end(std::u32string_view text, std::size_t at) {
    const char32_t mouth = at_or_0(text, at);
    if (mouth == U',' && at_or_0(text, at + 1) == U'.') return at + 2;
    return run_end(text.substr(0, at + kWidestMouth), at, [mouth](char32_t c) { return c == mouth; });
}

}  // namespace

Emoticon read_upright_face(std::u32string_view text, std::size_t at) {
    const char32_t left = text[at];
    const char32_t mouth = at_or_0(text, at + 1);
    if (left == mouth || mouth == 0) return {};
    if (kMouths.find(mouth) == std::u32string_view::npos) return {};
    const std::size_t right_at = mouth_end(text, at + 1);
    const char32_t right = at_or_0(text, right_at);
    for (const Eyes& eyes : kEyes) {
        const bool is_face =
            eyes.left == left && eyes.right == right && eyes.mouths.find(mouth) != std::u32string_view::npos;
        const bool has_room =
            eyes.neighbours == Neighbours::any || has_free_neighbours(text, at, right_at + 1);
        if (is_face && has_room) return {right_at + 1 - at, eyes.meaning};
    }
    return {};
}

}  // namespace nunchi::text::chat
