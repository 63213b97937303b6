#include <chrono>
#include <nlohmann/json.hpp>

#include "adapters/web/protocol.hpp"

namespace nunchi::web {
namespace {

using nlohmann::json;

std::string write(const json& object) {
    constexpr int kOneLine = -1;
    return object.dump(kOneLine, ' ', false, json::error_handler_t::replace);
}

json scores_of(const chat::Reading& reading) {
    json scores = json::array();
    for (const chat::EmotionScore& score : reading.scores) {
        scores.push_back({{"emotion", score.id}, {"name", score.name}, {"probability", score.probability}});
    }
    return scores;
}

}  // namespace

std::string to_json(const Welcome& welcome) {
    return write({{"type", "welcome"},
                  {"v", kProtocolVersion},
                  {"max_text", welcome.max_text},
                  {"model", welcome.model},
                  {"attribution", welcome.attribution}});
}

std::string to_json(const Ack& ack) {
    return write({{"type", "ack"}, {"id", ack.id}});
}

std::string to_json(const PageNotice& notice) {
    return write({{"type", "notice"}, {"id", notice.id}, {"kind", notice.kind}, {"text", notice.text}});
}

std::string to_json(const Refused& refused) {
    return write({{"type", "refused"}, {"reason", refused.reason}, {"text", refused.text}});
}

std::string to_json(const chat::Reply& reply) {
    const std::chrono::duration<double, std::milli> elapsed = reply.reading.elapsed;
    return write({{"type", "answer"},
                  {"id", reply.to.message},
                  {"text", reply.text},
                  {"abstained", reply.reading.abstained},
                  {"scores", scores_of(reply.reading)},
                  {"elapsed_ms", elapsed.count()},
                  {"model", reply.reading.model_id}});
}

std::string to_json(const chat::Explanation& explanation) {
    json words = json::array();
    for (const chat::WordWeight& word : explanation.words) {
        words.push_back({{"begin", word.begin}, {"end", word.end}, {"weight", word.weight}});
    }
    return write({{"type", "explanation"},
                  {"id", explanation.to.message},
                  {"emotion", explanation.emotion_name},
                  {"words", std::move(words)},
                  {"text", explanation.text}});
}

std::string_view kind_of(chat::Notice::Kind kind) {
    switch (kind) {
        case chat::Notice::Kind::overloaded: return "overloaded";
        case chat::Notice::Kind::too_fast: return "too_fast";
        case chat::Notice::Kind::not_korean: return "not_korean";
        case chat::Notice::Kind::failed: return "failed";
    }
    return "failed";
}

}  // namespace nunchi::web
