#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "classifier/text/emoji.hpp"

namespace nunchi::text {
namespace {

// Chosen by what Korean chat uses them for: 😭 is crying, 🙏 a plea or thanks, 🔥 praise, 💀 laughing to death.
constexpr std::array<std::pair<Concept, std::u32string_view>, 13> kFeelings{{
    {Concept::cry, U"😭😢🥹😿🥲"},
    {Concept::laugh, U"😂🤣😆😹😝😜🤪😛😋💀"},
    {Concept::heart,
     U"❤♥♡❣❥❦❧ღ💓💕💖💗💘💙💚💛💜💝💞💟🖤🤍🤎🧡🩷🩵🩶🫶😍🥰😘😗😙😚😻💋💌💑💏🫰"
     U"💐"
     U"🌹"},
    {Concept::smile,
     U"😀😃😄😁😊☺🙂😇😉🙃😌🤗🤭😺😸😎🤩🥳👍👏🙌🎉🎊🎂🎁🤝👌✌🤞🫡💪🔥💯✨🌟⭐🎶🎵♪♫♬♩💃🕺"
     U"😏"
     U"😽"
     U"🏆🥇🙆🙋🌸🌷🌈☀🌞🍀🐶🐱🐰😼🤓🤠乃☻🫂🙏🤙🤟🤘🆒🆗"},
    {Concept::sad,
     U"💔😞😔😟🙁☹😥😓😩😫😖😣😪🥺😕🥀🙇🤕🤒😷😴🥱💧"},
    {Concept::angry, U"😠😡🤬😤👿💢🖕👎😾👊💣🗯"},
    {Concept::fear, U"😱😨😰👻🙀😧☠🧟"},
    {Concept::shock, U"😮😯😲😳🤯😦❗❓❕❔🫢🫨💥🙊👀😵"},
    {Concept::disgust, U"🤢🤮💩🪳"},
    {Concept::tremble, U"🥶"},
    {Concept::stare, U"😑😐😒🙄🫤😶🤨🫥😬🧐🤐🫠"},
    {Concept::tut, U"🤦🤷🙅🤡"},
    {Concept::sweat, U"😅💦🥵"},
}};

struct Feeling {
    char32_t emoji;
    Concept meaning;
};

std::vector<Feeling> sorted_feelings() {
    std::vector<Feeling> all;
    for (const auto& [meaning, members] : kFeelings) {
        for (const char32_t emoji : members) all.push_back({emoji, meaning});
    }
    std::ranges::sort(all, {}, &Feeling::emoji);
    return all;
}

}  // namespace

std::optional<Concept> feeling_of_emoji(char32_t emoji) {
    static const std::vector<Feeling> feelings = sorted_feelings();
    if (emoji < feelings.front().emoji) return std::nullopt;
    const auto found = std::ranges::lower_bound(feelings, emoji, {}, &Feeling::emoji);
    if (found == feelings.end() || found->emoji != emoji) return std::nullopt;
    return found->meaning;
}

}  // namespace nunchi::text
