#include "adapters/web/conversations.hpp"

#include <utility>

#include "adapters/web/protocol.hpp"

namespace nunchi::web {

/// What a receipt's callback holds on to. Its end tells how the message fared.
class Conversations::UnderWay {
public:
    UnderWay(std::weak_ptr<Conversations> owner, std::string conversation, std::string id)
        : owner_(std::move(owner)), conversation_(std::move(conversation)), id_(std::move(id)) {}
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

    ~UnderWay() {
        if (const auto owner = owner_.lock()) owner->settle(conversation_, id_, handled_);
    }

    void set_handled() { handled_ = true; }

private:
    std::weak_ptr<Conversations> owner_;
    std::string conversation_;
    std::string id_;
    bool handled_ = false;
};

void Conversations::enter(const std::string& conversation, std::shared_ptr<Reader> reader) {
    Conversation& entered = conversations_[conversation];
    const auto replaced = std::exchange(entered.reader, std::move(reader));
    if (!replaced) return;
    replaced->finish(close_code::kReplaced);
    entered.confirmations->reader_gone();
}

void Conversations::leave(const std::string& conversation, const Reader* reader) {
    const auto found = conversations_.find(conversation);
    if (found == conversations_.end() || found->second.reader.get() != reader) return;
    found->second.reader.reset();
    found->second.confirmations->reader_gone();
    forget_if_idle(conversation);
}

Conversations::Taken Conversations::take(const std::string& conversation, const std::string& id) {
    auto& in_flight = conversations_[conversation].in_flight;
    if (in_flight.contains(id)) return Taken::already;
    if (in_flight.size() >= max_in_flight_) return Taken::full;
    in_flight.insert(id);
    return Taken::now;
}

chat::Receipt Conversations::receipt_for(std::string conversation, std::string id) {
    const auto under_way =
        std::make_shared<UnderWay>(weak_from_this(), std::move(conversation), std::move(id));
    return chat::Receipt([under_way] { under_way->set_handled(); });
}

void Conversations::confirm(const std::string& conversation, const std::string& id) {
    if (const auto confirmations = confirmations_of(conversation)) confirmations->confirm(id);
}

std::shared_ptr<Reader> Conversations::reader_of(const std::string& conversation) const {
    const auto found = conversations_.find(conversation);
    return found == conversations_.end() ? nullptr : found->second.reader;
}

std::shared_ptr<Confirmations> Conversations::confirmations_of(const std::string& conversation) const {
    const auto found = conversations_.find(conversation);
    return found == conversations_.end() ? nullptr : found->second.confirmations;
}

void Conversations::settle(const std::string& conversation, const std::string& id, bool handled) {
    const auto found = conversations_.find(conversation);
    if (found == conversations_.end()) return;
    found->second.in_flight.erase(id);
    if (handled && found->second.reader) found->second.reader->say(to_json(Ack{id}));
    forget_if_idle(conversation);
}

void Conversations::forget_if_idle(const std::string& conversation) {
    const auto found = conversations_.find(conversation);
    if (found->second.reader || !found->second.in_flight.empty()) return;
    conversations_.erase(found);
}

}  // namespace nunchi::web
