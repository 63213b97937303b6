#include "adapters/web/phrases.hpp"

namespace nunchi::web {
namespace {

/// "2,000"
std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
    return digits;
}

}  // namespace

std::string too_fast_text(chat::Locale locale) {
    if (locale == chat::Locale::english) return "That is a little too fast for me. One moment, please.";
    return "메시지가 조금 빨라요. 잠시만 기다려 주세요.";
}

std::string too_long_text(chat::Locale locale, std::size_t max_text) {
    const std::string most = with_commas(max_text);
    if (locale == chat::Locale::english) return "I can read " + most + " characters at a time at most.";
    return "한 번에 " + most + "자까지 읽을 수 있어요.";
}

std::string_view malformed_text() {
    return "페이지와 서버가 서로 알아듣지 못했어요. 새로고침해 주세요. "
           "The page and the server did not understand each other. Please reload the page.";
}

std::string_view wrong_version_text() {
    return "눈치가 새 버전이 되었어요. 새로고침해 주세요. "
           "Nunchi has been updated. Please reload the page.";
}

std::string_view foreign_host_text() {
    return "이 주소로는 열 수 없습니다. 허용된 호스트 이름인지 설정을 확인해 주세요.\n"
           "Nunchi does not answer under this host name. Add it to the allowed hosts in the settings.\n";
}

std::string_view foreign_origin_text() {
    return "다른 사이트에서는 연결할 수 없습니다.\n"
           "The chat can be reached from its own page only.\n";
}

std::string_view not_ready_text() {
    return "아직 준비 중입니다. 잠시 뒤에 다시 연결해 주세요.\n"
           "Nunchi is starting or stopping. Try again in a moment.\n";
}

std::string_view full_text() {
    return "지금은 사람이 너무 많습니다. 잠시 뒤에 다시 연결해 주세요.\n"
           "Too many people are here right now. Try again in a moment.\n";
}

}  // namespace nunchi::web
