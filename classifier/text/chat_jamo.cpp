#include "classifier/text/chat_jamo.hpp"

#include <algorithm>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {
namespace {

bool is_tear_or_cry(char32_t c) {
    return is_tear(c) || c == stand_in(Concept::cry);
}

// 후 of ㅎㅜ and 쿠 of ㅋㅜ: what the keyboard makes of laughter followed by tears. 0 for other syllables.
char32_t laughter_within(char32_t syllable) {
    if (syllable == U'쿠' || syllable == U'큐') return U'ㅋ';
    if (syllable == U'후' || syllable == U'휴') return U'ㅎ';
    return 0;
}

class JamoPass {
public:
    explicit JamoPass(std::u32string_view text) : text_(text) { out_.reserve(text.size() + 16); }

    std::u32string run() {
        while (at_ < text_.size()) {
            const char32_t c = text_[at_];
            if (is_syllable(c)) {
                read_syllable(c);
            } else if (is_consonant(c)) {
                read_consonant_run();
            } else if (is_vowel(c)) {
                read_vowel(c);
            } else {
                put(c);
                ++at_;
            }
        }
        return std::move(out_);
    }

private:
    char32_t next() const { return at_or_0(text_, at_ + 1); }
    char32_t last() const { return out_.empty() ? 0 : out_.back(); }
    void put(char32_t c) { out_.push_back(c); }

    void read_syllable(char32_t c) {
        if (hides_laughter_and_tears(c)) {
            put(laughter_within(c));
            put(stand_in(Concept::cry));
            ++at_;
        } else if (hides_laughter(c)) {
            put(without_final(c));
            put(final_of(c));
            ++at_;
        } else {
            put(c);
            ++at_;
            skip_stretched(c);
        }
    }

    // ㅋ쿠ㅜㅜ, ㅋㅋ큐 and 쿠ㅜㅜ at the start of a word, but neither 쿠키 nor 땡큐ㅠㅠ nor the sigh 휴ㅠㅠ.
    bool hides_laughter_and_tears(char32_t c) const {
        const char32_t laughter = laughter_within(c);
        if (laughter == 0) return false;
        if (last() == laughter) return !is_syllable(next());
        return laughter == U'ㅋ' && is_tear_or_cry(next()) && !is_syllable(last());
    }

    // 앜ㅋㅋ, 욬ㅋㅋ, 넿ㅎㅎ: the laughter began inside of the syllable. 부엌 and 새벽녘 are words.
    bool hides_laughter(char32_t c) const {
        const char32_t final = final_of(c);
        if (final != next()) return false;
        if (final == U'ㅋ') {
            const bool is_word = c == U'녘' || (c == U'엌' && last() == U'부');
            return !is_word;
        }
        return std::u32string_view(U"앟엏옿욯넿핳헿홓힣잏").find(c) != std::u32string_view::npos;
    }

    // 아ㅏㅏ and 헐ㄹㄹ: a letter drawn out says no more than the syllable. ㅠ and ㅜ are tears, ㄷㄷ is
    // trembling.
    void skip_stretched(char32_t c) {
        const char32_t drawn = final_of(c) == 0 ? vowel_of(c) : final_of(c);
        if (is_tear(drawn) || drawn == U'ㅋ' || drawn == U'ㅎ' || drawn == U'ㄷ') return;
        const std::size_t end = run_end(text_, at_, [drawn](char32_t other) { return other == drawn; });
        const char32_t after = at_or_0(text_, end);
        const bool is_part_of_more = is_consonant(drawn) ? is_consonant(after) || is_vowel(after) : false;
        if (!is_part_of_more) at_ = end;
    }

    void read_consonant_run() {
        std::size_t end = run_end(text_, at_, is_consonant);
        if (begins_syllable(end - 1)) --end;
        if (end > at_) {
            out_ += read_consonants(text_.substr(at_, end - at_), is_syllable(last()),
                                    is_syllable(at_or_0(text_, end)));
            at_ = end;
        } else {
            put(syllable_of(text_[at_], next()));
            at_ += 2;
        }
    }

    // ㅎㅏㅈㅣ is 하지 cut up. ㅋㅋㅗ is not: a repeated consonant is a run of its own; and tears are tears.
    bool begins_syllable(std::size_t consonant_at) const {
        const char32_t consonant = text_[consonant_at];
        const char32_t vowel = at_or_0(text_, consonant_at + 1);
        if (!is_vowel(vowel) || before_or_0(text_, consonant_at) == consonant) return false;
        if (!is_tear(vowel)) return true;
        const bool is_laughter = consonant == U'ㅋ' || consonant == U'ㅎ';
        return !is_laughter && is_consonant(at_or_0(text_, consonant_at + 2));
    }

    void read_vowel(char32_t c) {
        const std::u32string_view rest = text_.substr(at_);
        if (rest.starts_with(U"ㅗㅜㅑ") || rest.starts_with(U"ㅓㅜㅑ")) {
            out_ += c == U'ㅗ' ? U"오우야" : U"어우야";
            at_ += 3;
        } else if (is_tear(c) || (c == U'ㅡ' && is_tear_or_cry(next()))) {
            put(stand_in(Concept::cry));  // ㅠㅠ, and with one eye shut ㅡㅜ and ㅜㅡ.
            at_ = run_end(text_, at_, [](char32_t other) { return is_tear(other) || other == U'ㅡ'; });
        } else if (is_middle_finger()) {
            put(stand_in(Concept::angry));
            at_ = run_end(text_, at_, [](char32_t other) { return other == U'ㅗ'; });
        } else {
            if (is_consonant(last())) put(U' ');
            put(c);
            ++at_;
        }
    }

    // ㅗ is a raised finger, as ㅗㅗ anywhere, alone only where it touches no other letter.
    bool is_middle_finger() const {
        if (text_[at_] != U'ㅗ') return false;
        const std::size_t end = run_end(text_, at_, [](char32_t other) { return other == U'ㅗ'; });
        const char32_t after = at_or_0(text_, end);
        if (is_vowel(after)) return false;
        return end - at_ > 1 || (!is_syllable(last()) && !is_syllable(after) && !is_consonant(after));
    }

    std::u32string_view text_;
    std::u32string out_;
    std::size_t at_ = 0;
};

}  // namespace

std::u32string replace_jamo(std::u32string_view text) {
    return JamoPass(text).run();
}

}  // namespace nunchi::text::chat
