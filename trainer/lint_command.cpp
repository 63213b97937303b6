#include <sysexits.h>
#include <unistd.h>

#include <iomanip>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>

#include "classifier/model_folder/folder_encoder.hpp"
#include "trainer/commands.hpp"
#include "trainer/data/lint.hpp"
#include "trainer/data/split.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kMaxTokens = 64;

struct Finding {
    enum class Level { ok, note, warning, error } level;
    std::string name;
    std::string text;
};

struct Reading {
    InputHealth health;
    data::LengthSpread pieces;
    std::size_t cut = 0;  // sentences of more than kMaxTokens pieces
};

/// What a model would see of the sentences; nothing without a model.
api::outcome<std::optional<Reading>> read_with(const std::filesystem::path& model,
                                               const data::LabelledRows& rows) {
    if (model.empty()) return std::nullopt;
    const auto folder = model_folder::open_model_folder(model);
    if (!folder) return folder.error();
    const auto encoder = model_folder::create_encoder(*folder, 512);
    if (!encoder) return encoder.error();
    const auto set = encode_rows(rows.rows, *encoder);
    Reading reading{input_health(set), data::spread_of(set.lengths()), 0};
    for (const auto length : set.lengths()) reading.cut += length > kMaxTokens ? 1 : 0;
    return reading;
}

std::string percent(double share) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << 100 * share << " %";
    return text.str();
}

std::string percent(std::size_t part, std::size_t whole) {
    return percent(whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole));
}

std::string pairs_of(const data::LintReport& report) {
    std::vector<std::pair<std::size_t, std::string>> pairs;
    for (const auto& [labels, count] : report.conflicting_pairs) {
        pairs.emplace_back(count, std::string(api::korean_name(labels.first)) + "–" +
                                      std::string(api::korean_name(labels.second)));
    }
    std::ranges::sort(pairs, std::greater());
    std::string text;
    for (std::size_t i = 0; i < pairs.size() && i < 6; ++i)
        text +=
            (i == 0 ? " (pairs of rows: " : ", ") + pairs[i].second + " " + std::to_string(pairs[i].first);
    return text.empty() ? text : text + ")";
}

std::vector<Finding> judge(const data::LintReport& report, const std::optional<Reading>& reading) {
    using Level = Finding::Level;
    std::vector<Finding> findings;
    const auto add = [&](Level level, std::string name, std::string text) {
        findings.push_back({level, std::move(name), std::move(text)});
    };
    const auto count = [](std::size_t number) { return std::to_string(number); };

    std::string balance;
    std::size_t absent = 0;
    std::size_t least = report.rows;
    std::size_t most = 0;
    for (const auto emotion : api::kEmotions) {
        const auto rows = report.by_emotion[api::index_of(emotion)];
        balance += (balance.empty() ? "" : "  ") + std::string(api::korean_name(emotion)) + " " + count(rows);
        absent += rows == 0 ? 1 : 0;
        least = std::min(least, rows);
        most = std::max(most, rows);
    }
    add(report.rows < 70 ? Level::error : Level::ok, "rows",
        count(report.rows) + (report.rows < 70 ? ": too few to learn from" : ""));
    add(absent > 0 || most > 5 * least ? Level::warning : Level::ok, "labels",
        balance + (absent > 0         ? ": an emotion without rows cannot be learned"
                   : most > 5 * least ? ": unbalanced, consider --balance-classes"
                                      : ""));
    add(Level::note, "blank rows", count(report.blank_rows) + " left out");
    add(report.half_filled.empty() ? Level::ok : Level::warning, "half-filled rows",
        count(report.half_filled.size()) +
            (report.half_filled.empty() ? ""
                                        : " left out, the first is row " + count(report.half_filled[0])));
    add(report.is_sorted_by_label ? Level::warning : Level::ok, "order",
        report.is_sorted_by_label ? "sorted by label: never split without shuffling (nunchi-train shuffles)"
                                  : "mixed");
    add(report.exact.groups > 0 ? Level::warning : Level::ok, "exact duplicates",
        count(report.exact.groups) + " texts in " + count(report.exact.rows) + " rows, " +
            count(report.exact.surplus()) + " too many; " + count(report.exact.conflicting_groups) +
            " texts in " + count(report.exact.conflicting_rows) + " rows with conflicting labels");
    add(report.normalised.groups > 0 ? Level::warning : Level::ok, "same words",
        count(report.normalised.groups) + " groups in " + count(report.normalised.rows) + " rows, " +
            count(report.normalised.surplus()) + " too many; " + count(report.normalised.conflicting_groups) +
            " groups in " + count(report.normalised.conflicting_rows) + " rows with conflicting labels" +
            pairs_of(report));
    add(report.test_twins > 0 ? Level::warning : Level::ok, "twins in the split",
        count(report.test_twins) + " of " + count(report.test_rows) +
            " test rows have the same words as a training row (" +
            percent(report.test_twins, report.test_rows) + "), " + count(report.test_twins_same_label) +
            " of them with the same label");
    std::ostringstream lengths;
    lengths << std::fixed << std::setprecision(1) << report.characters.shortest << " to "
            << report.characters.longest << ", mean " << report.characters.mean << ", median "
            << report.characters.median << ", 95 % up to " << report.characters.p95;
    add(Level::note, "characters", lengths.str());
    if (!reading) return findings;

    add(reading->cut * 100 > report.rows ? Level::warning : Level::ok, "pieces",
        "median " + count(reading->pieces.median) + ", 99 % up to " + count(reading->pieces.p99) +
            ", longest " + count(reading->pieces.longest) + "; " + count(reading->cut) +
            " sentences are cut at " + count(kMaxTokens));
    const auto healthy = check_health(reading->health);
    add(reading->health.unknown_share > 0.02 ? (healthy ? Level::warning : Level::error) : Level::ok,
        "unknown pieces", percent(reading->health.unknown_share));
    add(healthy ? Level::ok : Level::error, "distinct inputs",
        percent(reading->health.distinct_share) + " of the rows" +
            (healthy
                 ? ""
                 : ": every sentence becomes nearly the same input, as in the notebook's constant-input bug"));
    return findings;
}

const char* name_of(Finding::Level level) {
    switch (level) {
        case Finding::Level::ok: return "ok";
        case Finding::Level::note: return "note";
        case Finding::Level::warning: return "warning";
        case Finding::Level::error: return "error";
    }
    return "";
}

nlohmann::ordered_json to_json(const data::Repetition& repetition) {
    return {{"groups", repetition.groups},
            {"rows", repetition.rows},
            {"surplus", repetition.surplus()},
            {"conflicting_groups", repetition.conflicting_groups},
            {"conflicting_rows", repetition.conflicting_rows}};
}

nlohmann::ordered_json to_json(const data::LintReport& report, const std::optional<Reading>& reading,
                               const std::vector<Finding>& findings) {
    nlohmann::ordered_json json{{"rows", report.rows},
                                {"blank_rows", report.blank_rows},
                                {"half_filled_rows", report.half_filled},
                                {"sorted_by_label", report.is_sorted_by_label},
                                {"exact_duplicates", to_json(report.exact)},
                                {"normalised_duplicates", to_json(report.normalised)},
                                {"test_rows", report.test_rows},
                                {"test_twins", report.test_twins},
                                {"test_twins_same_label", report.test_twins_same_label}};
    for (const auto emotion : api::kEmotions)
        json["labels"][std::string(api::korean_name(emotion))] = report.by_emotion[api::index_of(emotion)];
    for (const auto& [labels, count] : report.conflicting_pairs) {
        json["conflicting_pairs"].push_back(
            {{"labels", {api::korean_name(labels.first), api::korean_name(labels.second)}},
             {"pairs", count}});
    }
    if (reading) {
        json["unknown_share"] = reading->health.unknown_share;
        json["distinct_share"] = reading->health.distinct_share;
        json["sentences_cut"] = reading->cut;
    }
    for (const auto& finding : findings)
        json["findings"].push_back(
            {{"level", name_of(finding.level)}, {"name", finding.name}, {"text", finding.text}});
    return json;
}

void print(std::ostream& out, const std::vector<Finding>& findings, bool has_colours) {
    for (const auto& finding : findings) {
        const auto* colour = finding.level == Finding::Level::error     ? "\x1b[31m"
                             : finding.level == Finding::Level::warning ? "\x1b[33m"
                                                                        : "";
        const bool is_coloured = has_colours && *colour != 0;
        out << (is_coloured ? colour : "") << std::left << std::setw(8) << name_of(finding.level)
            << (is_coloured ? "\x1b[0m" : "") << std::setw(19) << finding.name << finding.text << "\n";
    }
}

}  // namespace

int run_lint(const LintCommand& command) {
    const auto refuse = [](const api::Failure& failure) {
        std::cerr << "nunchi-train lint: " << failure.message << "\n";
        return exit_code_of(failure);
    };
    const auto rows = load_labelled_rows(command);
    if (!rows) return refuse(rows.error());
    const auto reading = read_with(command.model, *rows);
    if (!reading) return refuse(reading.error());
    const auto split =
        data::split_like_notebook(rows->rows.size(), command.split.test_fraction, command.split.seed);
    const auto report = data::lint(*rows, split ? split->test : std::vector<std::uint32_t>());
    const auto findings = judge(report, *reading);
    if (command.json) {
        std::cout << to_json(report, *reading, findings).dump() << "\n";
    } else {
        print(std::cout, findings, isatty(STDOUT_FILENO) == 1);
    }
    const auto failing = command.is_strict ? Finding::Level::warning : Finding::Level::error;
    const bool is_bad = std::ranges::any_of(findings, [&](const Finding& it) { return it.level >= failing; });
    return is_bad ? EX_DATAERR : EX_OK;
}

}  // namespace nunchi::trainer
