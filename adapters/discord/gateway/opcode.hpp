// What a gateway payload is, by its op.
#pragma once

namespace nunchi::discord::gateway {

/// Discord docs: topics/opcodes-and-status-codes. Any other number may come and is counted (G9).
enum class Opcode : int {
    dispatch = 0,         // in: an event, the only one with a sequence and a type
    heartbeat = 1,        // out: on the timer; in: to be answered with the same at once
    identify = 2,         // out: begins a session
    resume = 6,           // out: goes on with a session
    reconnect = 7,        // in: close and resume
    invalid_session = 9,  // in: close, and resume if d is true
    hello = 10,           // in: the first one; the heartbeat's interval
    heartbeat_ack = 11,   // in
};

}  // namespace nunchi::discord::gateway
