#include <sysexits.h>

#include <cstdio>
#include <ostream>
#include <set>

#include "bot/cli/model_commands.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::cli {
namespace {

std::string megabytes(const std::filesystem::path& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    return error ? "?" : std::to_string((bytes + 500'000) / 1'000'000) + " MB";
}

std::string accuracy(const model_folder::Manifest& manifest) {
    const auto value = manifest.metrics.find("accuracy");
    if (value == manifest.metrics.end() || !value->is_number()) return "not measured";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value->get<double>());
    return text.data();
}

}  // namespace

int list_models(std::ostream& out, const model_folder::ModelDirectories& directories) {
    const auto paths = model_folder::list_models(directories);
    std::set<std::string> attributions;
    for (const auto& path : paths) {
        const auto folder = model_folder::open_model_folder(path);
        if (!folder) {
            out << path.filename().string() << "\tbroken: " << folder.error().message << "\n";
            continue;
        }
        out << folder->name << "\t" << megabytes(folder->weights_file()) << "\taccuracy "
            << accuracy(folder->manifest) << "\t" << path.string() << "\n";
        if (!folder->manifest.attribution.empty())
            attributions.insert(folder->name + ": " + folder->manifest.attribution);
    }
    for (const auto& attribution : attributions) out << "\n" << attribution << "\n";
    if (paths.empty()) out << "No models. `nunchi model import FOLDER` adds one.\n";
    return EX_OK;
}

}  // namespace nunchi::cli
