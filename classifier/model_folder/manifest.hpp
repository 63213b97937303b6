// nunchi.json: what Nunchi knows about a model beyond the Hugging Face files.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/added_token.hpp"
#include "classifier/api/error.hpp"
#include "classifier/calibration/calibration.hpp"
#include "classifier/model_folder/golden.hpp"

namespace nunchi::model_folder {

struct Manifest {
    int normaliser_version = 0;                 // 0: text as it stands, as the notebook has it
    std::vector<api::AddedToken> added_tokens;  // literals that the normaliser may emit, with their ids
    calibration::Calibration calibration;
    nlohmann::ordered_json metrics;     // as `nunchi-train evaluate --json` prints them
    nlohmann::ordered_json provenance;  // data, split, preset, seed, versions
    std::string attribution;            // shown wherever the model is named
    std::vector<Golden> golden;
    std::map<std::string, std::string> files;  // SHA-256 of every other file of the folder, by name
};

api::outcome<Manifest> parse_manifest(std::string_view text);

std::string to_json(const Manifest& manifest);

}  // namespace nunchi::model_folder
