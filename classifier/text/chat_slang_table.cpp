#include <array>

#include "classifier/text/chat_slang.hpp"

namespace nunchi::text::chat {
namespace {

constexpr auto kEntries = std::to_array<Slang>({
    // Misspellings that no word holds.
    {U"됬", U"됐", Place::anywhere},
    {U"됫", U"됐", Place::anywhere},
    {U"됀", U"된", Place::anywhere},
    {U"됌", U"됨", Place::anywhere},
    {U"봣", U"봤", Place::anywhere},
    {U"졋", U"졌", Place::anywhere},
    {U"셧", U"셨", Place::anywhere},
    {U"웟", U"웠", Place::anywhere},
    {U"쫒", U"쫓", Place::anywhere},
    {U"갠찮", U"괜찮", Place::anywhere},
    {U"괞찮", U"괜찮", Place::anywhere},
    {U"갠찬", U"괜찮", Place::anywhere},
    {U"갠적", U"개인적", Place::start},
    {U"어떻해", U"어떡해", Place::anywhere},

    // Contractions.
    {U"걍", U"그냥", Place::anywhere},
    {U"쫌", U"좀", Place::anywhere},
    {U"쩜", U"좀", Place::whole},
    {U"땜", U"때문", Place::end},
    {U"땜에", U"때문에", Place::anywhere},
    {U"땜시", U"때문에", Place::anywhere},
    {U"땜문", U"때문", Place::anywhere},
    {U"납땜", U"납땜", Place::anywhere},
    {U"걔", U"그 애", Place::start},
    {U"걘", U"그 애는", Place::start},
    {U"걜", U"그 애를", Place::start},
    {U"쟤", U"저 애", Place::start},
    {U"쟨", U"저 애는", Place::start},
    {U"쟬", U"저 애를", Place::start},
    {U"뭣", U"무엇", Place::start},
    {U"어케", U"어떻게", Place::start},
    {U"어캐", U"어떻게", Place::start},
    {U"홧팅", U"화이팅", Place::anywhere},

    // 쌤 is a teacher, but 쌤통 is glee and 쌤쌤 is even.
    {U"쌤", U"선생님", Place::anywhere},
    {U"쌤통", U"고소하다", Place::anywhere},
    {U"쌤쌤", U"비김", Place::anywhere},
    {U"쌤플", U"샘플", Place::anywhere},

    // 잼 is fun in these, and jam elsewhere: 딸기잼, 벌꿀잼, 우유잼 and 잼 alone stay.
    {U"노잼", U"재미없음", Place::anywhere},
    {U"핵노잼", U"정말 재미없음", Place::anywhere},
    {U"개노잼", U"정말 재미없음", Place::anywhere},
    {U"꿀잼", U"꿀재미", Place::anywhere},
    {U"개꿀잼", U"정말 꿀재미", Place::anywhere},
    {U"핵꿀잼", U"정말 꿀재미", Place::anywhere},
    {U"벌꿀잼", U"벌꿀잼", Place::anywhere},
    {U"핵잼", U"큰 재미", Place::anywhere},
    {U"개잼", U"큰 재미", Place::start},
    {U"빅잼", U"큰 재미", Place::start},
    {U"대잼", U"큰 재미", Place::start},
    {U"존잼", U"존나 재미", Place::start},
    {U"유잼", U"재미있음", Place::start},
    {U"잼있", U"재미있", Place::anywhere},
    {U"잼잇", U"재미있", Place::anywhere},
    {U"잼없", U"재미없", Place::anywhere},
    {U"잼업", U"재미없", Place::anywhere},
    {U"잼나", U"재미나", Place::start},
    {U"잼난", U"재미난", Place::start},
    {U"잼남", U"재미남", Place::start},
    {U"잼났", U"재미났", Place::start},
    {U"잼써", U"재미있어", Place::start},
    {U"잼게", U"재미있게", Place::start},
    {U"잼께", U"재미있게", Place::start},

    // Words of the net.
    {U"띵작", U"명작", Place::anywhere},
    {U"띵언", U"명언", Place::anywhere},
    {U"댕댕이", U"멍멍이", Place::anywhere},
    {U"댕댕", U"멍멍", Place::anywhere},
    {U"댕청", U"멍청", Place::anywhere},
    {U"개쩐다", U"정말 대단하다", Place::anywhere},
    {U"쩐다", U"대단하다", Place::anywhere},
    {U"쩐당", U"대단하다", Place::anywhere},
    {U"뇬", U"년", Place::anywhere},
    {U"죤나", U"존나", Place::anywhere},
    {U"쵝오", U"최고", Place::anywhere},
    {U"쵝", U"최고", Place::start},
    {U"횽", U"형", Place::anywhere},
    {U"삘", U"느낌", Place::start},
    {U"쌩", U"생", Place::start},
    {U"뭥미", U"뭐야", Place::anywhere},
    {U"넹", U"네", Place::end},
    {U"욤", U"요", Place::end},
    {U"욥", U"요", Place::end},
    {U"겄", U"겠", Place::anywhere},

    // Sounds.
    {U"캬", U"크으", Place::start},
    {U"꺄", U"와", Place::start},
    {U"쯧", U"", Place::anywhere, Concept::tut},
    {U"쳇", U"", Place::whole, Concept::tut},
    {U"쩝", U"", Place::whole, Concept::tut},
    {U"쩝쩝", U"", Place::whole, Concept::tut},
    {U"퉤", U"", Place::start, Concept::disgust},
    {U"힝", U"", Place::start, Concept::sad},
});

}  // namespace

std::span<const Slang> slang_entries() {
    return kEntries;
}

}  // namespace nunchi::text::chat
