#include "trainer/data/json_lines.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace nunchi::data {
namespace {

using nlohmann::json;

api::Failure at_line(std::size_t line, const std::string& what) {
    return api::failure(api::errc::bad_format, "line " + std::to_string(line) + ": " + what);
}

std::string text_of(const json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

api::outcome<Table> read_json_lines(std::istream& input, std::vector<ColumnPair> columns) {
    TableBuilder builder(std::move(columns));
    std::vector<std::string> keys;
    std::vector<std::string> values;
    std::string text;
    for (std::size_t line = 1; std::getline(input, text); ++line) {
        if (trimmed(text).empty()) continue;
        const auto object = json::parse(text, nullptr, false);
        if (!object.is_object()) {
            return at_line(line, "is no JSON object; expected one a line, as in {\"text\": …, \"label\": …}");
        }
        if (keys.empty()) {
            for (const auto& [key, value] : object.items()) keys.push_back(key);
            const std::vector<std::string_view> header(keys.begin(), keys.end());
            if (auto added = builder.add(line, header); !added) return added.error();
        }
        values.clear();
        for (const auto& key : keys) values.push_back(object.contains(key) ? text_of(object[key]) : "");
        const std::vector<std::string_view> cells(values.begin(), values.end());
        if (auto added = builder.add(line, cells); !added) return added.error();
    }
    return builder.finish();
}

}  // namespace nunchi::data
