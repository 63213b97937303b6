// A machine whose only fonts have no Hangul.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace nunchi::charts::testing {

/// Must come before the process's first text, which is when fontconfig reads its settings. False where no
/// font without Hangul is known to be installed.
inline bool hide_korean_fonts() {
    const std::filesystem::path fonts = "/usr/share/fonts/truetype/dejavu";
    if (!std::filesystem::exists(fonts)) return false;
    const auto settings = std::filesystem::temp_directory_path() / "nunchi-fonts.conf";
    std::ofstream(settings)
        << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>"
        << fonts.string() << "</dir></fontconfig>";
    return setenv("FONTCONFIG_FILE", settings.c_str(), 1) == 0;
}

}  // namespace nunchi::charts::testing
