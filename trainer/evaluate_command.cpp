#include <sysexits.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>

#include "charts/canvas.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/model_folder/sha256.hpp"
#include "trainer/commands.hpp"
#include "trainer/data/labelled.hpp"
#include "trainer/data/split.hpp"
#include "trainer/evaluation_json.hpp"
#include "trainer/evaluation_markdown.hpp"
#include "trainer/evaluation_table.hpp"
#include "trainer/ledger.hpp"
#include "trainer/logits.hpp"
#include "trainer/pictures.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kMaxTokens = 64;

struct Rows {
    data::LabelledRows labelled;
    std::vector<std::uint32_t> chosen;
    std::string data_hash;
};

struct Measured {
    std::string model_id;
    nlohmann::ordered_json provenance;
    std::vector<Answer> answers;
};

struct Report {
    std::string model_id;
    std::string evaluated;
    Evaluation evaluation;
    std::optional<Comparison> comparison;
    std::vector<std::string> warnings;
};

api::outcome<std::vector<std::uint32_t>> chosen_rows(const EvaluateCommand& command, std::size_t count) {
    if (command.rows == "all") {
        std::vector<std::uint32_t> rows(count);
        std::iota(rows.begin(), rows.end(), std::uint32_t{0});
        return rows;
    }
    auto split = data::split_like_notebook(count, command.split.test_fraction, command.split.seed);
    if (!split) return split.error();
    return command.rows == "train" ? std::move(split->train) : std::move(split->test);
}

std::string describe_rows(const EvaluateCommand& command) {
    if (command.rows == "all") return "all rows";
    return "the " + command.rows + " rows of the notebook's split (test fraction " +
           std::to_string(command.split.test_fraction).substr(0, 4) + ", random_state " +
           std::to_string(command.split.seed) + ")";
}

api::outcome<Rows> load_rows(const EvaluateCommand& command) {
    auto hash = model_folder::sha256_of_file(command.data);
    if (!hash) return hash.error();
    auto labelled = load_labelled_rows(command);
    if (!labelled) return labelled.error();
    auto chosen = chosen_rows(command, labelled->rows.size());
    if (!chosen) return chosen.error();
    return Rows{std::move(*labelled), std::move(*chosen), std::move(*hash)};
}

api::outcome<Measured> ask(const EvaluateCommand& command, const std::filesystem::path& path,
                           const Rows& rows) {
    auto folder = model_folder::open_model_folder(path);
    if (!folder) return folder.error();
    const auto encoder = model_folder::create_encoder(*folder, kMaxTokens);
    if (!encoder) return encoder.error();
    const auto device = model::device_named(command.device);
    if (!device) return device.error();
    const auto precision = command.precision == "bf16" ? model::Precision::bf16 : model::Precision::fp32;
    const auto model = model::EmotionModel::load(*folder, *device, precision);
    if (!model) return model.error();

    const auto set = select(encode_rows(rows.labelled.rows, *encoder), rows.chosen);
    const auto logits = logits_of(**model, set);
    const bool is_sound = std::ranges::all_of(logits, [](const Logits& row) {
        return std::ranges::all_of(row, [](float logit) { return std::isfinite(logit); });
    });
    if (!is_sound) {
        return api::failure(api::errc::inference_failed,
                            folder->model_id() +
                                ": a logit is no finite number; check the model with "
                                "`nunchi model verify`");
    }
    return Measured{folder->model_id(), std::move(folder->manifest.provenance),
                    answers_of(logits, set.labels, folder->manifest.calibration)};
}

/// Rows that are held out in this run, of the same file, were partly learned from when the fit held out
/// others.
bool has_seen(const Measured& measured, const Rows& rows) {
    const auto held_out = text_at(measured.provenance, "/split/test_rows_sha256");
    return !held_out.empty() && text_at(measured.provenance, "/data/sha256") == rows.data_hash &&
           held_out != model_folder::sha256(std::as_bytes(std::span(rows.chosen)));
}

void warn_of_rows(const EvaluateCommand& command, const Measured& measured, const Rows& rows,
                  Report& report) {
    if (command.rows != "test") return;
    if (has_seen(measured, rows)) {
        report.warnings.push_back(measured.model_id +
                                  " held out other rows of this file when it was trained, so it has learned "
                                  "from some of these");
    }
}

api::outcome<Report> evaluate(const EvaluateCommand& command) {
    const auto rows = load_rows(command);
    if (!rows) return rows.error();
    const auto measured = ask(command, command.model, *rows);
    if (!measured) return measured.error();
    Report report{measured->model_id, describe_rows(command), evaluate(measured->answers), {}, {}};
    warn_of_rows(command, *measured, *rows, report);
    if (command.rows == "test") {
        if (auto warning = leakage_warning(report.evaluation.metrics)) report.warnings.push_back(*warning);
    }
    if (!command.against.empty()) {
        const auto other = ask(command, command.against, *rows);
        if (!other) return other.error();
        warn_of_rows(command, *other, *rows, report);
        report.comparison = compare(measured->answers, other->answers, other->model_id);
    }
    if (!command.pictures.empty()) {
        const auto written = write_pictures(command.pictures, {.model_id = report.model_id,
                                                               .evaluation = report.evaluation,
                                                               .history = history_of(measured->provenance)});
        if (!written) return written.error();
        if (!charts::Canvas(1, 1).has_korean_font())
            std::cerr << "warning: no Korean font is installed, so the pictures are in English; install "
                         "fonts-nanum\n";
    }
    return report;
}

void print_json(std::ostream& out, const Report& report) {
    auto json = to_json(report.evaluation);
    json["model"] = report.model_id;
    json["evaluated"] = report.evaluated;
    if (report.comparison) json["against"] = to_json(*report.comparison);
    json["warnings"] = report.warnings;
    out << json.dump() << "\n";
}

void print_markdown(std::ostream& out, const Report& report) {
    out << "## " << report.model_id << "\n\nOn " << report.evaluated << ".\n\n";
    for (const auto& warning : report.warnings) out << "> **Warning:** " << warning << "\n\n";
    write_markdown(out, to_json(report.evaluation));
    if (report.comparison) write_comparison_markdown(out, to_json(*report.comparison));
}

void print_table(std::ostream& out, const Report& report) {
    out << "model     " << report.model_id << "\n"
        << "on        " << report.evaluated << "\n";
    print(out, report.evaluation);
    if (report.comparison) print(out, *report.comparison);
}

}  // namespace

int run_evaluate(const EvaluateCommand& command) {
    const auto report = evaluate(command);
    if (!report) {
        std::cerr << "nunchi-train evaluate: " << report.error().message << "\n";
        return exit_code_of(report.error());
    }
    for (const auto& warning : report->warnings) std::cerr << "warning: " << warning << "\n";
    const auto& show = command.json ? print_json : command.markdown ? print_markdown : print_table;
    show(std::cout, *report);
    return EX_OK;
}

}  // namespace nunchi::trainer
