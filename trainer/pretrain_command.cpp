#include <ATen/Parallel.h>
#include <sysexits.h>

#include <iostream>

#include "classifier/model/emotion_model.hpp"
#include "classifier/model_folder/sha256.hpp"
#include "classifier/text/normaliser.hpp"
#include "trainer/commands.hpp"
#include "trainer/model_writer.hpp"
#include "trainer/provenance.hpp"
#include "trainer/state_file.hpp"
#include "trainer/stop_signal.hpp"
#include "trainer/training_progress.hpp"

namespace nunchi::trainer {
namespace {

/// All that decides how it runs; what must be the same in a run that goes on with another's state.
nlohmann::ordered_json run_of(const PretrainCommand& command, const Start& start, const Corpus& corpus) {
    const auto& options = command.options;
    nlohmann::ordered_json json;
    for (const auto& file : command.files) {
        const auto hash = model_folder::sha256_of_file(file);
        json["data"].push_back({{"file", file.filename().string()}, {"sha256", hash ? *hash : "unreadable"}});
    }
    json["sentences"] = corpus.size();
    json["base"] = start.base;
    json["pretrain"] = {{"epochs", options.epochs},
                        {"batch_size", options.batch_size},
                        {"learning_rate", options.learning_rate},
                        {"warmup_ratio", options.warmup_ratio},
                        {"mask_share", options.mask_share},
                        {"rating_weight", options.rating_weight},
                        {"max_tokens", command.start.max_tokens},
                        {"seed", options.seed}};
    json["threads"] = at::get_num_threads();
    return json;
}

nlohmann::ordered_json provenance(nlohmann::ordered_json run, const PretrainResult& result) {
    run.erase("threads");
    run["pretrain"].update({{"updates", result.updates},
                            {"was_cancelled", result.was_cancelled},
                            {"masked_loss", result.masked_loss},
                            {"rating_loss", result.rating_loss}});
    run["software"] = software_provenance();
    return run;
}

api::outcome<Corpus> read_corpus(const PretrainCommand& command, const text::TextEncoder& encoder) {
    Corpus corpus;
    for (const auto& file : command.files) {
        if (auto added = add_to_corpus(corpus, file, encoder, command.max_sentences); !added)
            return added.error();
    }
    if (corpus.size() == 0) {
        return api::failure(api::errc::bad_format, "the files hold no sentence of three pieces or more");
    }
    return corpus;
}

api::outcome<PretrainResult> train_and_write(const PretrainCommand& command) {
    const auto if_exists = command.overwrite ? model_folder::IfExists::replace : model_folder::IfExists::fail;
    if (auto possible = model_folder::check_output(command.output, if_exists); !possible)
        return possible.error();
    const auto device = model::device_named(command.device);
    if (!device) return device.error();
    auto start = start_encoder(command.start);
    if (!start) return start.error();
    const auto encoder = create_encoder(command.start, *start);
    if (!encoder) return encoder.error();
    const auto corpus = read_corpus(command, *encoder);
    if (!corpus) return corpus.error();
    std::cerr << "pre-training on " << corpus->size() << " sentences\n";

    model::transform(start->weights, [&](const at::Tensor& tensor) { return tensor.to(*device); });
    const auto run = run_of(command, *start, *corpus);
    StateFile file(command.output, run);
    const auto saved = file.open(command.resumes, command.overwrite);
    if (!saved) return saved.error();
    TrainingProgress progress(command.progress, command.options.epochs);
    auto result = pretrain(start->weights, start->config, *corpus, command.options,
                           {.on_batch = [&](const FitProgress& batch) { progress.show(batch); },
                            .is_cancelled = [&] { return command.finishes_now || is_stop_requested(); },
                            .keep_state = [&](const TrainingState& state) { file.keep(state); }},
                           *saved ? &**saved : nullptr);
    if (!result) return result.error();
    if (result->was_cancelled && !(command.finishes_now && result->updates > 0))
        return file.stopped(result->updates > 0);
    model_folder::Manifest manifest;
    manifest.normaliser_version = command.start.uses_normaliser ? text::kNormaliserVersion : 0;
    manifest.added_tokens = start->added_tokens;
    manifest.provenance = provenance(run, *result);
    const auto written = write_model_folder(command.output,
                                            {.weights = start->weights,
                                             .config = start->config,
                                             .manifest = manifest,
                                             .spiece = start->spiece,
                                             .max_tokens = command.start.max_tokens,
                                             .stored_as = model::StoredAs::f16},
                                            if_exists);
    if (!written) return written.error();
    if (!result->was_cancelled) file.remove();
    return result;
}

}  // namespace

int run_pretrain(const PretrainCommand& command) {
    watch_stop_signals();
    if (command.threads > 0) at::set_num_threads(command.threads);
    const auto result = train_and_write(command);
    if (!result) {
        std::cerr << "nunchi-train pretrain: " << result.error().message << "\n";
        return exit_code_of(result.error());
    }
    if (command.progress == "json") {
        const nlohmann::ordered_json line{{"event", "done"},
                                          {"model", command.output.string()},
                                          {"updates", result->updates},
                                          {"masked_loss", result->masked_loss},
                                          {"rating_loss", result->rating_loss}};
        std::cout << line.dump() << "\n";
        return EX_OK;
    }
    std::cout << "wrote " << command.output.string() << " after " << result->updates
              << " updates; loss of the hidden pieces " << result->masked_loss << ", of the ratings "
              << result->rating_loss << "\n";
    return EX_OK;
}

}  // namespace nunchi::trainer
