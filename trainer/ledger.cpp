#include "trainer/ledger.hpp"

namespace nunchi::trainer {
namespace {

using nlohmann::ordered_json;

const ordered_json* find(const ordered_json& json, const char* pointer) {
    const ordered_json::json_pointer place(pointer);
    return json.contains(place) ? &json.at(place) : nullptr;
}

std::optional<double> number_at(const ordered_json& json, const char* pointer) {
    const auto* value = find(json, pointer);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->get<double>();
}

}  // namespace

std::string text_at(const ordered_json& json, const char* pointer) {
    const auto* value = find(json, pointer);
    if (value == nullptr || value->is_structured() || value->is_null()) return "";
    return value->is_string() ? value->get<std::string>() : value->dump();
}

LedgerHistory history_of(const ordered_json& provenance) {
    LedgerHistory history;
    history.best_epoch = static_cast<int>(number_at(provenance, "/fit/best_epoch").value_or(0));
    const auto* entries = find(provenance, "/fit/history");
    if (entries == nullptr || !entries->is_array()) return history;
    for (const auto& entry : *entries) {
        const auto epoch = number_at(entry, "/epoch");
        const auto loss = number_at(entry, "/training_loss");
        const auto accuracy = number_at(entry, "/training_accuracy");
        if (!epoch || !loss || !accuracy) continue;
        history.epochs.push_back({static_cast<int>(*epoch), *loss, *accuracy,
                                  number_at(entry, "/validation_accuracy"),
                                  number_at(entry, "/validation_macro_f1")});
    }
    return history;
}

}  // namespace nunchi::trainer
