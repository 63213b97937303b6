#include <algorithm>
#include <array>
#include <optional>

#include "classifier/text/chat_jamo.hpp"
#include "classifier/text/chat_letters.hpp"
#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {
namespace {

// What may follow a word directly: 감사 + 합니다, but 시발 | 놈.
enum class Ending { word, stem };

struct Initials {
    std::u32string_view letters;
    std::u32string_view word;
    Ending ending;
};

// The longer first where two begin alike.
constexpr auto kInitialWords = std::to_array<Initials>({
    {U"ㄱㅇㄷ", U"개이득", Ending::stem},
    {U"ㄱㅅ", U"감사", Ending::stem},
    {U"ㄱㅊ", U"괜찮", Ending::stem},
    {U"ㄱㄷ", U"기다려", Ending::word},
    {U"ㄲㅂ", U"아깝다", Ending::word},
    {U"ㄲㅈ", U"꺼져", Ending::word},
    {U"ㄴㅇㅅ", U"나이스", Ending::word},
    {U"ㄴㄱ", U"누구", Ending::stem},
    {U"ㄴㅁ", U"너무", Ending::word},
    {U"ㄷㅊ", U"닥쳐", Ending::word},
    {U"ㄹㅇ", U"레알", Ending::word},
    {U"ㅁㄹ", U"몰라", Ending::word},
    {U"ㅁㅊ", U"미친", Ending::word},
    {U"ㅂㄷㅂㄷ", U"부들부들", Ending::word},
    {U"ㅂㄷ", U"부들부들", Ending::word},
    {U"ㅂㅅ", U"병신", Ending::stem},
    {U"ㅂㅇ", U"바이", Ending::word},
    {U"ㅅㄱ", U"수고", Ending::stem},
    {U"ㅅㅂ", U"시발", Ending::word},
    {U"ㅅㄹ", U"싫어", Ending::word},
    {U"ㅅㄲ", U"새끼", Ending::stem},
    {U"ㅆㅂ", U"씨발", Ending::word},
    {U"ㅇㄱㄹㅇ", U"이거 레알", Ending::word},
    {U"ㅇㄷ", U"어디", Ending::stem},
    {U"ㅇㅈ", U"인정", Ending::stem},
    {U"ㅇㅋ", U"오케이", Ending::word},
    {U"ㅇㅎ", U"아하", Ending::word},
    {U"ㅈㄴ", U"존나", Ending::word},
    {U"ㅈㄹ", U"지랄", Ending::stem},
    {U"ㅈㅅ", U"죄송", Ending::stem},
    {U"ㅊㅋ", U"축하", Ending::stem},
    {U"ㅋㄷ", U"키득", Ending::word},
    {U"ㅎㅇㅌ", U"화이팅", Ending::word},
    {U"ㅎㅇ", U"하이", Ending::word},
    {U"ㅎㄹ", U"헐", Ending::word},
});

// A letter twice or more.
constexpr auto kDoubled = std::to_array<Initials>({
    {U"ㄴ", U"노노", Ending::word},
    {U"ㅇ", U"응", Ending::word},
    {U"ㄱ", U"고고", Ending::word},
    {U"ㅂ", U"바이", Ending::word},
    {U"ㅊ", U"추천", Ending::stem},
});

constexpr std::size_t kLongestLaughter = 6;

bool is_laughter(char32_t c) {
    return c == U'ㅋ' || c == U'ㅎ';
}
bool is_laughter_or_slip(char32_t c) {
    return is_laughter(c) || c == U'ㄲ' || c == U'ㅌ';
}

// Reads one run, piece by piece from its beginning; a piece that no rule knows makes the whole run unknown.
class ConsonantRun {
public:
    ConsonantRun(std::u32string_view run, bool after_syllable, bool before_syllable)
        : run_(run), before_syllable_(before_syllable), is_glued_(after_syllable) {
        touches_syllable_ = after_syllable || before_syllable;
    }

    std::u32string read() {
        while (at_ < run_.size()) {
            if (!read_laughter(2) && !read_trembling() && !read_doubled() && !read_word() &&
                !read_laughter(1)) {
                return std::u32string(run_);
            }
        }
        return std::move(out_);
    }

private:
    // ㅋㅋㅋ, ㅎㅎ, and the slips of ㅋㄲㅋ and ㅋㅌㅋ.
    bool read_laughter(std::ptrdiff_t least) {
        const std::size_t end = run_end(run_, at_, is_laughter_or_slip);
        const std::u32string_view zone = run_.substr(at_, end - at_);
        if (std::ranges::count_if(zone, is_laughter) < least) return false;
        if (least == 1 && zone.size() > 1) return false;
        std::u32string laughter;
        for (const char32_t c : zone) {
            const char32_t letter = c == U'ㅎ' ? c : U'ㅋ';
            if (!laughter.ends_with(std::u32string(3, letter))) laughter.push_back(letter);
        }
        out_ += laughter.substr(0, kLongestLaughter);
        at_ = end;
        return true;
    }

    // ㄷㄷ, ㅎㄷㄷ and ㅉㅉ.
    bool read_trembling() {
        const std::size_t from = run_[at_] == U'ㅎ' ? at_ + 1 : at_;
        const std::size_t end = run_end(run_, from, [](char32_t c) { return c == U'ㄷ'; });
        if (end - from >= 2) return put_concept(Concept::tremble, end);
        const std::size_t tut_end = run_end(run_, at_, [](char32_t c) { return c == U'ㅉ'; });
        return tut_end > at_ && put_concept(Concept::tut, tut_end);
    }

    bool read_doubled() {
        const char32_t letter = run_[at_];
        const std::size_t end = run_end(run_, at_, [letter](char32_t c) { return c == letter; });
        const auto found =
            std::ranges::find_if(kDoubled, [letter](const Initials& i) { return i.letters[0] == letter; });
        if (end - at_ < 2 || found == kDoubled.end()) return false;
        // 김ㅇㅇ and ㅇㅇ동 hide a name.
        if (letter == U'ㅇ' && touches_syllable_ && end - at_ == run_.size()) return false;
        put_word(*found, end);
        return true;
    }

    bool read_word() {
        const std::u32string_view rest = run_.substr(at_);
        const auto found = std::ranges::find_if(
            kInitialWords, [rest](const Initials& i) { return rest.starts_with(i.letters); });
        if (found == kInitialWords.end()) return false;
        put_word(*found, at_ + found->letters.size());
        return true;
    }

    bool put_concept(Concept meaning, std::size_t end) {
        out_.push_back(stand_in(meaning));
        at_ = end;
        return true;
    }

    void put_word(const Initials& initials, std::size_t end) {
        if (is_glued_ || !out_.empty()) out_.push_back(U' ');
        out_ += initials.word;
        at_ = end;
        const bool keeps_ending = initials.ending == Ending::stem && at_ == run_.size() && before_syllable_;
        if (!keeps_ending) out_.push_back(U' ');
    }

    std::u32string_view run_;
    std::u32string out_;
    std::size_t at_ = 0;
    bool before_syllable_;
    bool is_glued_;
    bool touches_syllable_;
};

}  // namespace

std::u32string read_consonants(std::u32string_view run, bool after_syllable, bool before_syllable) {
    return ConsonantRun(run, after_syllable, before_syllable).read();
}

}  // namespace nunchi::text::chat
