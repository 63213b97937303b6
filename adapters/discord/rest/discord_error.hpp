// What is done about the codes in Discord's refusals (Discord docs: topics/opcodes-and-status-codes).
#pragma once

namespace nunchi::discord::rest {

enum class Remedy {
    by_status,       // the code says nothing, or only repeats the HTTP status (R28, D17)
    drop,            // the work has lost its object; nothing is repeated
    mute_channel,    // nothing works in the channel: all calls into it are muted for a time
    mute_kind,       // this kind of call does not work in the channel: muted for a time
    retry_later,     // Discord is overloaded: as a 5xx
    report_bug,      // our request is wrong: logged as an error, never repeated
    end_webhook,     // the interaction's token is dead
    stop_the_token,  // the bot's token is refused: everything that carries it stops
};

/// The table of the contract's section 2.5 and D4, D14.
Remedy remedy_for(int discord_code);

}  // namespace nunchi::discord::rest
