// What a platform's own check found, for `nunchi doctor`.
#pragma once

#include <string>

namespace nunchi::chat {

struct Finding {
    enum class Verdict { fine, notice, wrong };
    Verdict verdict = Verdict::fine;
    std::string subject;
    std::string detail;
    std::string fix{};  // what to do; empty when it is fine
};

}  // namespace nunchi::chat
