// How our values stand in a column of either database. Pure. Private to this folder.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/api/emotion.hpp"

namespace nunchi::store {

using Probabilities = std::array<float, api::kEmotionCount>;

/// Printable ASCII stays as it is; every other byte, and %, becomes %XX. So any bytes can be stored, whatever
/// the database's encoding, and two different texts never become equal.
std::string to_column(std::string_view text);

/// The inverse. A % that to_column cannot have written stays as it is.
std::string from_column(std::string_view column);

/// Seven numbers with a space between them, each as short as reads back the same.
std::string probabilities_to_column(const Probabilities& probabilities);

/// Nothing when it is not exactly seven numbers.
std::optional<Probabilities> probabilities_from_column(std::string_view column);

/// Since the epoch. Keys live in whole seconds: an expiry is rounded up, the present down.
std::int64_t microseconds_of(std::chrono::system_clock::time_point time);
std::int64_t seconds_before(std::chrono::system_clock::time_point time);
std::int64_t seconds_after(std::chrono::system_clock::time_point time);
std::int64_t hour_before(std::chrono::system_clock::time_point time);
std::int64_t hour_after(std::chrono::system_clock::time_point time);

}  // namespace nunchi::store
