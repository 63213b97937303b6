#include "classifier/text/kobert_tokenizer_literals.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::text {

LiteralSplitter::LiteralSplitter(std::vector<AddedToken> literals) : literals_(std::move(literals)) {
    std::stable_sort(literals_.begin(), literals_.end(),
                     [](const AddedToken& a, const AddedToken& b) { return a.text.size() > b.text.size(); });
    for (const AddedToken& literal : literals_) {
        begins_literal_[static_cast<unsigned char>(literal.text.front())] = true;
    }
}

const AddedToken* LiteralSplitter::literal_at(std::string_view text, std::size_t at) const {
    if (!begins_literal_[static_cast<unsigned char>(text[at])]) return nullptr;
    const auto found = std::find_if(literals_.begin(), literals_.end(), [&](const AddedToken& literal) {
        return text.substr(at).starts_with(literal.text);
    });
    return found == literals_.end() ? nullptr : &*found;
}

std::vector<LiteralSplitter::Segment> LiteralSplitter::split(std::string_view text) const {
    std::vector<Segment> segments;
    std::size_t plain_begin = 0;
    std::size_t at = 0;
    const auto close_plain = [&] {
        if (at > plain_begin) segments.push_back({text.substr(plain_begin, at - plain_begin), kPlain});
    };
    while (at < text.size()) {
        const AddedToken* literal = literal_at(text, at);
        if (literal == nullptr) {
            ++at;
            continue;
        }
        close_plain();
        segments.push_back({text.substr(at, literal->text.size()), literal->id});
        at += literal->text.size();
        plain_begin = at;
    }
    close_plain();
    return segments;
}

}  // namespace nunchi::text
