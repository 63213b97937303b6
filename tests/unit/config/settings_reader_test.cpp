#include "config/settings_reader.hpp"

#include <gmock/gmock.h>

#include "tests/unit/config/temporary_folder.hpp"

namespace nunchi::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::TemporaryFolder;

struct Fields {
    int threads = 1;
    bool is_quiet = false;
    double share = 0.5;
    std::string model = "starter";
    int shards = 1;
    Secret token;
};

class SettingsReader : public ::testing::Test {
protected:
    ReadReport read(std::string_view text, const Environment& environment = {}) {
        Schema schema;
        schema.section("engine", "The engine.")
            .number("threads", fields_.threads, 0, 256, "Threads.")
            .flag("quiet", fields_.is_quiet, "Quiet.")
            .real("share", fields_.share, 0.0, 1.0, "Share.")
            .text("model", fields_.model, EmptyText::refused, "Model.");
        schema.section("bot.discord", "Discord.")
            .secret("token", fields_.token, "Token.")
            .number("shards", fields_.shards, 1, 16, "Shards.");
        return read_settings(schema, "nunchi.toml", parse_toml(text), environment);
    }

    std::vector<std::string> problems(std::string_view text, const Environment& environment = {}) {
        return read(text, environment).problems;
    }

    Fields fields_;
};

TEST_F(SettingsReader, KeepsDefaultsWhenNothingIsSet) {
    EXPECT_THAT(problems(""), IsEmpty());
    EXPECT_EQ(fields_.threads, 1);
    EXPECT_EQ(fields_.model, "starter");
}

TEST_F(SettingsReader, FillsFieldsFromTheFile) {
    EXPECT_THAT(problems("[engine]\nthreads = 4\nquiet = true\n[bot.discord]\nshards = 2\ntoken = \"t\"\n"),
                IsEmpty());
    EXPECT_EQ(fields_.threads, 4);
    EXPECT_TRUE(fields_.is_quiet);
    EXPECT_EQ(fields_.shards, 2);
    EXPECT_EQ(fields_.token.reveal(), "t");
}

TEST_F(SettingsReader, WrongTypeNamesFileLineKeyAndWhatIsExpected) {
    EXPECT_THAT(
        problems("[engine]\n\nthreads = \"two\"\n"),
        ElementsAre(R"(nunchi.toml:3: engine.threads: expected a whole number from 0 to 256, got "two")"));
    EXPECT_THAT(problems("[engine]\nmodel = [1]\n"),
                ElementsAre("nunchi.toml:2: engine.model: expected text of one line, got a list"));
}

TEST_F(SettingsReader, OutOfRangeNamesTheRange) {
    EXPECT_THAT(problems("engine.threads = 257\n"),
                ElementsAre("nunchi.toml:1: engine.threads: expected a whole number from 0 to 256, got 257"));
}

TEST_F(SettingsReader, UnknownKeySuggestsTheNearest) {
    EXPECT_THAT(problems("[engine]\ntreads = 2\n"),
                ElementsAre("nunchi.toml:2: engine.treads: unknown key; did you mean threads?"));
    EXPECT_THAT(problems("[bot.discord]\ntoken_flie = \"a\"\n"),
                ElementsAre("nunchi.toml:2: bot.discord.token_flie: unknown key; did you mean token_file?"));
}

TEST_F(SettingsReader, UnknownKeyFarFromAnyListsTheKeys) {
    EXPECT_THAT(problems("[engine]\ncolour = 2\n"),
                ElementsAre("nunchi.toml:2: engine.colour: unknown key; the keys of [engine] are threads, "
                            "quiet, share, model"));
}

TEST_F(SettingsReader, UnknownSectionSuggestsTheNearestAndIsReportedOnce) {
    EXPECT_THAT(problems("[engin]\nthreads = 2\ncolour = 1\n[engin.deeper]\na = 1\n"),
                ElementsAre("nunchi.toml:1: [engin]: unknown section; did you mean [engine]?"));
    EXPECT_THAT(
        problems("[colour]\n"),
        ElementsAre("nunchi.toml:1: [colour]: unknown section; the sections are [engine], [bot.discord]"));
}

TEST_F(SettingsReader, KeyAboveTheFirstSectionSaysWhereItBelongs) {
    EXPECT_THAT(
        problems("threads = 2\n"),
        ElementsAre(
            "nunchi.toml:1: threads: this key stands in the section [engine]; put that line above it"));
    EXPECT_THAT(problems("colour = 2\n"),
                ElementsAre("nunchi.toml:1: colour: unknown key, and it stands in no section; remove it"));
    EXPECT_THAT(problems("[bot]\nshards = 2\n"), SizeIs(1));
}

TEST_F(SettingsReader, SectionGivenAsAValueIsRefused) {
    EXPECT_THAT(problems("engine = 3\n"), ElementsAre("nunchi.toml:1: engine: expected a section, written "
                                                      "[engine] on a line of its own, got a whole number"));
    EXPECT_THAT(problems("[[engine]]\nthreads = 2\n"),
                ElementsAre(HasSubstr("nunchi.toml:1: engine: expected a section")));
}

TEST_F(SettingsReader, SyntaxErrorNamesFileAndLine) {
    EXPECT_THAT(problems("[engine]\nthreads = \n"), ElementsAre(HasSubstr("nunchi.toml:2: ")));
}

TEST_F(SettingsReader, DuplicateKeyNamesItsLine) {
    EXPECT_THAT(problems("[engine]\nthreads = 1\nthreads = 2\n"),
                ElementsAre(::testing::AllOf(HasSubstr("nunchi.toml:3: "), HasSubstr("threads"))));
}

TEST_F(SettingsReader, ReportsAllProblemsOfAFileInTheOrderOfItsLines) {
    EXPECT_THAT(
        problems("[engine]\nthreads = \"two\"\ncolour = 1\nmodel = \"\"\n[bot.discord]\nshards = 0\n"),
        ElementsAre(HasSubstr(":2: engine.threads"), HasSubstr(":3: engine.colour"),
                    HasSubstr(":4: engine.model"), HasSubstr(":6: bot.discord.shards")));
}

TEST_F(SettingsReader, StopsAfterFiftyProblems) {
    std::string text = "[engine]\n";
    for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i) + " = 1\n";
    EXPECT_THAT(problems(text), SizeIs(51));
    EXPECT_EQ(problems(text).back(), "There may be more; mend these first.");
}

TEST_F(SettingsReader, ControlCharactersOfNamesAndValuesAreEscapedInMessages) {
    EXPECT_THAT(problems("[engine]\n\"\\u001b[31m\" = 1\nthreads = \"\\u001b[31m\"\n"),
                ElementsAre(HasSubstr("engine.\\x1b[31m: "), HasSubstr("got \"\\x1b[31m\"")));
}

TEST_F(SettingsReader, EnvironmentWinsOverTheFile) {
    EXPECT_THAT(problems("[engine]\nthreads = 4\n", {{"NUNCHI_ENGINE_THREADS", "8"},
                                                     {"NUNCHI_ENGINE_QUIET", "true"},
                                                     {"NUNCHI_ENGINE_SHARE", "0.25"},
                                                     {"NUNCHI_ENGINE_MODEL", "12"},
                                                     {"NUNCHI_BOT_DISCORD_SHARDS", "3"}}),
                IsEmpty());
    EXPECT_EQ(fields_.threads, 8);
    EXPECT_TRUE(fields_.is_quiet);
    EXPECT_EQ(fields_.share, 0.25);
    EXPECT_EQ(fields_.model, "12");
    EXPECT_EQ(fields_.shards, 3);
}

TEST_F(SettingsReader, WrongVariableNamesItAndWhatIsExpected) {
    EXPECT_THAT(problems("", {{"NUNCHI_ENGINE_THREADS", "two"}}),
                ElementsAre(R"(NUNCHI_ENGINE_THREADS: expected a whole number from 0 to 256, got "two")"));
    EXPECT_THAT(problems("", {{"NUNCHI_ENGINE_THREADS", "4 "}}), SizeIs(1));
    EXPECT_THAT(problems("", {{"NUNCHI_ENGINE_QUIET", "yes"}}), SizeIs(1));
    EXPECT_THAT(problems("", {{"NUNCHI_ENGINE_SHARE", "nan"}}), SizeIs(1));
}

TEST_F(SettingsReader, EmptyVariableCountsAsUnset) {
    EXPECT_THAT(problems("[engine]\nthreads = 4\n", {{"NUNCHI_ENGINE_THREADS", ""}}), IsEmpty());
    EXPECT_EQ(fields_.threads, 4);
}

TEST_F(SettingsReader, UnknownVariableOfASectionIsAProblem) {
    EXPECT_THAT(
        problems("", {{"NUNCHI_ENGINE_TREADS", "4"}}),
        ElementsAre(
            "NUNCHI_ENGINE_TREADS: no setting has this variable; did you mean NUNCHI_ENGINE_THREADS?"));
}

TEST_F(SettingsReader, UnknownVariableElsewhereIsAWarningWhenItLooksLikeAMistake) {
    const ReadReport report = read("", {{"NUNCHI_ENGIN_THREADS", "4"}, {"NUNCHI_PORT", "tcp://10.0.0.1:80"}});

    EXPECT_THAT(report.problems, IsEmpty());
    EXPECT_THAT(report.warnings,
                ElementsAre(HasSubstr("NUNCHI_ENGIN_THREADS: no setting has this variable")));
}

TEST_F(SettingsReader, RemembersWhereAValueComesFrom) {
    const ReadReport report =
        read("[engine]\nthreads = 4\nmodel = \"m\"\n", {{"NUNCHI_ENGINE_THREADS", "8"}});

    EXPECT_EQ(report.origins.at("engine.threads"), "NUNCHI_ENGINE_THREADS");
    EXPECT_EQ(report.origins.at("engine.model"), "nunchi.toml:3: engine.model");
    EXPECT_EQ(report.origins.count("engine.share"), 0U);
}

TEST_F(SettingsReader, SecretComesFromTheFileThatIsNamed) {
    const TemporaryFolder folder;
    const auto file = folder.write("token", "hunter2\n");

    EXPECT_THAT(problems("[bot.discord]\ntoken_file = \"" + file.string() + "\"\n"), IsEmpty());
    EXPECT_EQ(fields_.token.reveal(), "hunter2");
}

TEST_F(SettingsReader, SecretComesFromVariables) {
    const TemporaryFolder folder;
    const auto file = folder.write("token", "from file\n");

    EXPECT_THAT(problems("", {{"NUNCHI_BOT_DISCORD_TOKEN", "direct"}}), IsEmpty());
    EXPECT_EQ(fields_.token.reveal(), "direct");
    EXPECT_THAT(problems("", {{"NUNCHI_BOT_DISCORD_TOKEN_FILE", file.string()}}), IsEmpty());
    EXPECT_EQ(fields_.token.reveal(), "from file");
}

TEST_F(SettingsReader, SecretInBothFormsIsAProblem) {
    EXPECT_THAT(
        problems("[bot.discord]\ntoken = \"hunter2\"\ntoken_file = \"/nowhere/token\"\n"),
        ::testing::Contains("nunchi.toml:3: bot.discord.token_file: given together with nunchi.toml:2: "
                            "bot.discord.token; keep one of the two"));
    EXPECT_THAT(problems("", {{"NUNCHI_BOT_DISCORD_TOKEN", "hunter2"},
                              {"NUNCHI_BOT_DISCORD_TOKEN_FILE", "/nowhere/token"}}),
                ::testing::Contains(
                    "NUNCHI_BOT_DISCORD_TOKEN_FILE: given together with NUNCHI_BOT_DISCORD_TOKEN; keep one "
                    "of the two"));
}

TEST_F(SettingsReader, SecretOfTheEnvironmentReplacesTheFilesInEitherForm) {
    EXPECT_THAT(
        problems("[bot.discord]\ntoken_file = \"/nowhere/token\"\n", {{"NUNCHI_BOT_DISCORD_TOKEN", "t"}}),
        IsEmpty());
    EXPECT_EQ(fields_.token.reveal(), "t");
}

TEST_F(SettingsReader, SecretFileThatIsMissingNamesTheKeyAndTheFile) {
    EXPECT_THAT(
        problems("[bot.discord]\ntoken_file = \"/nowhere/token\"\n"),
        ElementsAre("nunchi.toml:2: bot.discord.token_file: the secret's file /nowhere/token cannot be read: "
                    "No such file or directory"));
    EXPECT_THAT(problems("[bot.discord]\ntoken_file = 3\n"),
                ElementsAre("nunchi.toml:2: bot.discord.token_file: expected a file's path, got 3"));
}

TEST_F(SettingsReader, SecretFileThatEverybodyMayReadGivesAWarning) {
    const TemporaryFolder folder;
    const auto file = folder.write("token", "hunter2\n");
    std::filesystem::permissions(file, std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);

    const ReadReport report = read("", {{"NUNCHI_BOT_DISCORD_TOKEN_FILE", file.string()}});

    EXPECT_THAT(report.problems, IsEmpty());
    EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("NUNCHI_BOT_DISCORD_TOKEN_FILE: everybody may read")));
}

TEST_F(SettingsReader, NoMessageHoldsASecret) {
    for (const char* text :
         {"[bot.discord]\ntoken = 20202020\n", "[bot.discord]\ntoken = [\"20202020\"]\n",
          "[bot.discord]\ntokn = \"20202020\"\n", "[bot.discord]\ntoken = 20202020x\n",
          "[bot.discord]\ntoken = \"20202020\"\ntoken_file = \"a\"\n", "token = \"20202020\"\n"}) {
        EXPECT_THAT(problems(text), SizeIs(1)) << text;
        EXPECT_THAT(problems(text), ElementsAre(Not(HasSubstr("2020")))) << text;
    }
    EXPECT_THAT(problems("[bot.discord]\ntoken = \"\"\n"),
                ElementsAre("nunchi.toml:2: bot.discord.token: expected text that is not empty, got \"\""));
}

}  // namespace
}  // namespace nunchi::config
