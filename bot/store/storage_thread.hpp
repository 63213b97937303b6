// Takes what waits, does it in one transaction, and answers when that is committed. Private to this folder.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "bot/store/database.hpp"
#include "bot/store/error.hpp"
#include "bot/store/job.hpp"
#include "bot/store/job_queue.hpp"

namespace nunchi::store {

/// Called on the storage thread; either may be empty.
struct Reports {
    std::function<void(const std::string&)> on_error;
    std::function<void(const std::string&)> on_notice;
};

/// One thread, which alone uses the database. No timer: jobs that came while one transaction ran share the
/// next one. When a job of several fails, they are undone and done again one by one, so that only it fails.
class StorageThread {
public:
    StorageThread(std::unique_ptr<Database> database, std::shared_ptr<JobQueue> queue, Reports reports);

    /// Ends the transaction under way, completes what waits with closing, and closes the database.
    ~StorageThread();

    StorageThread(const StorageThread&) = delete;
    StorageThread& operator=(const StorageThread&) = delete;

private:
    using SteadyClock = std::chrono::steady_clock;

    enum class Stage { beginning, working, committing };

    /// Why a transaction came to nothing.
    struct Mishap {
        Trouble trouble;
        Stage stage;
        std::string sentence;  // names the database
    };

    void work();
    void run(const Batch& batch);
    void run_alone(const Batch& batch);
    std::optional<Mishap> attempt(std::span<const JobPtr> jobs);
    std::optional<Mishap> attempt_again(const Batch& batch, const Mishap& first);
    bool connect();
    void fail(std::span<const JobPtr> jobs, const Mishap& mishap) const;

    std::unique_ptr<Database> database_;
    std::shared_ptr<JobQueue> queue_;
    Reports reports_;
    bool is_connected_ = true;
    std::string why_not_;  // while it is not
    SteadyClock::time_point next_try_;
    SteadyClock::duration pause_{};
    std::thread thread_;  // last: it uses what stands above
};

}  // namespace nunchi::store
