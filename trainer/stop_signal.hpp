// Ctrl-C and SIGTERM, asked for politely.
#pragma once

namespace nunchi::trainer {

/// From now on the first SIGINT or SIGTERM is noted; a second one ends the program.
void watch_stop_signals();

bool is_stop_requested();

}  // namespace nunchi::trainer
