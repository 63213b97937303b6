#include "adapters/slack/web_api/journey.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace nunchi::slack::web_api {
namespace {

constexpr std::chrono::hours kOldest{24};

Journey::TimePoint deadline_of(const Call& call, Journey::TimePoint start) {
    return start + std::min<std::chrono::steady_clock::duration>(call.max_age, kOldest);
}

}  // namespace

Journey::Journey(const boost::asio::any_io_executor& executor, CallId number, Call what, TimePoint start,
                 const RetryOptions& retry_options)
    : id(number),
      call(std::move(what)),
      deadline(deadline_of(call, start)),
      retries(retry_options, traits(call.method).is_repeatable, deadline, std::random_device{}()),
      turn(executor) {}

}  // namespace nunchi::slack::web_api
