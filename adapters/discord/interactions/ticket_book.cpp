#include "adapters/discord/interactions/ticket_book.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::discord::interactions {

TicketBook::TicketBook(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

Admission TicketBook::admit(std::string id, std::string application, config::Secret token,
                            Clock::duration age, Clock::time_point now) {
    if (knows(id)) return Admission::duplicate;
    if (age >= kToAcknowledge) return Admission::late;
    make_room(now);
    order_.push_back(id);
    tickets_.emplace(std::move(id), Ticket{.application = std::move(application),
                                           .token = std::move(token),
                                           .acknowledge_until = now - age + kToAcknowledge,
                                           .dies_at = now - age + kLife});
    return Admission::admitted;
}

TicketBook::Clock::duration TicketBook::time_to_acknowledge(std::string_view id,
                                                            Clock::time_point now) const {
    const Ticket* const ticket = find(id);
    if (ticket == nullptr) return Clock::duration::zero();
    return std::max(ticket->acknowledge_until - now, Clock::duration::zero());
}

void TicketBook::on_acknowledged(std::string_view id, Clock::time_point answers_from) {
    const auto found = tickets_.find(std::string(id));
    if (found != tickets_.end()) found->second.answers_from = answers_from;
}

boost::system::result<AnswerRight> TicketBook::right_to_answer(std::string_view id,
                                                               Clock::time_point now) const {
    const Ticket* const ticket = find(id);
    if (ticket == nullptr) return errc::unknown_interaction;
    if (ticket->answers_from == Clock::time_point::max()) return errc::not_acknowledged;
    if (now >= ticket->dies_at) return errc::expired;
    return AnswerRight{ticket->application, ticket->token, ticket->answers_from, ticket->dies_at};
}

void TicketBook::make_room(Clock::time_point now) {
    while (!order_.empty()) {
        const auto oldest = tickets_.find(order_.front());
        const bool is_needed = tickets_.size() < capacity_ && now < oldest->second.dies_at;
        if (is_needed) return;
        tickets_.erase(oldest);
        order_.pop_front();
    }
}

const TicketBook::Ticket* TicketBook::find(std::string_view id) const {
    const auto found = tickets_.find(std::string(id));
    return found == tickets_.end() ? nullptr : &found->second;
}

}  // namespace nunchi::discord::interactions
