#include "classifier/text/spiece_proto.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <span>
#include <string>

#include "classifier/text/spiece_proto_charsmap.hpp"

namespace nunchi::text {
namespace {

using ::testing::HasSubstr;

api::outcome<SpieceModel> parse(const std::string& bytes) {
    return parse_spiece(std::as_bytes(std::span(bytes)));
}

std::string kobert_bytes() {
    return read_spiece_file(std::filesystem::path(NUNCHI_SOURCE_DIR) / "tests/data/kobert/spiece.model")
        .value();
}

// A writer of the wire format, for fields under 128 bytes.
std::string field(int number, const std::string& bytes) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}

std::string varint_field(int number, char value) {
    return {static_cast<char>(number << 3), value};
}

std::string score_field(float score) {
    std::string bytes(5, static_cast<char>(2 << 3 | 5));
    std::copy_n(reinterpret_cast<const char*>(&score), sizeof score, bytes.begin() + 1);
    return bytes;
}

std::string piece(const std::string& text, char type = 1) {
    return field(1, field(1, text) + score_field(-1.5F) + varint_field(3, type));
}

const std::string kUnknown = piece("<unk>", 2);

std::string message_of(const std::string& bytes) {
    const auto model = parse(bytes);
    return model ? "parsed" : model.error().message;
}

TEST(ParseSpiece, ReadsKobert) {
    const auto model = parse(kobert_bytes()).value();
    ASSERT_EQ(model.pieces.size(), 8002U);
    EXPECT_EQ(model.pieces[0].text, "[UNK]");
    EXPECT_EQ(model.pieces[0].type, PieceType::unknown);
    EXPECT_EQ(model.pieces[3].text, "[SEP]");
    EXPECT_EQ(model.pieces[3].type, PieceType::user_defined);
    EXPECT_EQ(model.pieces[517].text, "\u2581");
    EXPECT_EQ(model.pieces[8001].text, "힙");
    EXPECT_EQ(model.unk_id, 0);
    EXPECT_EQ(model.normaliser_name, "nmt_nfkc");
    EXPECT_EQ(model.precompiled_charsmap.size(), 237538U);
    float lowest = 0;
    float highest = -100;
    for (const Piece& one : model.pieces) {
        if (one.type != PieceType::normal) continue;
        lowest = std::min(lowest, one.score);
        highest = std::max(highest, one.score);
    }
    EXPECT_FLOAT_EQ(lowest, -17.254953F);
    EXPECT_FLOAT_EQ(highest, -3.521402F);
}

TEST(ParseSpiece, AppliesTheProtoDefaultsToAbsentFields) {
    for (const std::string& bytes : {kobert_bytes(), kUnknown + field(1, field(1, "a"))}) {
        const auto model = parse(bytes).value();
        EXPECT_TRUE(model.add_dummy_prefix && model.remove_extra_whitespaces && model.escape_whitespaces);
        EXPECT_EQ(model.model_type, SpieceModel::kUnigram);
        EXPECT_FALSE(model.byte_fallback || model.treat_whitespace_as_suffix);
        EXPECT_EQ(model.pieces.back().type, PieceType::normal);
    }
}

TEST(ParseSpiece, ReadsFieldsThatAreThere) {
    const auto model =
        parse(piece("가") + kUnknown + field(2, varint_field(3, 2) + std::string("\x98\x02\x01", 3)) +
              field(3, varint_field(3, 0) + varint_field(4, 0) + varint_field(5, 0)))
            .value();
    EXPECT_FALSE(model.add_dummy_prefix || model.remove_extra_whitespaces || model.escape_whitespaces);
    EXPECT_EQ(model.model_type, 2);
    EXPECT_TRUE(model.byte_fallback);
    EXPECT_EQ(model.unk_id, 1);
    EXPECT_EQ(model.pieces[0].score, -1.5F);
}

TEST(ParseSpiece, SkipsFieldsThatItDoesNotKnow) {
    EXPECT_TRUE(parse(kUnknown + field(4, "\xFF") + varint_field(9, 1)));
}

TEST(ParseSpiece, SurvivesBeingCutAtEveryByte) {
    const std::string whole = kUnknown + piece("가") + field(3, field(1, "x") + varint_field(3, 1));
    ASSERT_TRUE(parse(whole));
    std::size_t parsed = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) parsed += parse(whole.substr(0, size)) ? 1 : 0;
    EXPECT_EQ(parsed, 2U) << "behind each of the two pieces the file could have ended";
}

TEST(ParseSpiece, RefusesBrokenWireFormat) {
    const std::string offset = "byte " + std::to_string(kUnknown.size());
    EXPECT_THAT(message_of(kUnknown + "\x0A\x7F"), HasSubstr("breaks the format")) << "reaches past the end";
    EXPECT_THAT(message_of(kUnknown + std::string(11, '\xFF')), HasSubstr("breaks the format"))
        << "endless varint";
    EXPECT_THAT(message_of(kUnknown + varint_field(1, 0)), HasSubstr(offset)) << "a piece must be a message";
    EXPECT_THAT(message_of(kUnknown + "\x03"), HasSubstr("breaks the format")) << "field number 0";
    EXPECT_THAT(message_of(kUnknown + "\x0B"), HasSubstr("breaks the format")) << "a group";
    EXPECT_THAT(message_of(field(1, varint_field(1, 1))), HasSubstr("byte 2")) << "a text must be bytes";
    EXPECT_THAT(message_of(kUnknown + piece("a", 7)), HasSubstr("breaks the format")) << "no such type";
}

TEST(ParseSpiece, RefusesPiecesThatSentencePieceWouldStumbleOver) {
    EXPECT_THAT(message_of(kUnknown + piece("")), HasSubstr("piece 1 has no text"));
    EXPECT_THAT(message_of(kUnknown + piece(std::string("a\0b", 3))), HasSubstr("piece 1 holds a NUL"));
    EXPECT_THAT(message_of(kUnknown + piece("\xFF")), HasSubstr("piece 1 is not valid UTF-8"));
    EXPECT_THAT(message_of(kUnknown + piece("a") + piece("a")), HasSubstr("piece 2 has the same text"));
    EXPECT_THAT(message_of(piece("a")), HasSubstr("found 0"));
    EXPECT_THAT(message_of(kUnknown + piece("b", 2)), HasSubstr("found 2"));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THAT(message_of(field(1, field(1, "a") + score_field(nan))), HasSubstr("breaks the format"));
    EXPECT_THAT(message_of(""), HasSubstr("found 0"));
}

TEST(ParseSpiece, RefusesMoreThan64MiB) {
    const auto model = parse(std::string(kMaxSpieceBytes + 1, '\0'));
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, api::errc::not_supported);
}

TEST(IsSoundCharsmap, AcceptsKobertsAndRefusesItCut) {
    const std::string map = parse(kobert_bytes()).value().precompiled_charsmap;
    EXPECT_TRUE(is_sound_charsmap(map));
    EXPECT_FALSE(is_sound_charsmap(map.substr(0, map.size() - 2))) << "the last replacement has no end";
    EXPECT_FALSE(is_sound_charsmap(map.substr(0, 1000)));
    EXPECT_FALSE(is_sound_charsmap(""));
    EXPECT_FALSE(is_sound_charsmap(std::string("\0\4\0\0", 4)));
}

TEST(IsSoundCharsmap, RefusesWalksThatLeaveTheMap) {
    const std::string map = parse(kobert_bytes()).value().precompiled_charsmap;
    std::string far_children = map;
    far_children[4 + 3] = '\x7F';  // the root's offset
    EXPECT_FALSE(is_sound_charsmap(far_children));
    // One key, "a": the root's children are at 0 ^ 256; unit 256 ^ 'a' has a leaf at (256 ^ 'a') ^ 512.
    std::string small(4 + 1024 * 4 + 2, '\0');
    const auto set_unit = [&](std::size_t index, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i)
            small[4 + 4 * index + i] = static_cast<char>(value >> (8 * i) & 0xFF);
    };
    small[1] = '\x10';
    set_unit(0, 256U << 10);
    set_unit(256 ^ 'a', 512U << 10 | 1U << 8 | 'a');
    set_unit(256 ^ 'a' ^ 512, 1U << 31 | 1);
    EXPECT_TRUE(is_sound_charsmap(small));
    EXPECT_EQ(Charsmap(small).longest_match("xa", 1)->length, 1U);
    EXPECT_FALSE(Charsmap(small).longest_match("xa", 0));
    set_unit(256 ^ 'a' ^ 512, 1U << 31 | 2);
    EXPECT_FALSE(is_sound_charsmap(small)) << "a replacement behind the end";
    set_unit(256 ^ 'a', 1024U << 10 | 1U << 8 | 'a');
    EXPECT_FALSE(is_sound_charsmap(small)) << "children behind the end";
}

TEST(Charsmap, FindsTheLongestEntry) {
    const Charsmap map(parse(kobert_bytes()).value().precompiled_charsmap);
    EXPECT_EQ(map.longest_match("ㅋ", 0)->replacement, "\u110F");
    const auto syllable = map.longest_match("\u1100\u1161\u11A8", 0);
    EXPECT_EQ(syllable->length, 9U);
    EXPECT_EQ(syllable->replacement, "각");
    EXPECT_EQ(map.longest_match("\uFEFF", 0)->replacement, " ");
    EXPECT_FALSE(map.longest_match("가", 0));
    EXPECT_FALSE(Charsmap("").longest_match("ㅋ", 0));
}

}  // namespace
}  // namespace nunchi::text
