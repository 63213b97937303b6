#include "classifier/text/normaliser.hpp"

#include "classifier/text/chat_emoticons.hpp"
#include "classifier/text/chat_jamo.hpp"
#include "classifier/text/chat_letters.hpp"
#include "classifier/text/chat_markup.hpp"
#include "classifier/text/chat_repeats.hpp"
#include "classifier/text/chat_slang.hpp"
#include "classifier/text/normaliser_unicode.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

// Writes words with single spaces between them and none at the ends.
class SpacedWriter {
public:
    explicit SpacedWriter(std::size_t size_hint) { out_.reserve(size_hint); }

    void space() { space_due_ = !out_.empty(); }

    void put(char32_t c) {
        flush();
        append_utf8(out_, c);
    }

    void put_apart(std::string_view word) {
        space();
        if (word.empty()) return;
        flush();
        out_ += word;
        space();
    }

    std::string take() { return std::move(out_); }

private:
    void flush() {
        if (space_due_) out_.push_back(' ');
        space_due_ = false;
    }

    std::string out_;
    bool space_due_ = false;
};

}  // namespace

Normaliser::Normaliser(const std::set<std::string>& declared_tokens) {
    for (std::size_t i = 0; i < kConceptCount; ++i) {
        const ConceptToken& token = concept_tokens()[i];
        const bool is_declared = declared_tokens.contains(std::string(token.token));
        written_[i] = is_declared ? token.token : token.fallback;
    }
}

std::string Normaliser::operator()(std::string_view utf8) const {
    std::u32string text = decode_utf8(utf8, kMaxCodePoints);
    text = chat::fold(chat::compose(text));
    text = chat::replace_markup(text);
    text = chat::replace_emoticons(text);
    text = chat::replace_jamo(text);
    text = chat::replace_slang(text);
    text = chat::cap_repeats(text);
    return render(text);
}

std::string Normaliser::render(std::u32string_view text) const {
    SpacedWriter out(text.size() * 3);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char32_t c = text[at];
        // A user's "<cry>" must not become the token: no '<' directly before a letter leaves this function.
        const bool is_forgery = c == U'<' && at + 1 < text.size() && chat::is_ascii_letter(text[at + 1]);
        if (is_stand_in(c)) {
            out.put_apart(written_[c - kFirstStandIn]);
        } else if (c == U' ' || is_forgery) {
            out.space();
        } else {
            out.put(c);
        }
    }
    return out.take();
}

}  // namespace nunchi::text
