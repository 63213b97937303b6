#include "bot/cli/head_labels.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace nunchi::cli {
namespace {

constexpr std::string_view kLeftOut = "-";

api::Failure refused(std::string message) {
    return api::failure(api::errc::not_supported, std::move(message));
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        auto name = text.substr(begin, end - begin);
        while (name.starts_with(' ')) name.remove_prefix(1);
        while (name.ends_with(' ')) name.remove_suffix(1);
        names.emplace_back(name);
        begin = end + 1;
    }
    return names;
}

std::string seven_names() {
    std::string text;
    for (const auto emotion : api::kEmotions)
        text += (text.empty() ? "" : ",") + std::string(api::korean_name(emotion));
    return text;
}

bool are_emotions(const std::vector<std::string>& names) {
    return !names.empty() && std::ranges::all_of(names, [](const std::string& name) {
        return api::emotion_named(name).has_value();
    });
}

api::outcome<HeadLabels> from_names(const std::vector<std::string>& names, std::size_t rows,
                                    LabelSource source) {
    if (names.size() != rows) {
        return refused("the head has " + std::to_string(rows) + " rows, and " + std::to_string(names.size()) +
                       " labels are named; name each row, with - for one that is to be left out");
    }
    HeadLabels labels{.rows = {}, .source = source};
    std::set<api::Emotion> seen;
    for (const auto& name : names) {
        const auto emotion = api::emotion_named(name);
        if (!emotion && name != kLeftOut)
            return refused("label \"" + name + "\" is none of the seven emotions " + seven_names());
        if (emotion && !seen.insert(*emotion).second) return refused("label \"" + name + "\" is named twice");
        labels.rows.push_back(emotion);
    }
    for (const auto emotion : api::kEmotions) {
        if (!seen.contains(emotion))
            return refused("no row of the head is named " + std::string(api::korean_name(emotion)) +
                           "; Nunchi needs all seven: " + seven_names());
    }
    return labels;
}

api::Failure wrong_number_of_rows(std::size_t rows) {
    const auto found =
        "the head (classifier.weight) has " + std::to_string(rows) + " rows, Nunchi names seven emotions";
    if (rows < api::kEmotionCount) {
        return refused(
            found + (rows == 2 ? "; two rows are those of NSMC's film reviews, negative and positive" : "") +
            ". Such a head cannot answer; train one of seven rows with `nunchi-train fit --base`");
    }
    return refused(found +
                   ". Name each row with --labels, in their order, with - for rows that are to be left out");
}

std::string question_text() {
    return "The file names no labels. Which emotions are the rows of its head, in their order?\n"
           "Enter for " +
           seven_names() + ": ";
}

bool are_default_names(const std::vector<std::string>& names) {
    return std::ranges::all_of(names, [](const std::string& name) { return name.starts_with("LABEL_"); });
}

}  // namespace

std::string_view describe(LabelSource source) {
    switch (source) {
        case LabelSource::option: return "--labels";
        case LabelSource::config: return "config.json";
        case LabelSource::person: return "asked";
        case LabelSource::assumed: return "assumed: the order of the original notebook";
    }
    return "";
}

api::outcome<HeadLabels> head_labels(const HeadQuestion& question) {
    if (!question.option.empty())
        return from_names(split(question.option), question.rows, LabelSource::option);
    const auto& in_config = question.config_names;
    if (in_config.size() == question.rows && are_emotions(in_config))
        return from_names(in_config, question.rows, LabelSource::config);
    if (question.rows != api::kEmotionCount) return wrong_number_of_rows(question.rows);
    if (question.ask) {
        const auto answer = question.ask(question_text());
        if (!answer.empty()) return from_names(split(answer), question.rows, LabelSource::person);
    } else if (in_config.size() == question.rows && !are_default_names(in_config)) {
        return refused("config.json names row 0 \"" + in_config.front() +
                       "\", which is none of the seven emotions; name the rows with --labels");
    }
    return from_names(split(seven_names()), question.rows, LabelSource::assumed);
}

}  // namespace nunchi::cli
