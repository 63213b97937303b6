#include "tests/unit/adapters/web/scripted_core.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

namespace nunchi::web {
namespace {

struct Scripted {
    const char* word;
    const char* id;
    const char* name;
    const char* subject;
};

constexpr std::array<Scripted, 7> kEmotions{{{"무서", "fear", "공포", "공포가"},
                                             {"놀라", "surprise", "놀람", "놀람이"},
                                             {"화가", "anger", "분노", "분노가"},
                                             {"슬퍼", "sadness", "슬픔", "슬픔이"},
                                             {"기뻐", "happiness", "행복", "행복이"},
                                             {"싫어", "disgust", "혐오", "혐오가"},
                                             {"", "neutral", "중립", "중립이"}}};

// Of the named emotion, and of the others in the order above.
constexpr float kNamed = 0.71F;
constexpr std::array<float, 6> kOthers{0.12F, 0.08F, 0.05F, 0.03F, 0.009F, 0.001F};

bool has(const std::string& text, const char* word) {
    return text.find(word) != std::string::npos;
}

const Scripted& emotion_of(const std::string& text) {
    return *std::find_if(kEmotions.begin(), kEmotions.end(),
                         [&](const auto& it) { return has(text, it.word); });
}

std::string sentence_of(const std::string& text, chat::Locale locale) {
    const Scripted& emotion = emotion_of(text);
    if (locale == chat::Locale::english) {
        if (has(text, "글쎄")) return "It is hard to tell one emotion in this.";
        return "I sense " + std::string(emotion.id) + " in this.";
    }
    if (has(text, "글쎄")) return "입력하신 내용에서 감정을 하나로 정하기 어렵습니다.";
    return "입력하신 내용에서 " + std::string(emotion.subject) + " 느껴집니다.";
}

/// The words between the spaces, the longest weighing most.
std::vector<chat::WordWeight> weigh(const std::string& text) {
    std::vector<chat::WordWeight> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const auto weight = 0.02F * static_cast<float>(end - begin) - 0.1F;
        if (end > begin) words.push_back({begin, end, weight});
        begin = end + 1;
    }
    return words;
}

}  // namespace

chat::Reading reading_of(const std::string& text, chat::Locale locale) {
    const auto name_of = [locale](const Scripted& it) {
        return locale == chat::Locale::korean ? it.name : it.id;
    };
    const Scripted& named = emotion_of(text);
    chat::Reading reading{.scores = {{named.id, name_of(named), kNamed}},
                          .abstained = has(text, "글쎄"),
                          .model_id = "scripted",
                          .elapsed = std::chrono::microseconds(2345)};
    for (const Scripted& other : kEmotions) {
        if (&other == &named) continue;
        reading.scores.push_back({other.id, name_of(other), kOthers.at(reading.scores.size() - 1)});
    }
    return reading;
}

ScriptedCore::ScriptedCore(boost::asio::any_io_executor executor, chat::Adapter& adapter, Durable& durable)
    : adapter_(adapter), durable_(durable), tasks_(std::move(executor)) {}

void ScriptedCore::deliver(chat::Delivery delivery) {
    if (const auto* message = std::get_if<chat::MessageCreated>(&delivery.event)) {
        on_message(message->message, std::move(delivery.receipt));
    } else if (const auto* question = std::get_if<chat::ExplanationRequested>(&delivery.event)) {
        on_question(*question);
    } else if (const auto* back = std::get_if<chat::ReaderReturned>(&delivery.event)) {
        on_return(back->place);
    }
}

void ScriptedCore::release() {
    for (const auto& id : std::exchange(kept_back_, {})) send_pending(id);
}

void ScriptedCore::on_message(const chat::Message& message, chat::Receipt receipt) {
    const chat::MessageRef& ref = message.ref;
    const std::string& text = message.text;
    if (durable_.handled.contains(ref.message)) return receipt.handled();
    if (has(text, "바쁨") && was_overloaded_.insert(ref.message).second) {
        return notify(ref, chat::Notice::Kind::overloaded, "지금은 조금 바빠요.");
    }
    durable_.handled.insert(ref.message);
    if (has(text, "한글아님")) {
        receipt.handled();
        return notify(ref, chat::Notice::Kind::not_korean, "한국어 글에서만 감정을 읽을 수 있어요.");
    }
    if (has(text, "고장")) {
        receipt.handled();
        return notify(ref, chat::Notice::Kind::failed, "감정을 읽다가 문제가 생겼어요.");
    }
    ++durable_.classified[ref.message];
    durable_.pending[ref.message] = {
        .to = ref, .text = sentence_of(text, message.locale), .reading = reading_of(text, message.locale)};
    receipt.handled();
    if (has(text, "천천히")) {
        kept_back_.insert(ref.message);
    } else {
        send_pending(ref.message);
    }
}

void ScriptedCore::on_question(const chat::ExplanationRequested& question) {
    if (has(question.text, "까닭없")) {
        return notify(question.ref, chat::Notice::Kind::overloaded, "지금은 조금 바빠요.");
    }
    tasks_.spawn(send_and_forget(chat::Explanation{.to = question.ref,
                                                   .emotion_name = emotion_of(question.text).name,
                                                   .words = weigh(question.text),
                                                   .text = "가장 긴 낱말이 가장 크게 작용했어요."}));
}

void ScriptedCore::on_return(const chat::Place& place) {
    for (const auto& [id, reply] : durable_.pending) {
        if (reply.to.place == place && !kept_back_.contains(id)) send_pending(id);
    }
}

void ScriptedCore::notify(const chat::MessageRef& to, chat::Notice::Kind kind, std::string text) {
    tasks_.spawn(send_and_forget(chat::Notice{.to = to, .kind = kind, .text = std::move(text)}));
}

void ScriptedCore::send_pending(const std::string& id) {
    if (sending_.insert(id).second) tasks_.spawn(send_reply(id));
}

boost::asio::awaitable<void> ScriptedCore::send_reply(std::string id) {
    const auto sent = co_await adapter_.send(durable_.pending.at(id));
    sending_.erase(id);
    if (sent && *sent == chat::Sent::delivered) durable_.pending.erase(id);
}

boost::asio::awaitable<void> ScriptedCore::send_and_forget(chat::Outgoing outgoing) {
    co_await adapter_.send(std::move(outgoing));
}

}  // namespace nunchi::web
