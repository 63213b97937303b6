#include "classifier/text/chat_slang.hpp"

#include <algorithm>
#include <bitset>
#include <vector>

#include "classifier/text/chat_letters.hpp"

namespace nunchi::text::chat {
namespace {

// The entries by first character, the longest first.
class SlangIndex {
public:
    SlangIndex() : entries_(slang_entries().begin(), slang_entries().end()) {
        std::ranges::sort(entries_, [](const Slang& a, const Slang& b) {
            return a.from[0] != b.from[0] ? a.from[0] < b.from[0] : a.from.size() > b.from.size();
        });
        for (const Slang& entry : entries_) may_begin_.set(entry.from[0] % kBuckets);
    }

    const Slang* longest_at(std::u32string_view text, std::size_t at) const {
        const char32_t first = text[at];
        if (!may_begin_[first % kBuckets]) return nullptr;
        auto entry = std::ranges::lower_bound(entries_, first, {}, [](const Slang& e) { return e.from[0]; });
        for (; entry != entries_.end() && entry->from[0] == first; ++entry) {
            if (text.substr(at).starts_with(entry->from) && is_in_place(*entry, text, at)) return &*entry;
        }
        return nullptr;
    }

private:
    static bool is_in_place(const Slang& entry, std::u32string_view text, std::size_t at) {
        const bool starts = !is_syllable(before_or_0(text, at));
        const bool ends = !is_syllable(at_or_0(text, at + entry.from.size()));
        switch (entry.place) {
            case Place::anywhere: return true;
            case Place::start: return starts;
            case Place::end: return ends;
            case Place::whole: return starts && ends;
        }
        return false;
    }

    static constexpr std::size_t kBuckets = 4096;
    std::vector<Slang> entries_;
    std::bitset<kBuckets> may_begin_;
};

}  // namespace

std::u32string replace_slang(std::u32string_view text) {
    static const SlangIndex index;
    std::u32string out;
    out.reserve(text.size() + 16);
    for (std::size_t at = 0; at < text.size();) {
        const Slang* entry = index.longest_at(text, at);
        if (entry == nullptr) {
            out.push_back(text[at++]);
            continue;
        }
        if (entry->feeling) {
            out.push_back(stand_in(*entry->feeling));
        } else {
            out += entry->to;
        }
        do {
            at += entry->from.size();
        } while (entry->feeling && text.substr(at).starts_with(entry->from));  // 힝힝힝
    }
    return out;
}

}  // namespace nunchi::text::chat
