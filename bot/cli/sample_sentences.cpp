#include "bot/cli/sample_sentences.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "bot/cli/ranking.hpp"
#include "classifier/calibration/calibration.hpp"
#include "classifier/model/emotion_model.hpp"
#include "classifier/model_folder/folder_encoder.hpp"

namespace nunchi::cli {
namespace {

constexpr std::size_t kMaxTokens = 64;

struct Sentence {
    api::Emotion meant;
    std::string_view text;
};

constexpr std::array kSentences{
    Sentence{api::Emotion::fear, "불 꺼진 지하실에서 발소리가 다가와 너무 무서웠어요."},
    Sentence{api::Emotion::surprise, "세상에, 네가 여기 있을 줄은 꿈에도 몰랐어!"},
    Sentence{api::Emotion::anger, "세 번이나 말했는데 또 무시하다니 정말 화가 난다."},
    Sentence{api::Emotion::sadness, "오래 키운 고양이를 보내고 밤새 울었습니다."},
    Sentence{api::Emotion::neutral, "회의는 목요일 오후 두 시에 3층에서 합니다."},
    Sentence{api::Emotion::happiness, "합격 소식을 듣고 온 가족이 웃으며 춤을 췄어요."},
    Sentence{api::Emotion::disgust, "음식에서 벌레가 나와 역겨워서 토할 뻔했다."},
};

}  // namespace

api::outcome<void> show_sample_sentences(const model_folder::ModelFolder& folder, std::ostream& out) {
    const auto encoder = model_folder::create_encoder(folder, kMaxTokens);
    if (!encoder) return encoder.error();
    const auto model = model::EmotionModel::load(folder, at::kCPU);
    if (!model) return model.error();

    std::size_t as_meant = 0;
    out << "Seven sentences, the emotion that is meant, and how this model reads them:\n";
    for (const auto& sentence : kSentences) {
        const auto ids = encoder->encode(sentence.text).ids;
        const model::Message message{.ids = ids};
        api::Prediction prediction;
        calibration::apply(folder.manifest.calibration, (*model)->logits({&message, 1}).front(), prediction);
        if (ranked(prediction).front() == sentence.meant) ++as_meant;
        out << "      " << sentence.text << "  (" << api::korean_name(sentence.meant) << ")  →  "
            << describe_ranking(prediction, 2) << "\n";
    }
    const bool is_suspicious = as_meant < kSentences.size() / 2;
    out << (is_suspicious ? "warn  " : "info  ") << as_meant << " of 7 are read as meant"
        << (is_suspicious ? "; is the model trained, and do its labels stand in this order (--labels)?" : "")
        << "\n";
    return {};
}

}  // namespace nunchi::cli
