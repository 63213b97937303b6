#include <ATen/Parallel.h>
#include <sysexits.h>

#include <algorithm>
#include <iostream>
#include <iterator>

#include "classifier/model/emotion_model.hpp"
#include "classifier/model_folder/sha256.hpp"
#include "trainer/calibrate.hpp"
#include "trainer/commands.hpp"
#include "trainer/data/labelled.hpp"
#include "trainer/data/split.hpp"
#include "trainer/evaluation_json.hpp"
#include "trainer/evaluation_table.hpp"
#include "trainer/model_writer.hpp"
#include "trainer/presets.hpp"
#include "trainer/provenance.hpp"
#include "trainer/state_file.hpp"
#include "trainer/stop_signal.hpp"
#include "trainer/training_progress.hpp"

namespace nunchi::trainer {
namespace {

struct Parts {
    TrainingSet training;
    TrainingSet validation;
    TrainingSet test;
    std::string data_hash;
    std::string split_hash;  // of the test rows' indices as little-endian uint32
    std::size_t rows = 0;
};

api::outcome<Parts> prepare(const FitCommand& command, const text::TextEncoder& encoder) {
    auto hash = model_folder::sha256_of_file(command.data);
    if (!hash) return hash.error();
    const auto labelled = load_labelled_rows(command);
    if (!labelled) return labelled.error();
    const auto split =
        data::split_like_notebook(labelled->rows.size(), command.split.test_fraction, command.split.seed);
    if (!split) return split.error();
    const auto all = encode_rows(labelled->rows, encoder);
    if (auto healthy = check_health(input_health(all)); !healthy) return healthy.error();

    Parts parts;
    parts.data_hash = std::move(*hash);
    parts.split_hash = model_folder::sha256(std::as_bytes(std::span(split->test)));
    parts.rows = labelled->rows.size();
    parts.test = select(all, split->test);
    // The split's order is random already, so its last rows are a random part.
    const auto training_rows = std::span(split->train);
    const auto held_out =
        static_cast<std::size_t>(static_cast<double>(training_rows.size()) * command.validation_fraction);
    parts.validation = select(all, training_rows.last(held_out));
    parts.training = select(all, training_rows.first(training_rows.size() - held_out));
    return parts;
}

void warn_of_absent_emotions(const TrainingSet& training) {
    for (const auto emotion : api::kEmotions) {
        if (std::find(training.labels.begin(), training.labels.end(), emotion) != training.labels.end())
            continue;
        std::cerr << "warning: no training row is labelled " << api::korean_name(emotion)
                  << ", so the model cannot learn it\n";
    }
}

nlohmann::ordered_json ledger_of(const FitCommand& command, const FitResult& result) {
    auto json = recipe(command);
    json["best_epoch"] = result.best_epoch;
    json["history"] = nlohmann::ordered_json::array();
    for (const auto& report : result.epochs) json["history"].push_back(to_json(report));
    return json;
}

nlohmann::ordered_json provenance(const FitCommand& command, const Start& start, const Parts& parts,
                                  const FitResult& result) {
    nlohmann::ordered_json json;
    json["data"] = {
        {"file", command.data.filename().string()}, {"sha256", parts.data_hash}, {"rows", parts.rows}};
    json["split"] = {{"method", "notebook"},
                     {"test_fraction", command.split.test_fraction},
                     {"random_state", command.split.seed},
                     {"test_rows_sha256", parts.split_hash},
                     {"training_rows", parts.training.size()},
                     {"validation_rows", parts.validation.size()},
                     {"test_rows", parts.test.size()}};
    json["base"] = start.base;
    json["fit"] = ledger_of(command, result);
    json["software"] = software_provenance();
    return json;
}

/// What must be the same in a run that goes on with another's state.
nlohmann::ordered_json run_of(const FitCommand& command, const Start& start, const Parts& parts) {
    return {{"data", parts.data_hash}, {"split", parts.split_hash}, {"training_rows", parts.training.size()},
            {"base", start.base},      {"fit", recipe(command)},    {"threads", at::get_num_threads()}};
}

api::outcome<FitResult> train(const FitCommand& command, Start& start, const Parts& parts, StateFile& file) {
    const auto saved = file.open(command.resumes, command.overwrite);
    if (!saved) return saved.error();
    TrainingProgress progress(command.progress, command.options.epochs);
    auto result = fit(start.weights, start.config, parts.training, parts.validation, command.options,
                      {.on_batch = [&](const FitProgress& batch) { progress.show(batch); },
                       .on_epoch = [&](const EpochReport& report) { progress.finish_epoch(report); },
                       .is_cancelled = [&] { return command.finishes_now || is_stop_requested(); },
                       .keep_state = [&](const TrainingState& state) { file.keep(state); }},
                      *saved ? &**saved : nullptr);
    if (!result) return result;
    const bool has_epoch = result->best_epoch > 0;
    if (result->was_cancelled && !(command.finishes_now && has_epoch)) return file.stopped(has_epoch);
    if (!result->was_cancelled && std::ssize(result->epochs) < command.options.epochs) {
        std::cerr << "ended after epoch " << result->epochs.size() << ": no better one since epoch "
                  << result->best_epoch << "\n";
    }
    return result;
}

model::StoredAs stored_as(const FitCommand& command) {
    return command.stored_as == "f32" ? model::StoredAs::f32 : model::StoredAs::f16;
}

/// Rounds the weights to what is stored, so that the figures in the folder are those of its weights.
Calibrated calibrate_as_stored(const FitCommand& command, Start& start, const Parts& parts) {
    const auto type = stored_as(command) == model::StoredAs::f16 ? at::kHalf : at::kFloat;
    model::transform(start.weights, [&](const at::Tensor& tensor) { return tensor.to(type).to(at::kFloat); });
    auto calibrated =
        calibrate(start.weights, start.config, parts.validation, parts.test, command.abstain_precision);
    warn_of_silent_emotions(std::cerr, calibrated.calibration);
    return calibrated;
}

api::outcome<void> write(const FitCommand& command, Start& start, const Parts& parts, const FitResult& result,
                         const Calibrated& calibrated) {
    model_folder::Manifest manifest;
    manifest.normaliser_version = command.start.uses_normaliser ? text::kNormaliserVersion : 0;
    manifest.added_tokens = start.added_tokens;
    manifest.calibration = calibrated.calibration;
    manifest.metrics = to_json(calibrated.test);
    manifest.provenance = provenance(command, start, parts, result);
    manifest.provenance["calibration"] = calibrated.ledger;
    manifest.attribution = command.attribution;
    const auto if_exists = command.overwrite ? model_folder::IfExists::replace : model_folder::IfExists::fail;
    return write_model_folder(command.output,
                              {.weights = start.weights,
                               .config = start.config,
                               .manifest = manifest,
                               .spiece = start.spiece,
                               .max_tokens = command.start.max_tokens,
                               .stored_as = stored_as(command)},
                              if_exists);
}

api::outcome<Evaluation> train_and_write(FitCommand& command) {
    const auto if_exists = command.overwrite ? model_folder::IfExists::replace : model_folder::IfExists::fail;
    if (auto possible = model_folder::check_output(command.output, if_exists); !possible)
        return possible.error();
    const auto device = model::device_named(command.device);
    if (!device) return device.error();
    command.options.uses_bf16 =
        command.precision == "bf16" || (command.precision == "auto" && device->is_cuda());
    auto start = start_classifier(command.start);
    if (!start) return start.error();
    const auto encoder = create_encoder(command.start, *start);
    if (!encoder) return encoder.error();
    const auto parts = prepare(command, *encoder);
    if (!parts) return parts.error();
    std::cerr << "training on " << parts->training.size() << " rows, validating on "
              << parts->validation.size() << ", holding out " << parts->test.size() << "\n";

    warn_of_absent_emotions(parts->training);

    model::transform(start->weights, [&](const at::Tensor& tensor) { return tensor.to(*device); });
    StateFile file(command.output, run_of(command, *start, *parts));
    const auto result = train(command, *start, *parts, file);
    if (!result) return result.error();
    auto calibrated = calibrate_as_stored(command, *start, *parts);
    if (auto written = write(command, *start, *parts, *result, calibrated); !written) return written.error();
    file.remove();
    return std::move(calibrated.test);
}

}  // namespace

int run_fit(FitCommand command) {
    watch_stop_signals();
    if (command.threads > 0) at::set_num_threads(command.threads);
    const auto metrics = train_and_write(command);
    if (!metrics) {
        std::cerr << "nunchi-train fit: " << metrics.error().message << "\n";
        return exit_code_of(metrics.error());
    }
    warn_of_leakage(std::cerr, metrics->metrics);
    if (command.progress == "json") {
        nlohmann::ordered_json line{{"event", "done"}, {"model", command.output.string()}};
        line["metrics"] = to_json(*metrics);
        std::cout << line.dump() << "\n";
        return EX_OK;
    }
    std::cout << "wrote     " << command.output.string() << "\n";
    print(std::cout, *metrics);
    return EX_OK;
}

}  // namespace nunchi::trainer
