#include "adapters/discord/interactions/registration_steps.hpp"

namespace nunchi::discord::interactions {
namespace {

constexpr int kTooManyCreated = 30034;

}  // namespace

RegistrationStep step_after_failure(int status, int discord_code, bool is_plain) {
    if (discord_code == kTooManyCreated) return RegistrationStep::give_up_for_today;
    if (status == 400 && !is_plain) return RegistrationStep::send_without_option_localizations;
    return RegistrationStep::give_up;
}

}  // namespace nunchi::discord::interactions
