// A token, password or key that must not reach a log, a terminal or a response by accident.
#pragma once

#include <spdlog/fmt/fmt.h>

#include <iosfwd>
#include <string>
#include <string_view>

namespace nunchi::config {

/// Prints as *** in streams, in fmt and spdlog, and in nlohmann's JSON; only reveal() gives the text.
/// The memory that held the text is overwritten on destruction, on assignment and when moved from.
class Secret {
public:
    static constexpr std::string_view kMask = "***";

    Secret() = default;
    explicit Secret(std::string text) noexcept;
    Secret(const Secret& other) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    bool empty() const { return text_.empty(); }
    const std::string& reveal() const { return text_; }

    /// Not for what strangers send: its time depends on where the texts differ.
    bool operator==(const Secret& other) const = default;

private:
    std::string text_;
};

std::ostream& operator<<(std::ostream& out, const Secret& secret);

/// Found by nlohmann::json through its argument; a template, so that this header needs no JSON library.
template <typename Json>
void to_json(Json& json, const Secret&) {
    json = Secret::kMask;
}

/// Overwrites the text, in a way that the compiler may not leave out, and empties it.
void wipe(std::string& text) noexcept;

}  // namespace nunchi::config

template <>
struct fmt::formatter<nunchi::config::Secret> : fmt::formatter<std::string_view> {
    template <typename Context>
    auto format(const nunchi::config::Secret&, Context& context) const {
        return fmt::formatter<std::string_view>::format(nunchi::config::Secret::kMask, context);
    }
};
