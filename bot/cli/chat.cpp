#include "bot/cli/chat.hpp"

#include <sysexits.h>

#include <istream>
#include <ostream>
#include <string>

#include "bot/cli/ranking.hpp"

namespace nunchi::cli {
namespace {

// The wording and the spacing are the original's.
constexpr const char* kPrompt = "하고싶은 말을 입력해주세요 : ";
constexpr const char* kAfterReply = "\n\n\n";

void reply(std::ostream& out, const api::Prediction& prediction, std::size_t top) {
    if (prediction.label) {
        out << ">> 입력하신 내용에서 " << api::with_subject_particle(*prediction.label) << " 느껴집니다.";
    } else {
        out << ">> 입력하신 내용에서 감정을 하나로 정하기 어렵습니다.";
    }
    if (top > 1) out << "\n   " << describe_ranking(prediction, top);
    out << kAfterReply;
}

}  // namespace

int chat(std::istream& in, std::ostream& out, std::ostream& errors, BlockingClassifier& classifier,
         const ChatOptions& options) {
    std::string line;
    while (out << kPrompt << std::flush, std::getline(in, line)) {
        if (line == "0") return EX_OK;
        const auto prediction = classifier.classify(line);
        if (!prediction) {
            errors << "nunchi chat: " << prediction.error().message() << "\n";
            return EX_SOFTWARE;
        }
        reply(out, *prediction, options.top);
    }
    out << "\n";
    return EX_OK;
}

}  // namespace nunchi::cli
