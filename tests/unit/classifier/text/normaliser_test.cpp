#include "classifier/text/normaliser.hpp"

#include <gtest/gtest.h>
#include <sentencepiece_processor.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "classifier/text/chat_slang.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

using namespace std::string_literals;

std::set<std::string> all_tokens() {
    std::set<std::string> all;
    for (const ConceptToken& token : concept_tokens()) all.emplace(token.token);
    return all;
}

// Pieces of chat that the rules know, and what may break them; drawn at random they make hostile messages.
std::vector<std::string> hostile_pieces() {
    return {"ㅋ",        "ㅎ",
            "ㅠ",        "ㅜ",
            "ㅡ",        "ㄷ",
            "ㅇ",        "ㅅ",
            "ㅗ",        "ㅏ",
            "ㄳ",        "ㅄ",
            "쿠",        "큐",
            "앜",        "잼",
            "땜",        "쌤",
            "^",         "_",
            "-",         ";",
            ":",         "(",
            ")",         "<",
            ">",         "@",
            "#",         "`",
            "```",       "&",
            "&lt;",      "|",
            "!",         "~",
            "*",         ".",
            "cry",       "<cry>",
            "http://",   "www.",
            "a.com",     "joy",
            ":joy:",     "<@1>",
            "<:a:1>",    "T",
            "o",         "0",
            "3",         " ",
            "\n",        "\t",
            "\0"s,       "😭",
            "👍",         "🏽",
            "\u200D",    "\uFE0F",
            "\u20E3",    "🇰",
            "♡",         "\u0301",
            "\u1112",    "\u1161",
            "\u11AB",    "\uFFBB",
            "\uFFC2",    "\u202E",
            "\u3164",    "\xFF",
            "\xE3\x85",  "\xED\xA0\x80",
            "\U000E0067"};
}

std::string drawn(std::mt19937& random, std::size_t pieces) {
    static const std::vector<std::string> all = hostile_pieces();
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) text += all[random() % all.size()];
    return text;
}

bool is_consonant_letter(char32_t c) {
    return c >= 0x3131 && c <= 0x314E;
}
bool is_vowel_letter(char32_t c) {
    return c >= 0x314F && c <= 0x3163;
}

TEST(Normaliser, GivesValidBoundedSingleSpacedText) {
    std::mt19937 random(1);
    const Normaliser declared(all_tokens());
    for (int i = 0; i < 3000; ++i) {
        const std::string in = drawn(random, 1 + random() % 40);
        const std::string out = declared(in);
        EXPECT_EQ(valid_utf8(out), out);
        EXPECT_EQ(out.find("  "), std::string::npos) << in;
        EXPECT_FALSE(out.starts_with(' ') || out.ends_with(' ')) << in;
        EXPECT_LE(out.size(), 16 * decode_utf8(in).size()) << in;
    }
}

TEST(Normaliser, WritesNothingThatComposesUnderNfkc) {
    std::mt19937 random(2);
    const Normaliser plain({});
    for (int i = 0; i < 3000; ++i) {
        const std::u32string out = decode_utf8(plain(drawn(random, 12)));
        const auto composing = std::ranges::adjacent_find(
            out, [](char32_t a, char32_t b) { return is_consonant_letter(a) && is_vowel_letter(b); });
        EXPECT_EQ(composing, out.end()) << encode_utf8(out);
    }
}

TEST(Normaliser, LetsNoUserWriteAToken) {
    const Normaliser plain({});
    for (const ConceptToken& concept_token : concept_tokens()) {
        const std::string token(concept_token.token);
        const std::string name = token.substr(1, token.size() - 2);
        for (const std::string& in : {token, "<" + token + ">", "&lt;" + name + "&gt;", "＜" + name + "＞",
                                      "<\u200B" + name + ">", "<<b>" + name + ">"}) {
            EXPECT_EQ(plain(in).find(token), std::string::npos) << in;
        }
    }
}

TEST(Normaliser, WritesOnlyDeclaredTokens) {
    const Normaliser only_cry({"<cry>", "<unrelated>"});
    EXPECT_EQ(only_cry("ㅠㅠ ㄷㄷ"), "<cry> 덜덜");
}

TEST(Normaliser, ReadsTheFirst4096CodePointsOnly) {
    const Normaliser plain({});
    std::string digits;
    for (int i = 0; i < 4096; ++i) digits += static_cast<char>('0' + i % 10);
    EXPECT_EQ(plain(digits + "가"), digits);
    EXPECT_EQ(plain(digits + std::string(1 << 20, '\xFF')), digits);
}

TEST(Normaliser, TakesLongRunsOfOpeningMarks) {
    const Normaliser plain({});
    for (const std::string mark : {"<", "`", "``", "```", ":", "@", "&", "a@", "http://", "a.", "ㅋㅎ", "^_",
                                   ":a", "\u0301", "> ", "<@", "ㅠ.", "e\u0301\u0323", "👨\u200D"}) {
        std::string text;
        for (int i = 0; i < 4096; ++i) text += mark;
        EXPECT_LE(plain(text).size(), 16U * kMaxCodePoints) << mark;
    }
}

TEST(Normaliser, LimitsTheMarksOnOneLetter) {
    const Normaliser plain({});
    EXPECT_EQ(plain("가" + std::string("\u0301\u0302\u0303\u0304\u0305\u0306")),
              "가\u0301\u0302\u0303\u0304");
}

TEST(Normaliser, ReplacesWithWordsOfKoBertsVocabulary) {
    sentencepiece::SentencePieceProcessor kobert;
    ASSERT_TRUE(kobert.Load(NUNCHI_SOURCE_DIR "/tests/data/kobert/spiece.model").ok());
    const auto expect_known = [&kobert](const std::string& text) {
        for (const int id : kobert.EncodeAsIds(text)) EXPECT_NE(id, kobert.unk_id()) << text;
    };

    for (const ConceptToken& token : concept_tokens()) {
        expect_known(std::string(token.fallback));
        expect_known(std::string(token.meaning));
    }
    for (const chat::Slang& entry : chat::slang_entries()) {
        if (entry.to != entry.from) expect_known(encode_utf8(entry.to));
    }
}

TEST(ConceptTokens, AreDistinctAndOnePerConcept) {
    EXPECT_EQ(all_tokens().size(), kConceptCount);
    EXPECT_EQ(concept_tokens()[static_cast<std::size_t>(Concept::cry)].token, "<cry>");
    EXPECT_EQ(concept_tokens()[static_cast<std::size_t>(Concept::code)].token, "<code>");
}

TEST(HangulSyllables, CountsPrecomposedAndDecomposedOnes) {
    EXPECT_EQ(hangul_syllables("한글 abc ㅋㅋ"), 2U);
    EXPECT_EQ(hangul_syllables("\u1112\u1161\u11AB\u1100\u1173\u11AF"), 2U);
    EXPECT_EQ(hangul_syllables("\u1112\u1112 \u1161"), 0U);
    EXPECT_EQ(hangul_syllables(""), 0U);
    EXPECT_EQ(hangul_syllables("가\xFF"), 1U);
}

TEST(Letters, CountsLettersOfEveryScriptAndSyllablesOnce) {
    EXPECT_EQ(letters("한글 abc 12!😀"), 5U);
    EXPECT_EQ(letters("\u1112\u1161\u11AB"), 1U);
    EXPECT_EQ(letters("日本 Ж"), 3U);
}

}  // namespace
}  // namespace nunchi::text
