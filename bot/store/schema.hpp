// The tables, as the steps that made them. Private to this folder.
#pragma once

#include <span>

#include "bot/store/migration.hpp"

namespace nunchi::store {

/// The n-th leads to version n. A released step is never changed; what is new gets a step of its own.
std::span<const Migration> schema_migrations();

}  // namespace nunchi::store
