#include "trainer/data/xlsx_xml.hpp"

#include <charconv>
#include <optional>

namespace nunchi::data {
namespace {

constexpr std::size_t kEscapeLength = 7;  // _xHHHH_

/// The code unit of an escape at the start of the text.
std::optional<unsigned> escape_at_start(std::string_view text) {
    if (text.size() < kEscapeLength || !text.starts_with("_x") || text[kEscapeLength - 1] != '_')
        return std::nullopt;
    unsigned unit = 0;
    const char* const last = text.data() + kEscapeLength - 1;
    const auto [end, error] = std::from_chars(text.data() + 2, last, unit, 16);
    if (error != std::errc() || end != last) return std::nullopt;
    const bool is_surrogate = unit >= 0xD800 && unit <= 0xDFFF;
    return is_surrogate ? std::nullopt : std::optional(unit);
}

/// Of a code point below 0x10000.
void append_utf8(std::string& text, unsigned point) {
    if (point < 0x80) {
        text += static_cast<char>(point);
        return;
    }
    if (point < 0x800) {
        text += static_cast<char>(0xC0 | point >> 6);
    } else {
        text += static_cast<char>(0xE0 | point >> 12);
        text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    }
    text += static_cast<char>(0x80 | (point & 0x3F));
}

}  // namespace

api::outcome<pugi::xml_document> parse_xml(const std::string& part, std::string_view xml) {
    pugi::xml_document document;
    // White space between tags is kept: a run may consist of one space.
    constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata;
    const auto parsed = document.load_buffer(xml.data(), xml.size(), kOptions);
    if (!parsed) {
        return api::failure(api::errc::bad_format,
                            part + " is no valid XML at byte " + std::to_string(parsed.offset) + " (" +
                                parsed.description() + "); open and save the workbook again");
    }
    return document;
}

std::string_view local_name(std::string_view name) {
    return name.substr(name.find(':') + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view local) {
    for (const pugi::xml_node node : parent.children()) {
        if (local_name(node.name()) == local) return node;
    }
    return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view local) {
    for (const pugi::xml_attribute found : node.attributes()) {
        if (local_name(found.name()) == local) return found.value();
    }
    return {};
}

std::string text_of(pugi::xml_node node) {
    std::string text;
    for (const pugi::xml_node piece : node.children()) {
        if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) text += piece.value();
    }
    return text;
}

std::string string_item(pugi::xml_node item) {
    std::string text;
    for (const pugi::xml_node node : item.children()) {
        const std::string_view name = local_name(node.name());
        if (name == "t") text += decode_escapes(text_of(node));
        if (name == "r") text += decode_escapes(text_of(child(node, "t")));
    }
    return text;
}

std::string decode_escapes(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        const auto unit = escape_at_start(text);
        if (unit) {
            append_utf8(decoded, *unit);
        } else {
            decoded += text.front();
        }
        text.remove_prefix(unit ? kEscapeLength : 1);
    }
    return decoded;
}

}  // namespace nunchi::data
