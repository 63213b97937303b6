#include "bot/store/storage_thread.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <utility>

namespace nunchi::store {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxBatch = 256;
constexpr auto kShortestPause = 250ms;  // between two attempts to connect; doubles from one to the next
constexpr auto kLongestPause = 5s;

bool is_writing(std::span<const JobPtr> jobs) {
    return std::any_of(jobs.begin(), jobs.end(),
                       [](const JobPtr& job) { return job->access() == Access::write; });
}

/// "record", or "record and 3 more".
std::string names_of(std::span<const JobPtr> jobs) {
    std::string names = jobs.front()->name();
    if (jobs.size() > 1) names += " and " + std::to_string(jobs.size() - 1) + " more";
    return names;
}

}  // namespace

StorageThread::StorageThread(std::unique_ptr<Database> database, std::shared_ptr<JobQueue> queue,
                             Reports reports)
    : database_(std::move(database)),
      queue_(std::move(queue)),
      reports_(std::move(reports)),
      thread_([this] { work(); }) {}

StorageThread::~StorageThread() {
    queue_->close();
    thread_.join();
}

void StorageThread::work() {
    while (true) {
        const Batch batch = queue_->take(kMaxBatch);
        if (batch.empty()) return;
        run(batch);
        for (const JobPtr& job : batch) job->complete();
        if (is_connected_) database_->tidy_up();
    }
}

void StorageThread::run(const Batch& batch) {
    if (!is_connected_ && !connect()) {
        return fail(batch, {Trouble::lost, Stage::beginning, why_not_});
    }
    auto mishap = attempt(batch);
    if (mishap && mishap->trouble == Trouble::lost) mishap = attempt_again(batch, *mishap);
    if (!mishap) return;
    const bool is_one_to_blame = mishap->trouble == Trouble::refused && mishap->stage == Stage::working;
    if (is_one_to_blame && batch.size() > 1) return run_alone(batch);
    fail(batch, *mishap);
}

/// On a new connection. What was not committed when the old one went, the server has undone.
std::optional<StorageThread::Mishap> StorageThread::attempt_again(const Batch& batch, const Mishap& first) {
    if (!connect()) return Mishap{Trouble::lost, first.stage, why_not_};
    const auto lost = first.stage == Stage::committing ? database_->lost_commit() : LostCommit::undone;
    switch (lost) {
        case LostCommit::done: return {};
        case LostCommit::undone: return attempt(batch);
        case LostCommit::unknown: break;
    }
    return first;
}

void StorageThread::run_alone(const Batch& batch) {
    const std::span<const JobPtr> jobs(batch);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const auto mishap = attempt(jobs.subspan(i, 1));
        if (!mishap) continue;
        if (mishap->trouble != Trouble::refused) return fail(jobs.subspan(i), *mishap);
        fail(jobs.subspan(i, 1), *mishap);
    }
}

/// The border to SOCI: its exceptions end here.
std::optional<StorageThread::Mishap> StorageThread::attempt(std::span<const JobPtr> jobs) {
    auto stage = Stage::beginning;
    try {
        const bool writes = is_writing(jobs);
        if (writes) database_->begin();
        stage = Stage::working;
        for (const JobPtr& job : jobs) job->run(*database_);
        stage = Stage::committing;
        if (writes) database_->commit();
        return {};
    } catch (const std::exception& error) {
        Mishap mishap{database_->trouble_of(error), stage, database_->name() + ": " + sentence_of(error)};
        is_connected_ = mishap.trouble != Trouble::lost;
        if (is_connected_) database_->roll_back();
        return mishap;
    }
}

bool StorageThread::connect() {
    const auto now = SteadyClock::now();
    if (now < next_try_) return false;
    const auto connected = database_->reconnect();
    is_connected_ = connected.has_value();
    if (is_connected_) {
        pause_ = {};
        if (reports_.on_notice) reports_.on_notice(database_->name() + ": connected again");
        return true;
    }
    pause_ = std::clamp<SteadyClock::duration>(pause_ * 2, kShortestPause, kLongestPause);
    next_try_ = SteadyClock::now() + pause_;
    why_not_ = connected.error().message;
    return false;
}

void StorageThread::fail(std::span<const JobPtr> jobs, const Mishap& mishap) const {
    const bool is_lost = mishap.trouble == Trouble::lost;
    for (const JobPtr& job : jobs) job->fail(make_error_code(is_lost ? errc::unavailable : errc::failed));
    if (reports_.on_error) {
        reports_.on_error(names_of(jobs) + " failed: " + mishap.sentence);
    }
}

}  // namespace nunchi::store
