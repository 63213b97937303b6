// The XML of a workbook's parts.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "classifier/api/error.hpp"

namespace nunchi::data {

/// pugixml knows no entities but XML's own five, so none can expand. The document does not refer to `xml`.
/// errc::bad_format names the part and the offset.
api::outcome<pugi::xml_document> parse_xml(const std::string& part, std::string_view xml);

/// A name without its prefix: writers choose prefixes freely.
std::string_view local_name(std::string_view name);

/// The first child with this local name; null when there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view local);

/// The value of the attribute with this local name; empty when there is none.
std::string_view attribute(pugi::xml_node node, std::string_view local);

/// The text right below a node, comments and markup between its pieces left out.
std::string text_of(pugi::xml_node node);

/// The text of a string item (ECMA-376 part 1, 18.4.8): its own or its runs', joined and decoded. Phonetic
/// hints are not part of the text.
std::string string_item(pugi::xml_node item);

/// _xHHHH_ stands for a UTF-16 code unit (18.4, ST_Xstring), so that _x000D_ is a carriage return and _x005F_
/// an underscore. Surrogates and lone halves are left as they stand.
std::string decode_escapes(std::string_view text);

}  // namespace nunchi::data
