#include "classifier/model_folder/json_fields.hpp"

#include <utility>

namespace nunchi::model_folder {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;
constexpr int kMaxDepth = 32;

/// nlohmann::json destroys nested values recursively, so deeper ones are left out while parsing.
bool is_within_depth(int depth, nlohmann::json::parse_event_t event, nlohmann::json&) {
    return event == nlohmann::json::parse_event_t::object_start ||
                   event == nlohmann::json::parse_event_t::array_start
               ? depth < kMaxDepth
               : true;
}

}  // namespace

api::outcome<nlohmann::json> parse_json_object(std::string_view text, std::string_view file) {
    if (text.size() > kMaxBytes) {
        return api::failure(api::errc::bad_format,
                            std::string(file) + ": larger than 1 MiB; is this the right file?");
    }
    auto parsed = nlohmann::json::parse(text, is_within_depth, false);
    if (parsed.is_discarded()) {
        return api::failure(api::errc::bad_format,
                            std::string(file) + ": is not valid JSON; copy the model folder again");
    }
    if (!parsed.is_object()) {
        return api::failure(api::errc::bad_format, std::string(file) + ": expected a JSON object");
    }
    return parsed;
}

JsonFields::JsonFields(const nlohmann::json& object, std::string file)
    : object_(object), file_(std::move(file)) {}

const nlohmann::json* JsonFields::find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::int64_t JsonFields::integer(const char* key, std::int64_t minimum, std::int64_t maximum) {
    if (find(key) == nullptr) {
        note(std::string(key) + " is missing");
        return minimum;
    }
    return integer_or(key, minimum, minimum, maximum);
}

std::int64_t JsonFields::integer_or(const char* key, std::int64_t fallback, std::int64_t minimum,
                                    std::int64_t maximum) {
    const auto* value = find(key);
    if (value == nullptr) return fallback;
    const bool fits_signed =
        !value->is_number_unsigned() || value->get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
    if (!value->is_number_integer() || !fits_signed || value->get<std::int64_t>() < minimum ||
        value->get<std::int64_t>() > maximum) {
        note(std::string(key) + " must be a whole number from " + std::to_string(minimum) + " to " +
             std::to_string(maximum));
        return fallback;
    }
    return value->get<std::int64_t>();
}

double JsonFields::number_or(const char* key, double fallback, double minimum, double maximum) {
    const auto* value = find(key);
    if (value == nullptr) return fallback;
    // Written so that NaN is refused.
    const bool is_within =
        value->is_number() && value->get<double>() >= minimum && value->get<double>() <= maximum;
    if (!is_within) {
        note(std::string(key) + " must be a number from " + std::to_string(minimum) + " to " +
             std::to_string(maximum));
        return fallback;
    }
    return value->get<double>();
}

std::string JsonFields::text_or(const char* key, std::string fallback) {
    const auto* value = find(key);
    if (value == nullptr) return fallback;
    if (!value->is_string()) {
        note(std::string(key) + " must be a string");
        return fallback;
    }
    return value->get<std::string>();
}

const nlohmann::json& JsonFields::object_or_empty(const char* key) {
    static const nlohmann::json empty = nlohmann::json::object();
    const auto* value = find(key);
    if (value == nullptr) return empty;
    if (!value->is_object()) {
        note(std::string(key) + " must be an object");
        return empty;
    }
    return *value;
}

void JsonFields::note(std::string problem) {
    problems_.push_back(std::move(problem));
}

api::Failure JsonFields::failure() const {
    std::string message = file_ + ": ";
    for (std::size_t i = 0; i < problems_.size(); ++i) message += (i == 0 ? "" : "; ") + problems_[i];
    return api::failure(api::errc::bad_format, std::move(message));
}

}  // namespace nunchi::model_folder
