#include "classifier/text/chat_markup.hpp"

#include <algorithm>
#include <array>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {
namespace {

constexpr auto kNotFound = std::u32string_view::npos;

struct Entity {
    std::u32string_view name;
    char32_t character;
};
constexpr std::array<Entity, 6> kEntities{{{U"&amp;", U'&'},
                                           {U"&lt;", U'<'},
                                           {U"&gt;", U'>'},
                                           {U"&quot;", U'"'},
                                           {U"&#39;", U'\''},
                                           {U"&nbsp;", U' '}}};

const Entity* entity_at(std::u32string_view text) {
    const auto found =
        std::ranges::find_if(kEntities, [text](const Entity& e) { return text.starts_with(e.name); });
    return found == kEntities.end() ? nullptr : &*found;
}

// Drops one pass of quoted lines and code, hands the rest to the readers. Every failed search for a closing
// mark is remembered, so that a text of opening marks stays linear.
class MarkupPass {
public:
    explicit MarkupPass(std::u32string_view text) : text_(text) { out_.reserve(text.size() + 8); }

    std::u32string run() {
        while (at_ < text_.size()) {
            const bool at_line_start = at_ == 0 || text_[at_ - 1] == U'\n';
            if (at_line_start && skip_quote()) continue;
            const std::size_t length = read_one();
            if (length == 0) out_.push_back(text_[at_]);
            at_ += std::max<std::size_t>(length, 1);
        }
        return std::move(out_);
    }

private:
    std::size_t read_one() {
        const char32_t c = text_[at_];
        switch (c) {
            case U'`': return read_code();
            case U'&': return read_entity();
            case U'<': return read_angle(text_, at_, out_);
            case U'@': return read_mention(text_, at_, out_);
            case U':': return read_shortcode(text_, at_, out_);
            default: return is_ascii_word(c) ? read_link_or_word(text_, at_, out_) : 0;
        }
    }

    // `> text` to the end of the line and `>>> text` to the end of the message; not the face of `>_<`, `> <`.
    bool skip_quote() {
        const std::u32string_view rest = text_.substr(at_);
        const std::size_t mark = rest.starts_with(U'>') ? 1 : rest.starts_with(U"&gt;") ? 4 : 0;
        if (mark == 0) return false;
        if (rest.starts_with(U">>> ") || rest.starts_with(U"&gt;&gt;&gt; ")) {
            at_ = text_.size();
            return true;
        }
        const std::size_t word = rest.find_first_not_of(U' ', mark);
        const char32_t first = at_or_0(rest, word);
        const bool is_face = first == U'<' || at_or_0(rest, mark + 1) == U'<' ||
                             rest.substr(std::min(word, rest.size())).starts_with(U"&lt;") ||
                             rest.substr(std::min(mark + 1, rest.size())).starts_with(U"&lt;");
        const bool is_text = word > mark || is_syllable(first) || is_ascii_letter(first);
        if (word == kNotFound || is_face || !is_text) return false;
        at_ = std::min(text_.find(U'\n', at_), text_.size());
        return true;
    }

    std::size_t read_code() {
        if (at_ >= no_fence_from_) return read_inline_code();
        if (!text_.substr(at_).starts_with(U"```")) return read_inline_code();
        const std::size_t end = text_.find(U"```", at_ + 3);
        if (end == kNotFound) {
            no_fence_from_ = at_;
            return 0;
        }
        out_.push_back(stand_in(Concept::code));
        return end + 3 - at_;
    }

    std::size_t read_inline_code() {
        const std::size_t end = text_.find_first_of(U"`\n", at_ + 1);
        const bool is_closed = end != kNotFound && text_[end] == U'`' && end > at_ + 1;
        if (!is_closed) return 0;
        const std::u32string_view body = text_.substr(at_ + 1, end - at_ - 1);
        if (std::ranges::any_of(body, is_syllable)) {
            out_ += body;  // Koreans stress a word this way too; code has no Hangul.
        } else {
            out_.push_back(stand_in(Concept::code));
        }
        return end + 1 - at_;
    }

    std::size_t read_entity() {
        const Entity* entity = entity_at(text_.substr(at_));
        if (entity == nullptr) return 0;
        out_.push_back(entity->character);
        return entity->name.size();
    }

    std::u32string_view text_;
    std::u32string out_;
    std::size_t at_ = 0;
    std::size_t no_fence_from_ = kNotFound;
};

}  // namespace

std::u32string replace_markup(std::u32string_view text) {
    return MarkupPass(text).run();
}

}  // namespace nunchi::text::chat
