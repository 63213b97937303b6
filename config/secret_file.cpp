#include "config/secret_file.hpp"

#include <system_error>
#include <utility>

#include "config/escape.hpp"
#include "config/limited_file.hpp"

namespace nunchi::config {
namespace {

constexpr std::size_t kMaxSecretBytes = std::size_t{64} << 10;

void remove_trailing_line_break(std::string& text) {
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
}

bool is_readable_by_others(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    return !error &&
           (status.permissions() & std::filesystem::perms::others_read) != std::filesystem::perms::none;
}

}  // namespace

SecretFile read_secret_file(const std::filesystem::path& file) {
    const std::string name = printable(file.string());
    LimitedFile read = read_limited_file(file, kMaxSecretBytes);
    if (!read.error.empty()) {
        return {{}, "the secret's file " + name + " cannot be read: " + read.error, {}};
    }
    remove_trailing_line_break(read.content);
    if (read.content.empty()) {
        return {{}, "the secret's file " + name + " is empty; write the secret into it", {}};
    }
    SecretFile result;
    result.secret = Secret(std::move(read.content));
    if (is_readable_by_others(file)) {
        result.warning = "everybody may read the secret's file " + name + "; run: chmod o-r " + name;
    }
    return result;
}

}  // namespace nunchi::config
