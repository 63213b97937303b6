// One call on its way to the storage thread and back. Private to this folder.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace nunchi::store {

class Database;

enum class Access { read, write };

/// What a call does; throws what the database throws. It may be run again after a rollback.
template <typename T>
using Work = std::function<boost::system::result<T>(Database&)>;

/// Whoever takes a job out of the JobQueue completes it, once, after run() or fail().
class Job {
public:
    Job(Access access, const char* name) : access_(access), name_(name) {}
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;

    Access access() const { return access_; }
    const char* name() const { return name_; }  // "record", for error messages

    virtual void run(Database& database) = 0;
    virtual void fail(boost::system::error_code error) = 0;
    /// Posts the answer to the caller's executor.
    virtual void complete() = 0;

private:
    Access access_;
    const char* name_;
};

using JobPtr = std::unique_ptr<Job>;
using Batch = std::vector<JobPtr>;

template <typename T>
class AnsweredJob final : public Job {
public:
    using Answer = boost::system::result<T>;
    using Handler =
        typename boost::asio::async_result<boost::asio::use_awaitable_t<>, void(Answer)>::handler_type;

    /// Keeps the caller's execution context running until the answer is posted.
    AnsweredJob(Access access, const char* name, Work<T> work, Handler handler)
        : Job(access, name),
          work_(std::move(work)),
          handler_(std::move(handler)),
          executor_(boost::asio::prefer(boost::asio::get_associated_executor(handler_),
                                        boost::asio::execution::outstanding_work_t::tracked)) {}

    void run(Database& database) override { answer_ = work_(database); }
    void fail(boost::system::error_code error) override {
        answer_ = Answer(boost::system::in_place_error, error);
    }

    void complete() override {
        const boost::asio::any_io_executor executor = std::move(executor_);
        boost::asio::post(executor, [handler = std::move(handler_), answer = std::move(answer_)]() mutable {
            std::move(handler)(std::move(answer));
        });
    }

private:
    Work<T> work_;
    Answer answer_{boost::system::in_place_error};
    Handler handler_;
    boost::asio::any_io_executor executor_;  // the caller's, counted as outstanding work
};

}  // namespace nunchi::store
