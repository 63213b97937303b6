#include "trainer/resumable_fit.hpp"

#include <ATen/Parallel.h>
#include <unistd.h>

#include <iostream>
#include <iterator>

#include "trainer/fit_state.hpp"
#include "trainer/progress_bar.hpp"
#include "trainer/progress_json.hpp"
#include "trainer/stop_signal.hpp"

namespace nunchi::trainer {
namespace {

std::filesystem::path state_file(const FitCommand& command) {
    auto path = command.output;
    return path += ".unfinished";
}

/// What differs, "/fit/epochs, /data"; empty for the same run.
std::string differences(const nlohmann::ordered_json& saved, const nlohmann::ordered_json& ours) {
    std::string names;
    for (const auto& change : nlohmann::ordered_json::diff(saved, ours)) {
        const auto path = change.at("path").get<std::string>();
        // Another number of threads only decides the last bits.
        if (path != "/threads") names += (names.empty() ? "" : ", ") + path;
    }
    return names;
}

/// The state of a stopped run of the same command; nothing when there is none.
api::outcome<std::optional<FitState>> state_to_resume(const FitCommand& command,
                                                      const nlohmann::ordered_json& run) {
    const auto file = state_file(command);
    if (!std::filesystem::exists(file)) {
        if (command.resumes) std::cerr << "nothing to resume at " << file.string() << ": starting anew\n";
        return std::nullopt;
    }
    if (!command.resumes) {
        if (command.overwrite) return std::nullopt;
        return api::failure(api::errc::bad_format,
                            file.string() + ": an unfinished training stands here; go on with --resume, or " +
                                "start anew with --overwrite");
    }
    auto saved = load_fit_state(file);
    if (!saved) return saved.error();
    if (const auto names = differences(saved->run, run); !names.empty()) {
        return api::failure(api::errc::bad_format,
                            file.string() + ": belongs to a training with other settings (" + names +
                                "); give the same ones, or start anew with --overwrite");
    }
    if (saved->run.value("threads", 0) != at::get_num_threads()) {
        std::cerr << "warning: the state was saved with " << saved->run.value("threads", 0)
                  << " threads; the weights may differ in their last bits\n";
    }
    return std::move(saved->state);
}

/// Progress in the form that was asked for.
class Progress {
public:
    explicit Progress(const FitCommand& command)
        : form_(command.progress),
          epochs_(command.options.epochs),
          bar_(std::cerr, form_ == "bar" || (form_ == "auto" && isatty(STDERR_FILENO) == 1)),
          json_(std::cout) {}

    void show(const FitProgress& progress) {
        if (form_ == "json")
            json_.show(progress);
        else if (form_ != "none")
            bar_.show(progress);
    }

    void finish_epoch(const EpochReport& report) {
        if (form_ == "json")
            json_.finish_epoch(report);
        else if (form_ != "none")
            bar_.finish_epoch(report, epochs_);
    }

private:
    std::string form_;
    int epochs_;
    ProgressBar bar_;
    ProgressJson json_;
};

}  // namespace

api::outcome<FitResult> fit_resumably(const FitCommand& command, Start& start,
                                      const nlohmann::ordered_json& run, const TrainingSet& training,
                                      const TrainingSet& validation) {
    const auto saved = state_to_resume(command, run);
    if (!saved) return saved.error();
    Progress progress(command);
    std::string unsaved;
    const auto keep = [&](const FitState& state) {
        const auto done = save_fit_state(state_file(command), state, run);
        if (done || !unsaved.empty()) return;
        unsaved = done.error().message;
        std::cerr << "warning: the state cannot be saved, so a stop would lose this run: " << unsaved << "\n";
    };
    auto result = fit(start.weights, start.config, training, validation, command.options,
                      {.on_batch = [&](const FitProgress& batch) { progress.show(batch); },
                       .on_epoch = [&](const EpochReport& report) { progress.finish_epoch(report); },
                       .is_cancelled = [&] { return command.takes_best || is_stop_requested(); },
                       .keep_state = keep},
                      *saved ? &**saved : nullptr);
    if (!result) return result;
    if (!result->was_cancelled) {
        if (std::ssize(result->epochs) < command.options.epochs) {
            std::cerr << "ended after epoch " << result->epochs.size() << ": no better one since epoch "
                      << result->best_epoch << "\n";
        }
        return result;
    }
    if (command.takes_best && result->best_epoch > 0) return result;
    if (command.takes_best) return api::failure(api::errc::cancelled, "no epoch is finished yet");
    if (!unsaved.empty())
        return api::failure(api::errc::cancelled, "stopped; nothing could be saved: " + unsaved);
    return api::failure(
        api::errc::cancelled,
        "stopped; the same command with --resume goes on from " + state_file(command).string() +
            (result->best_epoch > 0 ? ", with --resume --take-best it writes the best epoch so far" : ""));
}

void remove_state(const FitCommand& command) {
    std::error_code ignored;  // a state that stays behind is only in the way
    std::filesystem::remove(state_file(command), ignored);
}

}  // namespace nunchi::trainer
