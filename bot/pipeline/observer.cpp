#include "bot/pipeline/observer.hpp"

namespace nunchi::pipeline {

std::string_view name_of(PassedOver reason) {
    switch (reason) {
        case PassedOver::own_message: return "own_message";
        case PassedOver::bot: return "bot";
        case PassedOver::webhook: return "webhook";
        case PassedOver::system_message: return "system_message";
        case PassedOver::empty: return "empty";
        case PassedOver::no_hangul: return "no_hangul";
        case PassedOver::opted_out: return "opted_out";
        case PassedOver::duplicate: return "duplicate";
        case PassedOver::burst: return "burst";
        case PassedOver::cooldown: return "cooldown";
        case PassedOver::silent: return "silent";
        case PassedOver::not_asked: return "not_asked";
        case PassedOver::abstained: return "abstained";
        case PassedOver::overloaded: return "overloaded";
        case PassedOver::failed: return "failed";
    }
    return "unknown";
}

}  // namespace nunchi::pipeline
