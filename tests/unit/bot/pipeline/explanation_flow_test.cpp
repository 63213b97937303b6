#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/pipeline/reply_text.hpp"
#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

chat::ExplanationRequested question(std::string id = "1", std::string text = "나 정말 행복해") {
    return {message(std::move(id)).ref, "minji", std::move(text), chat::Locale::korean};
}

class ExplanationFlow : public testing::Test {
public:
    ExplanationFlow() {
        bench.adapter.can.can_explain = true;
        bench.adapter.can.shows_notices = true;
    }
    std::vector<chat::Notice::Kind> notices() const {
        std::vector<chat::Notice::Kind> kinds;
        for (const auto& notice : bench.adapter.sent_of<chat::Notice>()) kinds.push_back(notice.kind);
        return kinds;
    }

    Workbench bench;
};

TEST_F(ExplanationFlow, SendsTheWordsAndHandlesTheQuestion) {
    bench.classifier->script = [](const std::string& text) {
        const bool is_happy = text.find("행복해") != std::string::npos;
        return ScriptedClassifier::Answer(prediction(api::Emotion::happiness, is_happy ? 0.9F : 0.3F));
    };

    const auto receipt = bench.deliver(question());

    EXPECT_EQ(receipt->fired, 1);
    const auto sent = bench.adapter.sent_of<chat::Explanation>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to.message, "1");
    EXPECT_EQ(sent[0].emotion_name, "행복");
    ASSERT_EQ(sent[0].words.size(), 3U);
    EXPECT_NEAR(sent[0].words[2].weight, 0.6F, 1e-6F);
    EXPECT_EQ(sent[0].text, "‘행복’ 감정을 읽는 데 가장 크게 작용한 말은 “행복해”입니다.");
    EXPECT_THAT(bench.store.records, IsEmpty());
}

TEST_F(ExplanationFlow, AdapterThatCannotShowItIsNotAsked) {
    bench.adapter.can.can_explain = false;
    EXPECT_EQ(bench.deliver(question())->fired, 1);
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
}

TEST_F(ExplanationFlow, HoldsOffAFloodOfQuestionsOfOnePlace) {
    bench.classifier->script = nullptr;
    bench.deliver(question("1"));
    bench.deliver(question("2"));

    const auto third = bench.deliver(question("3"));
    chat::ExplanationRequested elsewhere = question("4");
    elsewhere.ref.place.channel = "random";
    const auto fourth = bench.deliver(elsewhere);

    EXPECT_THAT(notices(), ElementsAre(chat::Notice::Kind::too_fast));
    EXPECT_EQ(third->fired, 1);
    EXPECT_EQ(fourth->fired, 0);
    EXPECT_EQ(bench.classifier->calls.size(), 12U);
}

TEST_F(ExplanationFlow, SlotComesBackWhenTheExplanationIsDone) {
    for (int i = 0; i < 5; ++i) bench.deliver(question(std::to_string(i)));
    EXPECT_EQ(bench.adapter.sent_of<chat::Explanation>().size(), 5U);
}

TEST_F(ExplanationFlow, SaysThatItFailed) {
    const std::vector<std::pair<api::errc, chat::Notice::Kind>> rows{
        {api::errc::overloaded, chat::Notice::Kind::overloaded},
        {api::errc::inference_failed, chat::Notice::Kind::failed}};
    for (const auto& [code, kind] : rows) {
        bench.adapter.sent.clear();
        bench.classifier->script = [code = code](const std::string&) {
            return ScriptedClassifier::Answer(make_error_code(code));
        };
        EXPECT_EQ(bench.deliver(question())->fired, 1);
        EXPECT_THAT(notices(), ElementsAre(kind));
    }
}

TEST_F(ExplanationFlow, NeverReadsWhoOptedOut) {
    bench.store.opted_out.insert({"test", "minji"});
    EXPECT_EQ(bench.deliver(question())->fired, 1);
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
    const auto notices = bench.adapter.sent_of<chat::Notice>();
    ASSERT_EQ(notices.size(), 1U);  // whoever asked waits for an answer
    EXPECT_EQ(notices[0].text, opted_out_text(chat::Locale::korean));
    EXPECT_TRUE(bench.classifier->calls.empty());
}

TEST_F(ExplanationFlow, SaysThatItFailedWhenTheStoreCannotTellWhetherSomebodyOptedOut) {
    bench.store.faults[StoreCall::opt_out] = {StoreFault::before};
    EXPECT_EQ(bench.deliver(question())->fired, 1);
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
    EXPECT_THAT(notices(), ElementsAre(chat::Notice::Kind::failed));
}

TEST_F(ExplanationFlow, CutOffQuestionIsNotHandled) {
    bench.classifier->script = nullptr;
    const auto receipt = bench.deliver(question());

    EXPECT_FALSE(bench.cut_off());

    EXPECT_TRUE(receipt->is_dropped());
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
}

TEST(ExplanationOverload, FullPipelineSaysSo) {
    Workbench bench({.max_in_flight = 1});
    bench.adapter.can.can_explain = true;
    bench.adapter.can.shows_notices = true;
    bench.classifier->script = nullptr;
    bench.deliver(message("1"));

    EXPECT_EQ(bench.deliver(question("2"))->fired, 1);

    ASSERT_EQ(bench.adapter.sent_of<chat::Notice>().size(), 1U);
    EXPECT_EQ(bench.adapter.sent_of<chat::Notice>()[0].kind, chat::Notice::Kind::overloaded);
}

}  // namespace
}  // namespace nunchi::pipeline
