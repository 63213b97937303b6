#include "bot/cli/classify.hpp"

#include <sysexits.h>

#include <array>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>

namespace nunchi::cli {
namespace {

std::string escape(const std::string& text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '\t': escaped += "\\t"; break;
            case '\n': escaped += "\\n"; break;
            case '\r': escaped += "\\r"; break;
            case '\\': escaped += "\\\\"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string tsv(const std::string& text, const api::Prediction& prediction) {
    std::array<char, 16> score{};
    std::snprintf(score.data(), score.size(), "%.4f",
                  static_cast<double>(prediction.probabilities[api::index_of(prediction.top())]));
    const auto label = prediction.label ? api::korean_name(*prediction.label) : "-";
    return std::string(label) + "\t" + score.data() + "\t" + escape(text);
}

std::string json_line(const std::string& text, const api::Prediction& prediction) {
    nlohmann::ordered_json line;
    line["text"] = text;
    line["label"] = nullptr;
    if (prediction.label) line["label"] = api::korean_name(*prediction.label);
    line["score"] = prediction.probabilities[api::index_of(prediction.top())];
    for (const auto emotion : api::kEmotions) {
        line["probabilities"][std::string(api::korean_name(emotion))] =
            prediction.probabilities[api::index_of(emotion)];
    }
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

struct Pending {
    std::string text;
    std::future<api::result<api::Prediction>> answer;
};

/// A bounded queue between the thread that reads and the thread that writes.
class InFlight {
public:
    explicit InFlight(std::size_t capacity) : capacity_(capacity) {}

    /// Waits for room. False: the writer has given up.
    bool push(Pending pending) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return pending_.size() < capacity_ || is_closed_; });
        if (is_closed_) return false;
        pending_.push_back(std::move(pending));
        changed_.notify_all();
        return true;
    }

    /// Waits for one; nothing when the queue is closed and empty.
    std::optional<Pending> pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !pending_.empty() || is_closed_; });
        if (pending_.empty()) return std::nullopt;
        auto pending = std::move(pending_.front());
        pending_.pop_front();
        changed_.notify_all();
        return pending;
    }

    bool is_empty() {
        const std::lock_guard lock(mutex_);
        return pending_.empty();
    }

    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        changed_.notify_all();
    }

private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Pending> pending_;
    bool is_closed_ = false;
};

class Closing {
public:
    explicit Closing(InFlight& in_flight) : in_flight_(in_flight) {}
    ~Closing() { in_flight_.close(); }
    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;

private:
    InFlight& in_flight_;
};

class Writer {
public:
    Writer(InFlight& in_flight, std::ostream& out, const ClassifyOptions& options)
        : in_flight_(in_flight), out_(out), options_(options) {}

    void run() {
        while (auto pending = in_flight_.pop()) {
            if (failure_) continue;  // Futures of requests that still run are waited for, not written.
            write(*pending);
            if (failure_) in_flight_.close();
        }
        out_.flush();
        check_output();
    }

    const std::optional<std::string>& failure() const { return failure_; }
    int exit_code() const { return exit_code_; }

private:
    void write(Pending& pending) {
        const auto prediction = pending.answer.get();
        if (!prediction) {
            failure_ = prediction.error().message();
            exit_code_ = EX_SOFTWARE;
            return;
        }
        out_ << format_answer(pending.text, *prediction, options_.format) << '\n';
        // Nothing else is under way, so the answer is shown: `tail -f chat.log | nunchi classify` works line
        // by line.
        if (in_flight_.is_empty()) out_.flush();
        check_output();
        ++done_;
        if (options_.on_progress) options_.on_progress(done_);
    }

    void check_output() {
        if (out_ || failure_) return;
        failure_ = "the output cannot be written; is the disk full?";
        exit_code_ = EX_IOERR;
    }

    InFlight& in_flight_;
    std::ostream& out_;
    const ClassifyOptions& options_;
    std::size_t done_ = 0;
    std::optional<std::string> failure_;
    int exit_code_ = EX_OK;
};

/// Reads everything; a Failure of the source ends the reading.
std::optional<std::string> read_all(TextSource& source, BlockingClassifier& classifier, InFlight& in_flight) {
    while (true) {
        auto text = source.next();
        if (!text) return text.error().message;
        if (!*text) return std::nullopt;
        auto answer = classifier.start(**text);
        if (!in_flight.push({std::move(**text), std::move(answer)})) return std::nullopt;
    }
}

}  // namespace

std::string format_answer(const std::string& text, const api::Prediction& prediction, OutputFormat format) {
    return format == OutputFormat::tsv ? tsv(text, prediction) : json_line(text, prediction);
}

int classify(TextSource& source, std::ostream& out, std::ostream& errors, BlockingClassifier& classifier,
             const ClassifyOptions& options) {
    InFlight in_flight(options.max_in_flight);
    Writer writer(in_flight, out, options);
    std::optional<std::string> read_failure;
    {
        const std::jthread writing([&] { writer.run(); });
        // Also when reading throws, as streams do on a broken disk: else the writer would wait for ever.
        const Closing closing(in_flight);
        read_failure = read_all(source, classifier, in_flight);
    }
    if (writer.failure()) {
        errors << "nunchi classify: " << *writer.failure() << "\n";
        return writer.exit_code();
    }
    if (read_failure) {
        errors << "nunchi classify: " << *read_failure << "\n";
        return EX_DATAERR;
    }
    return EX_OK;
}

}  // namespace nunchi::cli
