// `nunchi doctor`: is everything there that the bot needs, and if not, what to do.
#pragma once

#include <iosfwd>

#include "bot/app/program.hpp"

namespace nunchi::bot {

/// Prints one line per check, with the fix below those that fail. 0 when none fails, else EX_CONFIG.
int run_doctor(std::ostream& out, const Program& program);

}  // namespace nunchi::bot
