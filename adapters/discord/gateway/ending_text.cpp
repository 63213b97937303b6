#include "adapters/discord/gateway/ending_text.hpp"

namespace nunchi::discord::gateway {

std::string ending_text(const Ended& ended) {
    switch (ended.how) {
        case Ending::closed:
            if (ended.code == 0) return "the connection to the gateway dropped";
            return "the gateway closed the connection (code " + std::to_string(ended.code) + ")";
        case Ending::reconnect: return "the gateway asks for a new connection";
        case Ending::invalid_resumable: return "the gateway refused the login for now";
        case Ending::invalid: return "the gateway ended the session";
        case Ending::zombie: return "the gateway fell silent";
        case Ending::no_hello: return "the gateway did not greet";
        case Ending::no_ready: return "the gateway did not answer the login";
        case Ending::damaged: return "the gateway sent what cannot be read";
        case Ending::unsendable: return "the login is longer than the gateway takes";
        case Ending::finished: return "disconnected";
    }
    return "disconnected";
}

}  // namespace nunchi::discord::gateway
