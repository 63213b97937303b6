// An evaluation as PNG files.
#pragma once

#include <filesystem>
#include <string>

#include "classifier/api/error.hpp"
#include "trainer/evaluation.hpp"
#include "trainer/ledger.hpp"

namespace nunchi::trainer {

struct PictureSubject {
    std::string model_id;
    const Evaluation& evaluation;
    LedgerHistory history;
};

/// Writes confusion.png, reliability.png and, where the history has an epoch, training.png into `folder`,
/// which is made when it is not there. A Failure names the file that could not be written.
api::outcome<void> write_pictures(const std::filesystem::path& folder, const PictureSubject& subject);

}  // namespace nunchi::trainer
