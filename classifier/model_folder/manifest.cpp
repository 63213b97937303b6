#include "classifier/model_folder/manifest.hpp"

#include "classifier/model_folder/json_fields.hpp"

namespace nunchi::model_folder {
namespace {

constexpr int kFormat = 1;
constexpr std::int64_t kMaxId = 10'000'000;
// Fits a float; the ranges themselves are known to calibration::validated.
constexpr double kAnyNumber = 1e30;

bool is_plain_file_name(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

void read_added_tokens(JsonFields& fields, std::vector<api::AddedToken>& tokens) {
    const auto& object = fields.object_or_empty("added_tokens");
    JsonFields ids(object, "nunchi.json");
    for (const auto& [text, id] : object.items()) {
        tokens.push_back({text, static_cast<std::int32_t>(ids.integer(text.c_str(), 0, kMaxId))});
    }
    if (ids.has_problems()) fields.note("added_tokens: " + ids.failure().message);
}

void read_calibration(JsonFields& fields, calibration::Calibration& calibration) {
    const auto& object = fields.object_or_empty("calibration");
    JsonFields values(object, "nunchi.json");
    calibration.temperature = static_cast<float>(values.number_or("temperature", 1, -kAnyNumber, kAnyNumber));
    const auto& thresholds = values.object_or_empty("thresholds");
    JsonFields by_label(thresholds, "nunchi.json");
    for (const auto& [label, value] : thresholds.items()) {
        const auto emotion = api::emotion_named(label);
        if (!emotion) {
            by_label.note("\"" + label + "\" is none of the seven emotions");
            continue;
        }
        calibration.thresholds[api::index_of(*emotion)] =
            static_cast<float>(by_label.number_or(label.c_str(), 0, -kAnyNumber, kAnyNumber));
    }
    if (values.has_problems()) fields.note("calibration: " + values.failure().message);
    if (by_label.has_problems()) fields.note("calibration.thresholds: " + by_label.failure().message);
    if (const auto checked = calibration::validated(calibration); !checked) {
        fields.note(checked.error().message);
    }
}

void read_files(JsonFields& fields, std::map<std::string, std::string>& files) {
    for (const auto& [name, hash] : fields.object_or_empty("files").items()) {
        if (!is_plain_file_name(name) || !hash.is_string()) {
            fields.note("files must map plain file names to SHA-256 values");
            return;
        }
        files[name] = hash.get<std::string>();
    }
}

api::outcome<Golden> read_golden(const nlohmann::json& entry) {
    const auto wrong =
        api::failure(api::errc::bad_format, "each entry of golden needs text, ids and seven probabilities");
    if (!entry.is_object()) return wrong;
    Golden golden;
    const auto text = entry.find("text");
    const auto ids = entry.find("ids");
    const auto probabilities = entry.find("probabilities");
    if (text == entry.end() || !text->is_string() || ids == entry.end() || !ids->is_array() ||
        probabilities == entry.end() || !probabilities->is_array() ||
        probabilities->size() != api::kEmotionCount) {
        return wrong;
    }
    golden.text = text->get<std::string>();
    for (const auto& id : *ids) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > std::uint64_t{kMaxId}) return wrong;
        golden.ids.push_back(id.get<std::int32_t>());
    }
    for (std::size_t i = 0; i < api::kEmotionCount; ++i) {
        const auto& probability = (*probabilities)[i];
        const bool is_probability =
            probability.is_number() && probability.get<double>() >= 0 && probability.get<double>() <= 1;
        if (!is_probability) return wrong;
        golden.probabilities[i] = probability.get<float>();
    }
    return golden;
}

void read_goldens(const nlohmann::json& json, JsonFields& fields, std::vector<Golden>& list) {
    const auto entries = json.find("golden");
    if (entries == json.end()) return;
    if (!entries->is_array()) {
        fields.note("golden must be an array");
        return;
    }
    for (const auto& entry : *entries) {
        auto golden = read_golden(entry);
        if (!golden) {
            fields.note(golden.error().message);
            return;
        }
        list.push_back(std::move(*golden));
    }
}

}  // namespace

api::outcome<Manifest> parse_manifest(std::string_view text) {
    const auto json = parse_json_object(text, "nunchi.json");
    if (!json) return json.error();
    JsonFields fields(*json, "nunchi.json");
    if (const auto format = fields.integer("format", 1, INT32_MAX);
        !fields.has_problems() && format != kFormat) {
        fields.note("format " + std::to_string(format) + " is newer than this program; update Nunchi");
    }

    Manifest manifest;
    const auto& normaliser = fields.object_or_empty("normaliser");
    JsonFields normaliser_fields(normaliser, "normaliser");
    manifest.normaliser_version = static_cast<int>(normaliser_fields.integer_or("version", 0, 0, 1'000'000));
    if (normaliser_fields.has_problems()) fields.note(normaliser_fields.failure().message);
    read_added_tokens(fields, manifest.added_tokens);
    read_calibration(fields, manifest.calibration);
    manifest.metrics = nlohmann::ordered_json(fields.object_or_empty("metrics"));
    manifest.provenance = nlohmann::ordered_json(fields.object_or_empty("provenance"));
    manifest.attribution = fields.text_or("attribution", "");
    read_goldens(*json, fields, manifest.golden);
    read_files(fields, manifest.files);
    if (fields.has_problems()) return fields.failure();
    return manifest;
}

std::string to_json(const Manifest& manifest) {
    nlohmann::ordered_json added = nlohmann::ordered_json::object();
    for (const auto& token : manifest.added_tokens) added[token.text] = token.id;
    nlohmann::ordered_json thresholds;
    for (const auto emotion : api::kEmotions) {
        thresholds[std::string(api::korean_name(emotion))] =
            manifest.calibration.thresholds[api::index_of(emotion)];
    }
    nlohmann::ordered_json goldens = nlohmann::ordered_json::array();
    for (const auto& golden : manifest.golden) {
        goldens.push_back(
            {{"text", golden.text}, {"ids", golden.ids}, {"probabilities", golden.probabilities}});
    }
    nlohmann::ordered_json files = nlohmann::ordered_json::object();
    for (const auto& [name, hash] : manifest.files) files[name] = hash;
    const nlohmann::ordered_json json{
        {"format", kFormat},
        {"normaliser", {{"version", manifest.normaliser_version}}},
        {"added_tokens", added},
        {"calibration", {{"temperature", manifest.calibration.temperature}, {"thresholds", thresholds}}},
        {"metrics", manifest.metrics},
        {"provenance", manifest.provenance},
        {"attribution", manifest.attribution},
        {"golden", goldens},
        {"files", files},
    };
    // The provenance holds paths, which need not be UTF-8; dump would throw.
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nunchi::model_folder
