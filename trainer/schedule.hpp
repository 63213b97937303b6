// Learning-rate schedules.
#pragma once

#include <cstdint>

namespace nunchi::trainer {

/// The factor of the learning rate at update `step` (from 0): linear from 0 to 1 over `warmup_steps`, then
/// half a cosine down to 0 at `total_steps`. As transformers' get_cosine_schedule_with_warmup: the very first
/// update has factor 0.
double warmup_cosine(std::int64_t step, std::int64_t warmup_steps, std::int64_t total_steps);

}  // namespace nunchi::trainer
