#include <array>

#include "classifier/text/normaliser.hpp"

namespace nunchi::text {
namespace {

// Fallbacks and meanings are made of pieces that KoBERT's vocabulary has; a test encodes them all.
// Names of people, places and links carry no feeling, so plain KoBERT sees nothing in their place.
constexpr std::array<ConceptToken, kConceptCount> kTokens{{
    {"<cry>", "흑흑", "울음 눈물 슬퍼"},
    {"<laugh>", "하하", "웃음 하하 재미있다"},
    {"<heart>", "사랑", "사랑 하트"},
    {"<smile>", "미소", "미소 웃음 기쁨"},
    {"<sad>", "슬픔", "슬픔 우울 좌절"},
    {"<angry>", "분노", "분노 짜증 화"},
    {"<fear>", "공포", "공포 무서워 비명"},
    {"<shock>", "깜짝", "놀람 깜짝 충격"},
    {"<disgust>", "역겨움", "역겨움 혐오 더러워"},
    {"<tremble>", "덜덜", "덜덜 떨림 무서워"},
    {"<stare>", "어이없음", "어이없음 짜증 한심"},
    {"<tut>", "한심", "한심 실망 비난"},
    {"<sweat>", "당황", "당황 식은땀 난처"},
    {"<emoji>", "", "그림 표시"},
    {"<url>", "", "주소 링크"},
    {"<mention>", "", "이름 사람"},
    {"<channel>", "", "채널 방"},
    {"<code>", "", "코드 명령"},
}};

}  // namespace

std::span<const ConceptToken> concept_tokens() {
    return kTokens;
}

}  // namespace nunchi::text
