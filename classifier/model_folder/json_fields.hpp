// Reads typed fields out of a JSON object from outside and collects everything that is wrong with them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::model_folder {

/// The JSON object in `text`, or a Failure that names `file`. At most 1 MiB; never throws.
api::outcome<nlohmann::json> parse_json_object(std::string_view text, std::string_view file);

class JsonFields {
public:
    /// `object` must outlive the reader.
    JsonFields(const nlohmann::json& object, std::string file);

    std::int64_t integer(const char* key, std::int64_t minimum, std::int64_t maximum);
    std::int64_t integer_or(const char* key, std::int64_t fallback, std::int64_t minimum,
                            std::int64_t maximum);
    double number_or(const char* key, double fallback, double minimum, double maximum);
    std::string text_or(const char* key, std::string fallback);

    /// The member, or an empty object when it is absent; anything but an object is noted as an error.
    const nlohmann::json& object_or_empty(const char* key);

    void note(std::string problem);
    bool has_problems() const { return !problems_.empty(); }

    /// All that was noted, in one sentence for people.
    api::Failure failure() const;

private:
    const nlohmann::json* find(const char* key) const;

    const nlohmann::json& object_;
    std::string file_;
    std::vector<std::string> problems_;
};

}  // namespace nunchi::model_folder
