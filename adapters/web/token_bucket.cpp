#include "adapters/web/token_bucket.hpp"

#include <algorithm>

namespace nunchi::web {

bool TokenBucket::take(TimePoint now) {
    const std::chrono::duration<double> passed = now - last_;
    last_ = now;
    tokens_ = std::min(options_.burst, tokens_ + passed.count() * options_.per_second);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
}

}  // namespace nunchi::web
