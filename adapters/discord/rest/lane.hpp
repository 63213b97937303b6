// Which queue a call stands in.
#pragma once

namespace nunchi::discord::rest {

enum class Lane {
    ordinary,     // carries the bot's token; waits for its bucket and for the global limit
    interaction,  // callbacks, follow-ups: no bot token; waits for neither the global limit nor ordinary
                  // calls
};

}  // namespace nunchi::discord::rest
