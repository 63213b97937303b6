// What follows on Discord's answer to the commands.
#pragma once

namespace nunchi::discord::interactions {

enum class Registered {
    unchanged,      // Discord has these already; nothing was sent (I12)
    done,           // Discord has them now
    limit_reached,  // 200 commands were created today (I11); the next start tries again
    failed,
};

enum class RegistrationStep {
    send_without_option_localizations,  // once, on a 400 (D12)
    give_up,
    give_up_for_today,
};

/// Pure. `status` is 0 where no answer came; `is_plain` when localised options were left out already.
RegistrationStep step_after_failure(int status, int discord_code, bool is_plain);

}  // namespace nunchi::discord::interactions
