#include "classifier/text/chat_emoticons.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "classifier/text/chat_letters.hpp"

namespace nunchi::text::chat {
namespace {

// The characters that any emoticon begins with; all others are copied without a closer look.
constexpr std::u32string_view kFirstOnes = U"^~ㅠㅜ;ㅡ-=ㅍㄱㆆ¬ಠ•ㅇ0@°ㅎ>≧´`◕ㄷㅂㅈㅅㅁㅋㅛ:<";

bool may_begin(char32_t c) {
    return c != 0 && kFirstOnes.find(c) != std::u32string_view::npos;
}

// True for n or more repetitions of `unit` and perhaps a part of another: hahaha, hahah.
bool repeats(std::u32string_view word, std::u32string_view unit, std::size_t n) {
    if (word.size() < unit.size() * n) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (ascii_lower(word[i]) != unit[i % unit.size()]) return false;
    }
    return true;
}

bool equals_lowered(std::u32string_view word, std::u32string_view wanted) {
    return word.size() == wanted.size() && repeats(word, wanted, 1);
}

class EmoticonPass {
public:
    explicit EmoticonPass(std::u32string_view text) : text_(text) { out_.reserve(text.size() + 8); }

    std::u32string run() {
        while (at_ < text_.size()) {
            const char32_t c = text_[at_];
            if (is_ascii_letter(c)) {
                read_letters();
            } else if (!may_begin(c) || !read_emoticon()) {
                out_.push_back(c);
                ++at_;
            }
        }
        return std::move(out_);
    }

private:
    bool read_emoticon() {
        Emoticon found = read_upright_face(text_, at_);
        if (found.length == 0) found = read_sideways_face(text_, at_);
        if (found.length == 0) found = read_run(text_, at_);
        if (found.length == 0) return false;
        take(found);
        return true;
    }

    // A face or the whole word; a word is never looked at from its middle.
    void read_letters() {
        if (const Emoticon face = read_upright_face(text_, at_); face.length > 0) return take(face);
        const std::size_t end = run_end(text_, at_, is_ascii_word);
        const std::u32string_view word = text_.substr(at_, end - at_);
        const auto feeling = is_ascii_word(before_or_0(text_, at_)) ? std::nullopt : feeling_of_word(word);
        if (feeling) return take({end - at_, *feeling});
        out_ += word;
        at_ = end;
    }

    void take(Emoticon found) {
        at_ += found.length;
        Concept meaning = found.meaning;
        const bool has_vein =
            meaning == Concept::stare && at_or_0(text_, at_) == U'^' && at_or_0(text_, at_ + 1) != U'^';
        if (has_vein) {
            meaning = Concept::angry;  // -_-^
            ++at_;
        }
        out_.push_back(stand_in(meaning));
        const std::size_t drops_end = run_end(text_, at_, [](char32_t c) { return c == U';'; });
        const bool sweats = drops_end > at_ && (meaning == Concept::smile || meaning == Concept::stare);
        if (sweats) {
            out_.push_back(stand_in(Concept::sweat));  // ^^; and -_-;
            at_ = drops_end;
        }
        drop_frame();
    }

    // The cheeks of (^^) and *^^* say nothing once the face is a token.
    void drop_frame() {
        std::size_t inner = out_.size();
        while (inner > 0 && is_stand_in(out_[inner - 1]) && out_.size() - inner < 2) --inner;
        const char32_t left = before_or_0(out_, inner);
        const char32_t right = at_or_0(text_, at_);
        const bool has_cheek = right == U'*' && at_or_0(out_, inner) == stand_in(Concept::smile);  // ^^*
        const bool has_frame = (left == U'(' && right == U')') || (left == U'*' && right == U'*');
        if (has_frame) out_.erase(inner - 1, 1);
        if (has_frame || has_cheek) ++at_;
    }

    std::u32string_view text_;
    std::u32string out_;
    std::size_t at_ = 0;
};

}  // namespace

std::u32string replace_emoticons(std::u32string_view text) {
    return EmoticonPass(text).run();
}

Emoticon read_run(std::u32string_view text, std::size_t at) {
    const char32_t c = text[at];
    const std::size_t length = run_end(text, at, [c](char32_t other) { return other == c; }) - at;
    if (c == U'>' && at_or_0(text, at + 1) == U'<' && at_or_0(text, at + 2) != U'>')
        return {2, Concept::smile};
    if (c == U'ㄱ' && at_or_0(text, at + 1) == U'-') return {2, Concept::stare};
    if (length < 2) return {};
    if (c == U'^') return {length, Concept::smile};
    if (c == U'ㅡ') return {length, Concept::stare};
    if (c == U';') return {length, Concept::sweat};
    if (c == U'-' && at_or_0(text, at + length) == U';') return {length, Concept::stare};  // --;
    return {};
}

std::optional<Concept> feeling_of_word(std::u32string_view word) {
    constexpr std::array<std::pair<std::u32string_view, Concept>, 9> kWords{{{U"lol", Concept::laugh},
                                                                             {U"lmao", Concept::laugh},
                                                                             {U"lmfao", Concept::laugh},
                                                                             {U"rofl", Concept::laugh},
                                                                             {U"xd", Concept::laugh},
                                                                             {U"omg", Concept::shock},
                                                                             {U"otl", Concept::sad},
                                                                             {U"otz", Concept::sad},
                                                                             {U"orz", Concept::sad}}};
    const auto found =
        std::ranges::find_if(kWords, [word](const auto& w) { return equals_lowered(word, w.first); });
    if (found != kWords.end()) return found->second;
    if (repeats(word, U"ha", 2) || repeats(word, U"he", 2) || repeats(word, U"k", 3)) return Concept::laugh;
    const bool is_tears = word.size() >= 2 && std::ranges::all_of(word, [](char32_t c) { return c == U'T'; });
    return is_tears ? std::optional(Concept::cry) : std::nullopt;
}

}  // namespace nunchi::text::chat
