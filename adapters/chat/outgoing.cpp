#include "adapters/chat/outgoing.hpp"

namespace nunchi::chat {

const MessageRef& target_of(const Outgoing& outgoing) {
    return std::visit([](const auto& it) -> const MessageRef& { return it.to; }, outgoing);
}

}  // namespace nunchi::chat
