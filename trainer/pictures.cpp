#include "trainer/pictures.hpp"

#include <vector>

#include "charts/axes.hpp"
#include "charts/confusion_matrix.hpp"
#include "charts/reliability_diagram.hpp"
#include "charts/training_curves.hpp"
#include "classifier/model_folder/folder_writer.hpp"

namespace nunchi::trainer {
namespace {

using charts::fixed;
using charts::Label;

Label rows_of(const Metrics& metrics) {
    const auto rows = charts::grouped(metrics.rows);
    return {"문장 " + rows + "개로 평가", "on " + rows + " sentences"};
}

charts::ConfusionMatrix confusion_of(const PictureSubject& subject) {
    const auto& metrics = subject.evaluation.metrics;
    const auto figures = fixed(100 * metrics.accuracy, 1) + " %";
    const auto top2 = fixed(100 * subject.evaluation.top2_accuracy, 1) + " %";
    const auto macro_f1 = fixed(metrics.macro_f1, 3);
    charts::ConfusionMatrix matrix;
    matrix.lines = {Label(subject.model_id),
                    rows_of(metrics),
                    {"정확도 " + figures + " · 매크로 F1 " + macro_f1 + " · 둘째 답까지 " + top2,
                     "accuracy " + figures + " · macro-F1 " + macro_f1 + " · top-2 " + top2}};
    for (const auto emotion : api::kEmotions) {
        matrix.labels.emplace_back(std::string(api::korean_name(emotion)),
                                   std::string(api::english_name(emotion)));
        const auto& counts = metrics.confusion[api::index_of(emotion)];
        matrix.counts.emplace_back(counts.begin(), counts.end());
    }
    return matrix;
}

charts::ReliabilityDiagram reliability_of(const PictureSubject& subject) {
    const auto ece = fixed(100 * subject.evaluation.reliability.ece, 1);
    charts::ReliabilityDiagram diagram;
    diagram.lines = {Label(subject.model_id),
                     rows_of(subject.evaluation.metrics),
                     {"평균 " + ece + " %p 빗나감(ECE) · 점선에 가까울수록 정직함",
                      "off by " + ece + " points on average (ECE)"}};
    for (const auto& bin : subject.evaluation.reliability.bins)
        diagram.bins.push_back({bin.lower, bin.upper, bin.rows, bin.confidence, bin.accuracy});
    return diagram;
}

charts::TrainingCurves curves_of(const PictureSubject& subject) {
    charts::TrainingCurves curves;
    curves.lines = {Label(subject.model_id)};
    curves.best_epoch = subject.history.best_epoch;
    if (curves.best_epoch > 0) {
        const auto best = std::to_string(curves.best_epoch);
        curves.lines.emplace_back("점선: 저장된 에폭 " + best, "dashed: epoch " + best + ", which was kept");
    }
    for (const auto& epoch : subject.history.epochs) {
        curves.training_loss.push_back({epoch.epoch, epoch.training_loss});
        curves.training_accuracy.push_back({epoch.epoch, epoch.training_accuracy});
        if (epoch.validation_accuracy)
            curves.validation_accuracy.push_back({epoch.epoch, *epoch.validation_accuracy});
        if (epoch.validation_macro_f1)
            curves.validation_macro_f1.push_back({epoch.epoch, *epoch.validation_macro_f1});
    }
    return curves;
}

}  // namespace

api::outcome<void> write_pictures(const std::filesystem::path& folder, const PictureSubject& subject) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return api::failure(api::errc::io_error,
                            folder.string() + ": the folder cannot be made: " + error.message());
    }
    const auto write = [&folder](const char* name, const charts::Canvas& picture) {
        return model_folder::write_text_file(folder / name, picture.png());
    };
    if (auto done = write("confusion.png", draw(confusion_of(subject))); !done) return done;
    if (auto done = write("reliability.png", draw(reliability_of(subject))); !done) return done;
    if (subject.history.epochs.empty()) return {};
    return write("training.png", draw(curves_of(subject)));
}

}  // namespace nunchi::trainer
