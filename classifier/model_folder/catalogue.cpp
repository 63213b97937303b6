#include "classifier/model_folder/catalogue.hpp"

#include <algorithm>

#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::model_folder {

api::outcome<std::filesystem::path> find_model(const std::string& name_or_path,
                                               const ModelDirectories& directories) {
    const bool is_path =
        name_or_path.find('/') != std::string::npos || name_or_path == "." || name_or_path == "..";
    if (is_path) return std::filesystem::path(name_or_path);
    std::string looked_in;
    for (const auto& directory : directories) {
        std::error_code ignored;
        if (std::filesystem::is_directory(directory / name_or_path, ignored)) return directory / name_or_path;
        looked_in += (looked_in.empty() ? "" : ", ") + directory.string();
    }
    return api::failure(api::errc::io_error, "no model named \"" + name_or_path + "\" in " + looked_in +
                                                 "; `nunchi model list` shows the models there are");
}

std::vector<std::filesystem::path> list_models(const ModelDirectories& directories) {
    std::vector<std::filesystem::path> models;
    for (const auto& directory : directories) {
        const auto first = static_cast<std::ptrdiff_t>(models.size());
        std::error_code ignored;
        std::error_code unreadable;
        for (auto entry = std::filesystem::directory_iterator(directory, unreadable);
             entry != std::filesystem::directory_iterator(); entry.increment(unreadable)) {
            if (std::filesystem::exists(entry->path() / kConfigFile, ignored))
                models.push_back(entry->path());
        }
        std::sort(models.begin() + first, models.end());
    }
    return models;
}

}  // namespace nunchi::model_folder
