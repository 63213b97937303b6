// How long the parts of a chat message are that nobody said in words: links, code, mentions, emoji names.
#pragma once

#include <cstddef>
#include <string_view>

namespace nunchi::pipeline {

/// Asked for one position after the other, from the front. The whole walk takes linear time: a search for a
/// closing mark that failed is not repeated.
class MarkupLength {
public:
    /// The text must outlive this.
    explicit MarkupLength(std::string_view text) : text_(text) {}

    /// How many bytes from `at` on are one such part; 0: none begins here. `before` is the code point in
    /// front, 0 after another part and at the beginning.
    std::size_t at(std::size_t at, char32_t before);

private:
    std::size_t code(std::size_t at);             // `…`, ```…```
    std::size_t angle(std::size_t at) const;      // <@id>, <#id|name>, <:name:id>, <https://…|label>
    std::size_t mention(std::size_t at) const;    // @name
    std::size_t shortcode(std::size_t at) const;  // :name:
    std::size_t link(std::size_t at) const;       // https://…, www.…
    std::size_t name_end(std::size_t at) const;   // of letters as names have them
    bool continues_link(std::size_t at, char32_t c) const;

    std::string_view text_;
    bool has_no_fence_ = false;  // no further ``` closes
    std::size_t line_end_ = 0;   // of the line that code() looked at last
};

}  // namespace nunchi::pipeline
