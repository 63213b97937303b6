#include "bot/pipeline/occlusion.hpp"

#include "bot/pipeline/code_point.hpp"

namespace nunchi::pipeline {
namespace {

std::vector<Span> single_words(std::string_view text) {
    std::vector<Span> words;
    bool is_inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        const bool belongs = !is_space(c.value);
        if (belongs && !is_inside) words.push_back({at, at});
        at += c.length;
        if (belongs) words.back().end = at;
        is_inside = belongs;
    }
    return words;
}

}  // namespace

std::vector<Span> words_of(std::string_view text, std::size_t at_most) {
    std::vector<Span> words = single_words(text);
    if (words.size() <= at_most) return words;
    std::vector<Span> groups(at_most);
    for (std::size_t group = 0; group < at_most; ++group) {
        const std::size_t first = group * words.size() / at_most;
        const std::size_t next = (group + 1) * words.size() / at_most;
        groups[group] = {words[first].begin, words[next - 1].end};
    }
    return groups;
}

std::string without(std::string_view text, Span span) {
    std::string rest(text.substr(0, span.begin));
    rest += text.substr(span.end);
    return rest;
}

}  // namespace nunchi::pipeline
