#include <sysexits.h>

#include <ostream>

#include "bot/cli/model_check.hpp"
#include "bot/cli/model_commands.hpp"

namespace nunchi::cli {

int verify_model(std::ostream& out, std::ostream& errors, const std::string& name_or_path,
                 const model_folder::ModelDirectories& directories) {
    const auto path = model_folder::find_model(name_or_path, directories);
    if (!path) {
        errors << "nunchi model verify: " << path.error().message << "\n";
        return EX_NOINPUT;
    }
    const auto folder = model_folder::open_model_folder(*path);
    const auto checked = folder ? check_model(*folder, out) : api::outcome<void>(folder.error());
    if (!checked) {
        errors << "nunchi model verify: " << checked.error().message << "\n";
        return EX_DATAERR;
    }
    out << folder->model_id() << " is sound.\n";
    return EX_OK;
}

}  // namespace nunchi::cli
