#include "classifier/engine/engine.hpp"

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "classifier/batching/scheduler.hpp"
#include "classifier/calibration/calibration.hpp"
#include "classifier/engine/golden_check.hpp"
#include "classifier/engine/precision.hpp"
#include "classifier/model/emotion_model.hpp"

namespace nunchi::engine {
namespace {

/// What answers requests at one time; hot swap will exchange it as a whole.
struct ServedModel {
    std::shared_ptr<const model::EmotionModel> model;
    model::Precision precision;
    calibration::Calibration calibration;
    std::string id;
    std::string hash;
};

class InProcessEngine final : public Engine {
public:
    InProcessEngine(ServedModel served, Options options)
        : served_(std::make_shared<const ServedModel>(std::move(served))),
          options_(std::move(options)),
          scheduler_({.batch = {.max_tokens = options_.max_batch_tokens,
                                .max_requests = options_.max_batch_messages},
                      .max_queued_tokens = options_.max_queued_tokens},
                     [this](std::span<batching::BatchItem* const> batch) { run(batch); }) {}

    boost::asio::awaitable<api::result<api::Prediction>> classify(api::Encoded message) override {
        if (const auto error = served_->model->check(message.ids)) co_return error;
        if (!message.model_hash.empty() && message.model_hash != served_->hash) {
            co_return api::make_error_code(api::errc::wrong_model);
        }
        co_return co_await scheduler_.submit(std::move(message));
    }

    std::string device() const override { return served_->model->device().str(); }

    std::string precision() const override { return model::name_of(served_->precision); }

    void stop() override { scheduler_.stop(batching::Drain::finish); }

private:
    void run(std::span<batching::BatchItem* const> batch) {
        apply_thread_count();
        std::vector<model::Message> messages;
        messages.reserve(batch.size());
        for (const auto* item : batch) messages.push_back({item->message.ids});
        try {
            answer(batch, served_->model->logits(messages));
        } catch (const c10::Error& error) {
            report(error.what_without_backtrace());
        } catch (const std::exception& error) {
            report(error.what());
        }
    }

    void report(const std::string& message) const {
        if (options_.on_error) options_.on_error(message);
    }

    void answer(std::span<batching::BatchItem* const> batch,
                const std::vector<model::EmotionLogits>& logits) const {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (!std::ranges::all_of(logits[i], [](float logit) { return std::isfinite(logit); })) {
                report(served_->id +
                       ": a logit is no finite number; check the model with `nunchi model verify`");
                continue;
            }
            api::Prediction prediction;
            calibration::apply(served_->calibration, logits[i], prediction);
            prediction.model_id = served_->id;
            prediction.token_count = batch[i]->message.ids.size();
            batch[i]->answer = std::move(prediction);
        }
    }

    /// OpenMP keeps its settings per calling thread, so the inference thread sets its own, once.
    void apply_thread_count() {
        if (threads_applied_) return;
        threads_applied_ = true;
        if (options_.threads > 0) at::set_num_threads(options_.threads);
    }

    std::shared_ptr<const ServedModel> served_;
    Options options_;
    bool threads_applied_ = false;
    batching::Scheduler scheduler_;  // Last: its thread uses what stands above.
};

}  // namespace

api::outcome<std::unique_ptr<Engine>> create_engine(const model_folder::ModelFolder& folder,
                                                    Options options) {
    const auto device = model::device_named(options.device);
    if (!device) return device.error();
    try {
        const auto loaded = load_in_precision(folder, *device, options);
        if (!loaded) return loaded.error();
        if (auto checked = check_golden_probabilities(folder.manifest, *loaded->model); !checked)
            return checked.error();
        ServedModel served{loaded->model, loaded->precision, folder.manifest.calibration, folder.model_id(),
                           folder.weights_hash};
        return std::make_unique<InProcessEngine>(std::move(served), std::move(options));
    } catch (const c10::Error& error) {
        return api::failure(api::errc::inference_failed, std::string("loading the model on ") +
                                                             device->str() +
                                                             " failed: " + error.what_without_backtrace());
    }
}

}  // namespace nunchi::engine
