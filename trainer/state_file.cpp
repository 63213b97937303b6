#include "trainer/state_file.hpp"

#include <iostream>
#include <utility>

namespace nunchi::trainer {
namespace {

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

}  // namespace

StateFile::StateFile(std::filesystem::path output, nlohmann::ordered_json run)
    : path_(std::move(output += ".unfinished")), run_(std::move(run)) {}

api::outcome<std::optional<TrainingState>> StateFile::open(bool resumes, bool overwrites) const {
    if (!std::filesystem::exists(path_)) {
        if (resumes) std::cerr << "nothing to resume at " << path_.string() << ": starting anew\n";
        return std::nullopt;
    }
    if (!resumes && overwrites) return std::nullopt;
    if (!resumes) {
        return api::failure(api::errc::bad_format,
                            path_.string() +
                                ": an unfinished training stands here; go on with --resume, or " +
                                "start anew with --overwrite");
    }
    auto saved = load_training_state(path_);
    if (!saved) return saved.error();
    if (const auto names = differences(saved->run, run_); !names.empty()) {
        return api::failure(api::errc::bad_format,
                            path_.string() + ": belongs to a training with other settings (" + names +
                                "); give the same ones, or start anew with --overwrite");
    }
    if (saved->run.value("threads", 0) != run_.value("threads", 0)) {
        std::cerr << "warning: the state was saved with " << saved->run.value("threads", 0)
                  << " threads; the weights may differ in their last bits\n";
    }
    return std::move(saved->state);
}

void StateFile::keep(const TrainingState& state) {
    const auto done = save_training_state(path_, state, run_);
    if (done) {
        problem_.clear();
        return;
    }
    if (problem_.empty()) {
        std::cerr << "warning: the state cannot be saved, so a stop would lose this run: "
                  << done.error().message << "\n";
    }
    problem_ = done.error().message;
}

api::Failure StateFile::stopped(bool can_finish) const {
    if (!problem_.empty()) {
        return api::failure(api::errc::cancelled, "stopped; nothing could be saved: " + problem_);
    }
    return api::failure(api::errc::cancelled,
                        "stopped; the same command with --resume goes on from " + path_.string() +
                            (can_finish ? ", with --resume --finish-now it writes what there is" : ""));
}

void StateFile::remove() const {
    std::error_code ignored;  // a state that stays behind is only in the way
    std::filesystem::remove(path_, ignored);
}

}  // namespace nunchi::trainer
