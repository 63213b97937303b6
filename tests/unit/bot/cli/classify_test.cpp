#include "bot/cli/classify.hpp"

#include <gtest/gtest.h>
#include <sysexits.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/bot/cli/keyword_classifier.hpp"

namespace nunchi::cli {
namespace {

struct Run {
    int exit_code;
    std::string out;
    std::string errors;
};

Run run(TextSource& source, const ClassifyOptions& options = {}) {
    KeywordClassifier keyword;
    BlockingClassifier classifier(keyword);
    std::ostringstream out;
    std::ostringstream errors;
    const int exit_code = classify(source, out, errors, classifier, options);
    return {exit_code, out.str(), errors.str()};
}

Run run_lines(const std::string& input, const ClassifyOptions& options = {}) {
    std::istringstream in(input);
    const auto source = create_line_source(in);
    return run(*source, options);
}

TEST(Classify, WritesLabelScoreAndText) {
    const auto result = run_lines("행복한 날\r\n분노의 질주");

    EXPECT_EQ(result.exit_code, EX_OK);
    EXPECT_EQ(result.out, "행복\t0.7000\t행복한 날\n분노\t0.7000\t분노의 질주\n");
}

TEST(Classify, EscapesWhatWouldBreakALineOfTsv) {
    const auto result = run_lines("행복\t탭 \\ 끝\n");

    EXPECT_EQ(result.out, "행복\t0.7000\t행복\\t탭 \\\\ 끝\n");
}

TEST(Classify, MarksAbstention) {
    EXPECT_EQ(run_lines("글쎄\n").out, "-\t0.0500\t글쎄\n");
    EXPECT_TRUE(nlohmann::json::parse(run_lines("글쎄\n", {.format = OutputFormat::json_lines}).out)["label"]
                    .is_null());
}

TEST(Classify, WritesAllProbabilitiesAsJson) {
    const auto line = nlohmann::json::parse(run_lines("슬픔\n", {.format = OutputFormat::json_lines}).out);

    EXPECT_EQ(line["label"], "슬픔");
    EXPECT_EQ(line["probabilities"].size(), 7U);
    EXPECT_FLOAT_EQ(line["probabilities"]["슬픔"].get<float>(), 0.7F);
}

TEST(Classify, KeepsJsonValidWhenTheTextIsNotUtf8) {
    const auto result = run_lines("\xff\xfe 행복\n", {.format = OutputFormat::json_lines});

    EXPECT_EQ(nlohmann::json::parse(result.out)["label"], "행복");
}

TEST(Classify, KeepsTheOrderOfManyTexts) {
    std::string input;
    std::string expected;
    for (int i = 0; i < 5000; ++i) {
        input += "행복 " + std::to_string(i) + "\n";
        expected += "행복\t0.7000\t행복 " + std::to_string(i) + "\n";
    }

    EXPECT_EQ(run_lines(input, {.max_in_flight = 16}).out, expected);
}

TEST(Classify, TakesTheNamedColumnOfATable) {
    std::istringstream in("id,Sentence\n1,\"행복, 그리고\n이야기\"\n2,공포\n");
    const auto source = create_column_source(in, ',', "sentence");

    EXPECT_EQ(run(**source).out, "행복\t0.7000\t행복, 그리고\\n이야기\n공포\t0.7000\t공포\n");
}

TEST(Classify, NamesTheColumnsWhenTheWantedOneIsMissing) {
    std::istringstream in("id\tbody\n");
    const auto source = create_column_source(in, '\t', "");

    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().message, "no column named text or sentence; choose one with --column: id, body");
}

TEST(Classify, AnswersWhatCameBeforeABrokenRow) {
    std::istringstream in("text\n행복\n\"놀람");
    const auto source = create_column_source(in, '\t', "");

    const auto result = run(**source);

    EXPECT_EQ(result.exit_code, EX_DATAERR);
    EXPECT_EQ(result.out, "행복\t0.7000\t행복\n");
    EXPECT_NE(result.errors.find("line 3"), std::string::npos);
}

TEST(Classify, StopsWhenTheClassifierFails) {
    const auto result = run_lines("행복\noverload\n슬픔\n");

    EXPECT_EQ(result.exit_code, EX_SOFTWARE);
    EXPECT_EQ(result.out, "행복\t0.7000\t행복\n");
    EXPECT_EQ(result.errors, "nunchi classify: the classifier is overloaded\n");
}

TEST(Classify, TellsWhenTheOutputCannotBeWritten) {
    KeywordClassifier keyword;
    BlockingClassifier classifier(keyword);
    std::istringstream in("행복\n");
    const auto source = create_line_source(in);
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    std::ostringstream errors;

    EXPECT_EQ(classify(*source, out, errors, classifier, {}), EX_IOERR);
    EXPECT_NE(errors.str().find("the output cannot be written"), std::string::npos);
}

class BrokenSource final : public TextSource {
public:
    api::outcome<std::optional<std::string>> next() override { throw std::ios_base::failure("broken"); }
};

TEST(Classify, LetsAnExceptionOfTheStreamThrough) {
    BrokenSource source;

    EXPECT_THROW(run(source), std::ios_base::failure);
}

TEST(Classify, RefusesALineOfMoreThanOneMebibyte) {
    const auto result = run_lines(std::string(1024 * 1024 + 1, 'a'));

    EXPECT_EQ(result.exit_code, EX_DATAERR);
    EXPECT_NE(result.errors.find("line 1 is longer than 1 MiB"), std::string::npos);
}

TEST(OpenTextSource, TakesTheDelimiterThatTheHeaderShows) {
    const auto path = std::filesystem::path(::testing::TempDir()) / "표.CSV";
    std::ofstream(path) << "id;text\n1;행복, 그리고 더\n";
    std::istringstream none;

    const auto source = open_text_source(path, "", none);

    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ(run(**source).out, "행복\t0.7000\t행복, 그리고 더\n");
}

TEST(OpenTextSource, SaysWhatToDoWithAWorkbookAndAFolder) {
    const auto folder = std::filesystem::path(::testing::TempDir());
    std::ofstream(folder / "a.xlsx") << "PK";
    std::istringstream none;

    EXPECT_NE(open_text_source(folder / "a.xlsx", "", none).error().message.find("save it as CSV"),
              std::string::npos);
    EXPECT_NE(open_text_source(folder, "", none).error().message.find("is a folder"), std::string::npos);
    EXPECT_EQ(open_text_source(folder / "none", "", none).error().code, api::errc::io_error);
}

TEST(Classify, ReportsProgress) {
    std::size_t seen = 0;
    run_lines("행복\n슬픔\n", {.on_progress = [&](std::size_t done) { seen = done; }});

    EXPECT_EQ(seen, 2U);
}

}  // namespace
}  // namespace nunchi::cli
