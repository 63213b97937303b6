// The file OUT.unfinished, in which a training that was stopped waits to be taken up again.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "classifier/api/error.hpp"
#include "trainer/training_state.hpp"

namespace nunchi::trainer {

class StateFile {
public:
    /// `run` says all that must be the same for the state to fit: data, start, recipe. Another number of
    /// threads
    /// ("threads") only costs the last bits.
    StateFile(std::filesystem::path output, nlohmann::ordered_json run);

    /// What a stopped run left; nothing where there is none. errc::bad_format: there is one, and neither
    /// `resumes` nor `overwrites`, or it belongs to another run, which the message tells apart.
    api::outcome<std::optional<TrainingState>> open(bool resumes, bool overwrites) const;

    /// Training goes on when it cannot be written; the first time this is said on standard error.
    void keep(const TrainingState& state);

    /// errc::cancelled, with what the user can do now. `can_finish`: there is something to be written
    /// already.
    api::Failure stopped(bool can_finish) const;

    void remove() const;

private:
    std::filesystem::path path_;
    nlohmann::ordered_json run_;
    std::string problem_;  // why it could not be written
};

}  // namespace nunchi::trainer
