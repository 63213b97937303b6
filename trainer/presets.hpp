// Recipes for `nunchi-train fit` that have a name.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "trainer/commands.hpp"

namespace nunchi::trainer {

struct Preset {
    std::string_view name;
    std::string_view doc;  // one line for --help
    void (*apply)(FitCommand& command);
};

/// "default" first.
std::span<const Preset> presets();

/// Sets every value of the recipe; nothing happens for a name that `presets` lacks.
void apply_preset(std::string_view name, FitCommand& command);

/// All values that decide how training runs, as the ledger has them.
nlohmann::ordered_json recipe(const FitCommand& command);

}  // namespace nunchi::trainer
