#include "adapters/discord/rest/journey.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace nunchi::discord::rest {
namespace {

constexpr std::chrono::hours kOldest{24};

bool is_repeatable(const Call& call) {
    return call.is_repeatable || call.route.method != "POST";
}

Journey::TimePoint deadline_of(const Call& call, Journey::TimePoint start) {
    return start + std::min<std::chrono::steady_clock::duration>(call.max_age, kOldest);
}

}  // namespace

Journey::Journey(const boost::asio::any_io_executor& executor, CallId number, Call what, TimePoint start,
                 const RetryOptions& retry_options)
    : id(number),
      call(std::move(what)),
      deadline(deadline_of(call, start)),
      retries(retry_options, is_repeatable(call), deadline, std::random_device{}()),
      turn(executor) {}

}  // namespace nunchi::discord::rest
