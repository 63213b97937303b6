#include "config/secret.hpp"

#include <ostream>
#include <utility>

namespace nunchi::config {

void wipe(std::string& text) noexcept {
    // Up to the capacity: a shorter text may lie where a longer one was. This resize never allocates.
    text.resize(text.capacity());
    volatile char* bytes = text.data();
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = '\0';
    text.clear();
}

Secret::Secret(std::string text) noexcept : text_(std::move(text)) {
    // A short string's bytes stay behind in the source of a move.
    wipe(text);
}

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) {
    wipe(other.text_);
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) *this = Secret(other);
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe(text_);
    text_ = std::move(other.text_);
    wipe(other.text_);
    return *this;
}

Secret::~Secret() {
    wipe(text_);
}

std::ostream& operator<<(std::ostream& out, const Secret&) {
    return out << Secret::kMask;
}

}  // namespace nunchi::config
