#include "bot/app/browser.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace nunchi::bot {

bool has_desktop(const config::Environment& environment) {
    return config::value_of(environment, "DISPLAY") || config::value_of(environment, "WAYLAND_DISPLAY");
}

void open_in_browser(const std::string& url) {
    // The shell ends at once and leaves xdg-open to init, so no child stays behind.
    std::string shell = "sh";
    std::string flag = "-c";
    std::string script = "xdg-open \"$1\" </dev/null >/dev/null 2>&1 &";
    std::string address = url;
    const std::array<char*, 6> arguments{shell.data(), flag.data(),    script.data(),
                                         shell.data(), address.data(), nullptr};
    pid_t child = 0;
    if (posix_spawnp(&child, "sh", nullptr, nullptr, arguments.data(), environ) != 0) return;
    waitpid(child, nullptr, 0);
}

}  // namespace nunchi::bot
