// First responses.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace nunchi::discord::interactions {

/// Type 5, for the invoker's eyes only (I6, I7). Always with data, as some servers demand (D14).
nlohmann::json deferral();

/// Type 8 without a choice: no option of ours is completed (I23).
nlohmann::json no_choices();

/// Type 1 (I26).
nlohmann::json pong();

}  // namespace nunchi::discord::interactions
