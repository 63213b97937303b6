#include "bot/cli/import_weights.hpp"

#include <deque>
#include <utility>
#include <vector>

#include "classifier/model/bert_tensors.hpp"
#include "classifier/model_folder/folder_writer.hpp"
#include "classifier/weights/safetensors.hpp"
#include "classifier/weights/weights_file.hpp"

namespace nunchi::cli {
namespace {

using Tensors = std::vector<weights::TensorView>;
using Buffers = std::deque<std::vector<std::byte>>;

/// Leaves out the rows of a tensor that no emotion is named for; `buffers` owns what is left.
void keep_named_rows(weights::TensorView& tensor, const HeadLabels& labels, Buffers& buffers) {
    const auto row_bytes = tensor.bytes.size() / labels.rows.size();
    auto& kept = buffers.emplace_back();
    std::int64_t rows = 0;
    for (std::size_t row = 0; row < labels.rows.size(); ++row) {
        if (!labels.rows[row]) continue;
        const auto bytes = tensor.bytes.subspan(row * row_bytes, row_bytes);
        kept.insert(kept.end(), bytes.begin(), bytes.end());
        ++rows;
    }
    tensor.shape.front() = rows;
    tensor.bytes = kept;
}

std::vector<std::string> names_of(const HeadLabels& labels) {
    std::vector<std::string> names;
    for (const auto& emotion : labels.rows) {
        if (emotion) names.emplace_back(api::korean_name(*emotion));
    }
    return names;
}

std::size_t head_rows(const Tensors& tensors) {
    const auto* head = model::find_tensor(tensors, "classifier.weight");
    return head == nullptr || head->shape.empty() ? 0 : static_cast<std::size_t>(head->shape.front());
}

}  // namespace

api::outcome<ImportedWeights> import_weights(const ImportSource& source, const std::string& labels,
                                             const Ask& ask, const std::filesystem::path& folder) {
    const auto file = weights::WeightsFile::open(source.weights);
    if (!file) return file.error();
    auto tensors = model::bert_tensors(file->tensors(), source.weights);
    if (!tensors) return tensors.error();

    ImportedWeights imported{.format = std::string(file->format())};
    auto config = source.folder.config;
    Buffers buffers;
    const auto rows = head_rows(*tensors);
    imported.has_head = rows > 0;
    if (!imported.has_head && !labels.empty()) {
        return api::failure(api::errc::not_supported,
                            source.weights.string() +
                                ": has no classifier head, so there is nothing to name; leave "
                                "out --labels");
    }
    if (imported.has_head) {
        const auto named = head_labels({rows, config.labels, labels, ask});
        if (!named)
            return api::Failure{named.error().code, source.weights.string() + ": " + named.error().message};
        imported.labels = named->source;
        config.labels = names_of(*named);
        for (auto& tensor : *tensors) {
            const bool is_head = tensor.name == "classifier.weight" || tensor.name == "classifier.bias";
            const bool has_rows =
                !tensor.shape.empty() && tensor.shape.front() == static_cast<std::int64_t>(rows);
            if (is_head && has_rows && config.labels.size() != rows) keep_named_rows(tensor, *named, buffers);
        }
    } else {
        config.labels.clear();
    }
    if (auto checked = model::check_bert_tensors(*tensors, config, source.weights); !checked)
        return checked.error();
    auto written =
        weights::write_safetensors(folder / model_folder::kWeightsFile, *tensors, {{"format", "pt"}});
    if (!written) return written.error();
    written = model_folder::write_text_file(folder / model_folder::kConfigFile, to_json(config));
    if (!written) return written.error();
    return imported;
}

}  // namespace nunchi::cli
