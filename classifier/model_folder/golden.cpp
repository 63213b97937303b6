#include "classifier/model_folder/golden.hpp"

namespace nunchi::model_folder {
namespace {

constexpr std::array<std::string_view, 6> kTexts{
    "오늘 점심 같이 먹을 사람?",
    "드디어 합격했어요!! 너무 기뻐요 ㅠㅠㅠ",
    "ㅋㅋㅋㅋㅋ 진짜 웃기다 😂",
    "뒤에서 누가 따라오는 것 같아서 무서워 ㄷㄷ",
    "@민수 약속을 또 어겼네, 정말 화난다",
    "회의록은 https://example.org/notes 에 올려 두었습니다.",
};

}  // namespace

std::span<const std::string_view> golden_texts() {
    return kTexts;
}

}  // namespace nunchi::model_folder
