#include "adapters/chat/answer_book.hpp"

#include <functional>
#include <utility>

namespace nunchi::chat {

void AnswerBook::saw(std::string_view message, std::string_view text) {
    entries_.get(message).text_hash = std::hash<std::string_view>{}(text);
}

bool AnswerBook::has_changed(std::string_view message, std::string_view text) {
    Entry* const entry = entries_.find(message);
    if (entry == nullptr) return false;
    const auto hash = std::hash<std::string_view>{}(text);
    if (std::exchange(entry->text_hash, hash) == hash) return false;
    if (!entry->answered) entry->was_edited = true;
    return entry->answered.has_value();
}

bool AnswerBook::put(std::string_view message, Answered answered) {
    Entry& entry = entries_.get(message);
    entry.answered = std::move(answered);
    return std::exchange(entry.was_edited, false);
}

std::optional<Answered> AnswerBook::find(std::string_view message) {
    const Entry* const entry = entries_.find(message);
    return entry == nullptr ? std::nullopt : entry->answered;
}

std::optional<Answered> AnswerBook::on_deleted(std::string_view message) {
    deleted_.get(message) = true;
    Entry* const entry = entries_.find(message);
    if (entry == nullptr) return std::nullopt;
    return std::exchange(entry->answered, std::nullopt);
}

}  // namespace nunchi::chat
