// Reads what a model folder says about its own making; anything may be missing there or of another shape.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace nunchi::trainer {

/// The text or number at a JSON pointer such as "/data/sha256", as text; empty when there is none.
std::string text_at(const nlohmann::ordered_json& json, const char* pointer);

struct LedgerEpoch {
    int epoch = 0;  // from 1
    double training_loss = 0;
    double training_accuracy = 0;
    std::optional<double> validation_accuracy;
    std::optional<double> validation_macro_f1;
};

struct LedgerHistory {
    std::vector<LedgerEpoch> epochs;  // empty where the ledger has none
    int best_epoch = 0;               // 0: unknown
};

/// Of `provenance.fit.history`; epochs that lack a figure are left out.
LedgerHistory history_of(const nlohmann::ordered_json& provenance);

}  // namespace nunchi::trainer
