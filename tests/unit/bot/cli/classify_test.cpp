#include "bot/cli/classify.hpp"

#include <gtest/gtest.h>
#include <sysexits.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <semaphore>
#include <sstream>
#include <string>
#include <utility>

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
    EXPECT_EQ(run_lines("행복\r중간\r\n").out, "행복\t0.7000\t행복\\r중간\n");
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

TEST(Classify, FindsTheColumnByItsUsualNames) {
    for (const std::string name : {"text", "Sentence", "문장"}) {
        std::istringstream in("id\t" + name + "\n1\t행복\n");
        const auto source = create_column_source(in, '\t', "");

        ASSERT_TRUE(source) << name;
        EXPECT_EQ(run(**source).out, "행복\t0.7000\t행복\n");
    }
}

TEST(Classify, TakesARowThatLacksTheColumnAsEmptyText) {
    std::istringstream in("id,text\n1\n2,공포\n");
    const auto source = create_column_source(in, ',', "");

    EXPECT_EQ(run(**source).out, "-\t0.0500\t\n공포\t0.7000\t공포\n");
}

TEST(Classify, RefusesATableWithoutAHeader) {
    std::istringstream in;
    const auto source = create_column_source(in, ',', "");

    ASSERT_FALSE(source);
    EXPECT_NE(source.error().message.find("the file is empty"), std::string::npos);
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

/// Gives the same text again and again, and tells how often.
class RepeatingSource final : public TextSource {
public:
    RepeatingSource(std::string text, std::size_t times) : text_(std::move(text)), times_(times) {}

    api::outcome<std::optional<std::string>> next() override {
        if (asked == times_) return std::optional<std::string>();
        ++asked;
        if (on_ask) on_ask();
        return std::optional(text_);
    }

    std::size_t asked = 0;
    std::function<void()> on_ask;

private:
    std::string text_;
    std::size_t times_;
};

TEST(Classify, ReadsNoFurtherWhenTheClassifierHasFailed) {
    RepeatingSource source("overload", 1000);

    EXPECT_EQ(run(source, {.max_in_flight = 4}).exit_code, EX_SOFTWARE);

    EXPECT_LT(source.asked, 10U);  // one with the writer, four in the queue, one that waits for room
}

TEST(Classify, HoldsNoMoreTextsThanItMay) {
    RepeatingSource source("행복", 3000);
    std::atomic<std::size_t> done = 0;
    std::size_t most = 0;
    source.on_ask = [&] { most = std::max(most, source.asked - done); };

    run(source, {.max_in_flight = 4, .on_progress = [&](std::size_t count) { done = count; }});

    EXPECT_LE(most, 6U);
}

/// Counts how often it is flushed.
class FlushedBuffer final : public std::stringbuf {
public:
    std::counting_semaphore<> flushed{0};

private:
    int sync() override {
        flushed.release();
        return 0;
    }
};

TEST(Classify, ShowsAnAnswerAtOnceWhenNoTextFollowsYet) {
    KeywordClassifier keyword;
    BlockingClassifier classifier(keyword);
    FlushedBuffer buffer;
    std::ostream out(&buffer);
    std::ostringstream errors;
    RepeatingSource source("행복", 2);
    bool is_shown = false;
    source.on_ask = [&] {
        // The deadline is for a broken writer only.
        if (source.asked == 2) is_shown = buffer.flushed.try_acquire_for(std::chrono::seconds(20));
    };

    classify(source, out, errors, classifier, {});

    EXPECT_TRUE(is_shown);
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
    EXPECT_EQ(run_lines(std::string(1024 * 1024, 'a')).exit_code, EX_OK);
    EXPECT_NE(run_lines("행복\n" + std::string(1024 * 1024 + 1, 'a')).errors.find("line 2"),
              std::string::npos);
}

TEST(OpenTextSource, TakesTheDelimiterThatTheHeaderShows) {
    const auto path = std::filesystem::path(::testing::TempDir()) / "표.CSV";
    std::ofstream(path) << "id;text\n1;행복, 그리고 더\n";
    std::istringstream none;

    const auto source = open_text_source(path, "", none);

    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ(run(**source).out, "행복\t0.7000\t행복, 그리고 더\n");
}

TEST(OpenTextSource, ReadsAnyFileAsATableWhenAColumnIsNamed) {
    const auto path = std::filesystem::path(::testing::TempDir()) / "table.txt";
    std::ofstream(path) << "id\tbody\n1\t행복\n";
    std::istringstream none;

    const auto table = open_text_source(path, "body", none);
    const auto lines = open_text_source(path, "", none);

    ASSERT_TRUE(table && lines);
    EXPECT_EQ(run(**table).out, "행복\t0.7000\t행복\n");
    EXPECT_EQ(run(**lines).out, "-\t0.0500\tid\\tbody\n행복\t0.7000\t1\\t행복\n");
}

TEST(OpenTextSource, ReadsStandardInputAsLinesOrAsTabSeparatedTable) {
    std::istringstream lines("행복\n");
    std::istringstream table("id\tbody\n1\t공포\n");

    EXPECT_EQ(run(**open_text_source("", "", lines)).out, "행복\t0.7000\t행복\n");
    EXPECT_EQ(run(**open_text_source("", "body", table)).out, "공포\t0.7000\t공포\n");
}

TEST(OpenTextSource, SaysWhatToDoWithAWorkbookAndAFolder) {
    const auto folder = std::filesystem::path(::testing::TempDir());
    std::ofstream(folder / "a.xlsx") << "PK";
    std::istringstream none;

    EXPECT_NE(open_text_source(folder / "a.xlsx", "", none).error().message.find("save it as CSV"),
              std::string::npos);
    std::ofstream(folder / "a.xls") << "PK";
    EXPECT_NE(open_text_source(folder / "a.xls", "", none).error().message.find("save it as CSV"),
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
