#include "bot/remote/server_info.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/remote/server_answers.hpp"

namespace nunchi::remote {
namespace {

using api::Emotion;
using testing::HasSubstr;

std::string failure_of(const nlohmann::json& info) {
    const auto server = parse_server_info(info.dump());
    EXPECT_FALSE(server);
    return server ? std::string() : server.error().message;
}

TEST(ServerInfo, ReadsTheModelAndTheLimits) {
    auto info = info_answer();
    info["max_client_batch_size"] = 8;
    const auto server = parse_server_info(info.dump());
    ASSERT_TRUE(server) << server.error().message;
    EXPECT_EQ(server->model_id, "kobert-emotion@fca14538aa99");
    EXPECT_EQ(server->max_client_batch_size, 8U);
    EXPECT_EQ(server->max_input_length, 512U);
    EXPECT_EQ(server->labels.at("행복"), Emotion::happiness);
    EXPECT_EQ(server->abstain_below[0], 0.0F);
}

TEST(ServerInfo, LeavesAModelIdThatHoldsItsHash) {
    auto info = info_answer();
    info["model_id"] = "starter@0123456789ab";
    EXPECT_EQ(parse_server_info(info.dump())->model_id, "starter@0123456789ab");
    info["model_id"] = "kobert";
    info["model_sha"] = nullptr;
    EXPECT_EQ(parse_server_info(info.dump())->model_id, "kobert");
}

TEST(ServerInfo, MapsLabelsByNameInAnyOrderAndEitherLanguage) {
    const auto server = parse_server_info(
        info_answer({"Disgust", "happiness", "중립", "sadness", "분노", "Surprise", "fear"}).dump());
    ASSERT_TRUE(server) << server.error().message;
    EXPECT_EQ(server->labels.at("Disgust"), Emotion::disgust);
    EXPECT_EQ(server->labels.at("중립"), Emotion::neutral);
    EXPECT_EQ(server->labels.at("fear"), Emotion::fear);
    EXPECT_EQ(server->labels.size(), 7U);
}

TEST(ServerInfo, TakesUnnamedLabelsInTheNotebooksOrder) {
    const auto server = parse_server_info(
        info_answer({"LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3", "LABEL_4", "LABEL_5", "LABEL_6"}).dump());
    ASSERT_TRUE(server) << server.error().message;
    EXPECT_EQ(server->labels.at("LABEL_0"), Emotion::fear);
    EXPECT_EQ(server->labels.at("LABEL_6"), Emotion::disgust);
}

TEST(ServerInfo, RefusesUnnamedLabelsThatAreNotSevenInOrder) {
    EXPECT_THAT(failure_of(info_answer({"LABEL_0", "LABEL_1"})), HasSubstr("LABEL_0"));
    EXPECT_THAT(failure_of(info_answer(
                    {"LABEL_1", "LABEL_0", "LABEL_2", "LABEL_3", "LABEL_4", "LABEL_5", "LABEL_6"})),
                HasSubstr("LABEL_1"));
}

TEST(ServerInfo, RefusesMoreUnnamedLabelsThanEmotions) {
    std::vector<std::string> labels;
    for (int id = 0; id < 8; ++id) labels.push_back("LABEL_" + std::to_string(id));
    EXPECT_THAT(failure_of(info_answer(labels)), HasSubstr("LABEL_0"));
}

TEST(ServerInfo, NamesTheLabelThatIsNoEmotion) {
    EXPECT_THAT(failure_of(info_answer({"joy", "놀람", "분노", "슬픔", "중립", "행복", "혐오"})),
                HasSubstr("\"joy\""));
}

TEST(ServerInfo, NamesWhatIsMissingOrDouble) {
    EXPECT_THAT(failure_of(info_answer({"공포", "놀람", "분노", "슬픔", "중립", "행복"})),
                HasSubstr("lacks 혐오"));
    EXPECT_THAT(failure_of(info_answer({"공포", "fear", "분노", "슬픔", "중립", "행복", "혐오"})),
                HasSubstr("two labels are 공포"));
}

TEST(ServerInfo, RefusesModelsOfOtherKinds) {
    auto info = info_answer();
    info["model_type"] = {{"embedding", {{"pooling", "cls"}}}};
    EXPECT_THAT(failure_of(info), HasSubstr("no classifier"));
    EXPECT_THAT(failure_of(nlohmann::json::array()), HasSubstr("Text Embeddings Inference"));
    EXPECT_FALSE(parse_server_info("<html>"));
    EXPECT_FALSE(parse_server_info(""));
}

TEST(ServerInfo, ReadsTheThresholdsOfANunchi) {
    auto info = info_answer();
    info["abstain_below"] = {{"행복", 0.5}, {"공포", 7}, {"놀람", "x"}, {"unknown", 0.1}};
    const auto server = parse_server_info(info.dump());
    ASSERT_TRUE(server);
    EXPECT_EQ(server->abstain_below[api::index_of(Emotion::happiness)], 0.5F);
    EXPECT_EQ(server->abstain_below[api::index_of(Emotion::fear)], 0.0F);
    EXPECT_EQ(server->abstain_below[api::index_of(Emotion::surprise)], 0.0F);
}

TEST(ServerInfo, SurvivesMembersOfOtherTypes) {
    for (const char* name :
         {"model_id", "model_sha", "max_client_batch_size", "max_input_length", "abstain_below"}) {
        for (const nlohmann::json& value :
             {nlohmann::json(-1), nlohmann::json("x"), nlohmann::json::array({1})}) {
            auto info = info_answer();
            info[name] = value;
            EXPECT_TRUE(parse_server_info(info.dump())) << name << value;
        }
    }
    auto info = info_answer();
    info["max_client_batch_size"] = 0;
    EXPECT_EQ(parse_server_info(info.dump())->max_client_batch_size, 1U);
}

}  // namespace
}  // namespace nunchi::remote
