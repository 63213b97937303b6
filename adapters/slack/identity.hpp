// Who the bot is in one workspace, as auth.test says (W9).
#pragma once

#include <string>

namespace nunchi::slack {

struct Identity {
    std::string team;    // "T…"
    std::string user;    // "U…": the bot's user
    std::string bot;     // "B…"; empty where Slack does not tell
    std::string app{};   // "A…"; empty: not known
    std::string name{};  // of the workspace, for the operator
};

}  // namespace nunchi::slack
