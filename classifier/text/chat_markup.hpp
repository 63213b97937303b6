// Replaces what the platforms write around words: quotes, code, mentions, links, emoji by name.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::text::chat {

/// Takes folded text; every kind of markup becomes its concept or goes.
std::u32string replace_markup(std::u32string_view text);

// The readers below look at `text[at]`. When their kind of markup begins there they append what replaces it
// to `out` and return how many code points it took; otherwise they return 0 and append nothing.

/// `<@id>` `<#id|name>` `<!here>` `<http://...|label>` `<:name:id>` `<t:0:R>` and their relatives.
std::size_t read_angle(std::u32string_view text, std::size_t at, std::u32string& out);

/// A URL, a bare domain, an e-mail address, or else the whole ASCII word, copied as it is.
std::size_t read_link_or_word(std::u32string_view text, std::size_t at, std::u32string& out);

/// `@name`.
std::size_t read_mention(std::u32string_view text, std::size_t at, std::u32string& out);

/// `:joy:` with its `::skin-tone-2:`, and unknown names that look like one.
std::size_t read_shortcode(std::u32string_view text, std::size_t at, std::u32string& out);

}  // namespace nunchi::text::chat
