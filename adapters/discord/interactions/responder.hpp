// Sends first responses and answers.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/discord/interactions/acknowledgement.hpp"
#include "adapters/discord/interactions/ticket_book.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::interactions {

struct FirstResponse {
    std::string interaction;
    config::Secret token;
    nlohmann::json body;
    std::chrono::steady_clock::time_point until;
};

/// Waits for neither the model nor ordinary calls nor the global limit (I6). Completes at `until` at the
/// latest. The client must outlive the call; so in the one below.
boost::asio::awaitable<Acknowledged> respond(rest::RestClient& rest, FirstResponse response);

/// Edits the first response, once that is certain to be there. The message mentions nobody, whatever it
/// says.
boost::asio::awaitable<rest::outcome<rest::Answer>> edit_response(rest::RestClient& rest, AnswerRight right,
                                                                  nlohmann::json message);

}  // namespace nunchi::discord::interactions
