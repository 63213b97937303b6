#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "adapters/web/protocol.hpp"

namespace nunchi::web {
namespace {

using nlohmann::json;

constexpr std::size_t kConversationDigits = 32;

/// The string in `name`; nothing when there is none.
const std::string* text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

bool is_id(const std::string& id) {
    const auto may_stand = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    };
    return !id.empty() && id.size() <= kMaxId && std::all_of(id.begin(), id.end(), may_stand);
}

bool is_conversation(const std::string& id) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return id.size() == kConversationDigits && std::all_of(id.begin(), id.end(), is_digit);
}

std::optional<chat::Locale> locale_of(const json& object) {
    const std::string* name = text_of(object, "locale");
    if (name == nullptr) return std::nullopt;
    if (*name == "ko") return chat::Locale::korean;
    if (*name == "en") return chat::Locale::english;
    return std::nullopt;
}

result<FromPage> parse_hello(const json& object) {
    const auto version = object.find("v");
    if (version == object.end() || !version->is_number_integer()) return errc::malformed;
    if (*version != kProtocolVersion) return errc::wrong_version;
    const std::string* conversation = text_of(object, "conversation");
    const auto locale = locale_of(object);
    if (conversation == nullptr || !is_conversation(*conversation) || !locale) return errc::malformed;
    return FromPage(Hello{*conversation, *locale});
}

/// PageMessage and PageQuestion.
template <typename WithText>
result<FromPage> parse_with_text(const json& object) {
    const std::string* id = text_of(object, "id");
    const std::string* text = text_of(object, "text");
    if (id == nullptr || text == nullptr || !is_id(*id) || text->empty()) return errc::malformed;
    return FromPage(WithText{*id, *text});
}

result<FromPage> parse_received(const json& object) {
    const std::string* id = text_of(object, "id");
    if (id == nullptr || !is_id(*id)) return errc::malformed;
    return FromPage(Received{*id});
}

result<FromPage> parse_locale(const json& object) {
    const auto locale = locale_of(object);
    if (!locale) return errc::malformed;
    return FromPage(LocaleChange{*locale});
}

}  // namespace

result<FromPage> parse_from_page(std::string_view frame) {
    if (frame.size() > kMaxFrame) return errc::too_large;
    constexpr bool kThrows = false;
    const json object = json::parse(frame, nullptr, kThrows);
    if (!object.is_object()) return errc::malformed;
    const std::string* type = text_of(object, "type");
    if (type == nullptr) return errc::malformed;
    if (*type == "hello") return parse_hello(object);
    if (*type == "message") return parse_with_text<PageMessage>(object);
    if (*type == "explain") return parse_with_text<PageQuestion>(object);
    if (*type == "received") return parse_received(object);
    if (*type == "locale") return parse_locale(object);
    return errc::malformed;
}

std::size_t count_code_points(std::string_view text) {
    const auto starts_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_one));
}

}  // namespace nunchi::web
