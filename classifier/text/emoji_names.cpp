#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/emoji.hpp"

namespace nunchi::text {
namespace {

// Slack's and Discord's short names of emoji, then what servers call their own; separated by spaces.
constexpr std::array<std::pair<Concept, std::string_view>, 13> kNames{{
    {Concept::cry,
     "sob cry crying cry_face loudly_crying_face crying_cat_face smiling_face_with_tear "
     "face_holding_back_tears tears "
     "tear weep bawl wail"},
    {Concept::laugh,
     "joy rofl rolling_on_the_floor_laughing laughing satisfied joy_cat stuck_out_tongue skull "
     "stuck_out_tongue_winking_eye stuck_out_tongue_closed_eyes zany_face yum laugh lol lul lulw lmao kek "
     "kekw "
     "kekleo omegalul pepelaugh haha hehe xd icant kkk"},
    {Concept::heart,
     "heart hearts heart_eyes heart_eyes_cat smiling_face_with_3_hearts smiling_face_with_hearts "
     "kissing_heart "
     "kissing kissing_closed_eyes kissing_smiling_eyes two_hearts sparkling_heart heartbeat heartpulse cupid "
     "blue_heart green_heart yellow_heart orange_heart purple_heart black_heart white_heart brown_heart "
     "pink_heart "
     "gift_heart revolving_hearts heavy_heart_exclamation heart_hands "
     "hand_with_index_finger_and_thumb_crossed love "
     "love_letter kiss rose bouquet luv hug kisses"},
    {Concept::smile,
     "smile smiley grinning grin blush slightly_smiling_face slight_smile wink upside_down_face innocent "
     "relaxed "
     "relieved hugging_face hugging smiley_cat smile_cat sunglasses star-struck star_struck partying_face "
     "partying tada clap thumbsup +1 thumbs_up raised_hands ok_hand v muscle fire 100 sparkles star star2 "
     "confetti_ball birthday gift trophy pray handshake dancer notes musical_note happy yay pog poggers "
     "pogchamp "
     "pogu nice good party celebrate congrats hype cool ok okay thanks thx thank gg cute smug smirk "
     "peepohappy ez"},
    {Concept::sad,
     "disappointed pensive worried slightly_frowning_face slight_frown white_frowning_face frowning2 "
     "disappointed_relieved weary tired_face confounded persevere sleepy pleading_face confused broken_heart "
     "sad "
     "sadge pepehands feelsbadman bedge depressed tired bow mask face_exhaling sorry"},
    {Concept::angry,
     "angry rage pout pouting_cat face_with_symbols_on_mouth cursing_face triumph imp anger middle_finger fu "
     "reversed_hand_with_middle_finger_extended thumbsdown -1 thumbs_down angery mad madge wrath furious "
     "punch"},
    {Concept::fear,
     "scream fearful cold_sweat ghost scream_cat anguished skull_and_crossbones monkas monkaw fear scared "
     "scary "
     "afraid horror panic"},
    {Concept::shock,
     "open_mouth hushed astonished flushed exploding_head frowning exclamation question grey_exclamation "
     "grey_question bangbang interrobang eyes dizzy_face boom shock shocked surprised wow omg gasp wut what "
     "pikachu "
     "surprised_pikachu wtf"},
    {Concept::disgust,
     "nauseated_face face_vomiting vomiting_face poop hankey shit puke vomit disgust disgusted gross ew yuck "
     "barf cringe"},
    {Concept::tremble, "cold_face cold freezing shiver tremble"},
    {Concept::stare,
     "expressionless neutral_face unamused roll_eyes rolling_eyes face_with_rolling_eyes no_mouth "
     "face_with_raised_eyebrow grimacing stare bruh meh annoyed"},
    {Concept::tut, "face_palm facepalm man_facepalming woman_facepalming shrug clown_face clown no_good tut"},
    {Concept::sweat, "sweat_smile sweat sweat_drops hot_face awkward"},
}};

// What servers put before a feeling: blobcry, pepesad, catlove.
constexpr std::array<std::string_view, 15> kSpecies{"blob",  "pepe", "peepo", "party", "feels",
                                                    "kitty", "bear", "cat",   "doge",  "dog",
                                                    "ablob", "meow", "frog",  "face",  "emoji"};

using Names = std::unordered_map<std::string_view, Concept>;

Names all_names() {
    Names names;
    for (const auto& [meaning, list] : kNames) {
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t end = std::min(list.find(' ', at), list.size());
            names.emplace(list.substr(at, end - at), meaning);
            at = end + 1;
        }
    }
    return names;
}

std::optional<Concept> look_up(std::string_view name) {
    static const Names names = all_names();
    const auto found = names.find(name);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

// One word of a server's own name, with or without the animal before it.
std::optional<Concept> feeling_of_word(std::string_view word) {
    if (const auto feeling = look_up(word)) return feeling;
    for (const std::string_view species : kSpecies) {
        if (!word.starts_with(species) || word.size() == species.size()) continue;
        if (const auto feeling = look_up(word.substr(species.size()))) return feeling;
    }
    return std::nullopt;
}

// Lower-case words with spaces between: "pepeLaugh_2" gives "pepe laugh" and, joined, "pepelaugh".
std::string separate_words(std::u32string_view name) {
    std::string words;
    bool was_lower = false;
    for (const char32_t c : name) {
        const bool is_letter = chat::is_ascii_letter(c);
        const bool is_upper = is_letter && c != chat::ascii_lower(c);
        if (!is_letter || (is_upper && was_lower)) words.push_back(' ');
        if (is_letter) words.push_back(static_cast<char>(chat::ascii_lower(c)));
        was_lower = is_letter && !is_upper;
    }
    return words;
}

}  // namespace

std::optional<Concept> feeling_of_emoji_name(std::u32string_view name) {
    std::string whole;
    for (const char32_t c : name) whole.push_back(static_cast<char>(c < 0x80 ? chat::ascii_lower(c) : U'?'));
    if (const auto feeling = feeling_of_word(whole)) return feeling;

    const std::string words = separate_words(name);
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const auto feeling = feeling_of_word(std::string_view(words).substr(at, end - at));
        if (feeling) return feeling;
        at = end + 1;
    }
    return std::nullopt;
}

}  // namespace nunchi::text
