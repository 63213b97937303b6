// An evaluation as Markdown, for model cards and pull requests.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>

namespace nunchi::trainer {

/// `metrics`: as to_json(Evaluation) makes them. Starts with a table and holds `###` headings.
void write_markdown(std::ostream& out, const nlohmann::ordered_json& metrics);

/// `comparison`: as to_json(Comparison) makes it.
void write_comparison_markdown(std::ostream& out, const nlohmann::ordered_json& comparison);

}  // namespace nunchi::trainer
