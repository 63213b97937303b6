#include "config/toml_guard.hpp"

#include <string>

namespace nunchi::config {
namespace {

// Settings use two levels; the product of both bounds limits the recursion over nested tables.
constexpr std::size_t kMaxOpenBrackets = 16;
constexpr int kMaxDotsInKey = 16;

/// Reads the text once and follows only quotes, comments and brackets.
class Guard {
public:
    explicit Guard(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) position_ = 3;
    }

    std::optional<TomlError> run() {
        while (position_ < text_.size() && reason_.empty()) step();
        if (reason_.empty()) return std::nullopt;
        return TomlError{reason_, line_};
    }

private:
    void step() {
        const char character = text_[position_++];
        switch (character) {
            case '#': skip_comment(); break;
            case '"':
            case '\'': skip_string(character); break;
            case '[':
            case '{': open(character); break;
            case ']': close('['); break;
            case '}': close('{'); break;
            case '.': count_dot(); break;
            case '\n': ++line_; [[fallthrough]];
            case ',': dots_ = equals_ = 0; break;
            case '=':
                dots_ = 0;
                ++equals_;
                break;
            default:
                if (static_cast<unsigned char>(character) >= 0x80) {
                    reason_ = "a character beyond ASCII outside of quotes; put text between double quotes";
                }
        }
    }

    void skip_comment() {
        while (position_ < text_.size() && text_[position_] != '\n') ++position_;
    }

    /// toml++ looks ahead over a bare word up to the next space, comma or bracket, also over a quote in it. A
    /// dot joins words of a key and the first = ends it; behind that, and in an array, both are parts of a
    /// word.
    bool is_inside_word() const {
        if (position_ < 2) return false;
        const char previous = text_[position_ - 2];
        const bool is_in_array = !open_.empty() && open_.back() == '[';
        if (previous == '.') return is_in_array || equals_ > 0;
        if (previous == '=') return is_in_array || equals_ > 1;
        static constexpr std::string_view kBeforeText = " \t\r\n,[{\xBF";  // \xBF ends a byte order mark
        return kBeforeText.find(previous) == std::string_view::npos;
    }

    void skip_string(char quote) {
        if (is_inside_word()) {
            reason_ = "a quote in the middle of a word; put all of the text between double quotes";
            return;
        }
        if (position_ + 1 < text_.size() && text_[position_] == quote && text_[position_ + 1] == quote) {
            reason_ = "text over several lines is not supported; write \\n for a line break";
            return;
        }
        while (position_ < text_.size()) {
            const char character = text_[position_++];
            if (character == quote) return;
            if (character == '\n') break;
            if (character == '\\' && quote == '"' && position_ < text_.size()) ++position_;
        }
        reason_ = "text without its closing quote; close it on the same line";
    }

    void open(char bracket) {
        if (is_inside_word()) reason_ = "a bracket in the middle of a word; put text between double quotes";
        dots_ = equals_ = 0;
        open_ += bracket;
        if (open_.size() > kMaxOpenBrackets) reason_ = "brackets are nested too deeply; one level suffices";
    }

    void close(char opening) {
        if (open_.empty()) return;  // toml++ has a good message for this one
        if (open_.back() != opening) reason_ = "a bracket is closed by one of another kind";
        open_.pop_back();
    }

    void count_dot() {
        if (++dots_ > kMaxDotsInKey) reason_ = "a key with too many dots; settings need at most two";
    }

    std::string_view text_;
    std::size_t position_ = 0;
    int line_ = 1;
    int dots_ = 0;      // of the word that is being read
    int equals_ = 0;    // since the last line end, comma or opening bracket
    std::string open_;  // the brackets that are open, innermost last
    std::string reason_;
};

}  // namespace

std::optional<TomlError> find_hazard(std::string_view text) {
    return Guard(text).run();
}

}  // namespace nunchi::config
