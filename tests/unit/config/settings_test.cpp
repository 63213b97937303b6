#include "config/settings.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "config/settings_error.hpp"
#include "config/toml_document.hpp"
#include "tests/unit/config/temporary_folder.hpp"

namespace nunchi::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

const std::filesystem::path kExampleFile =
    std::filesystem::path(NUNCHI_SOURCE_DIR) / "config/nunchi.example.toml";

LoadedSettings load(const TemporaryFolder& folder, std::string_view text,
                    const Environment& environment = {}) {
    return load_settings(folder.write("nunchi.toml", text), environment);
}

std::vector<std::string> problems(std::string_view text, const Environment& environment = {}) {
    const TemporaryFolder folder;
    try {
        load(folder, text, environment);
    } catch (const SettingsError& error) {
        return error.problems();
    }
    return {};
}

TEST(Settings, DefaultsAreTheDocumentedOnes) {
    const TemporaryFolder folder;
    const LoadedSettings loaded = load(folder, "");

    EXPECT_EQ(loaded.settings.log.level, LogLevel::info);
    EXPECT_EQ(loaded.settings.log.format, LogFormat::human);
    EXPECT_EQ(loaded.settings.classifier.model, "starter");
    EXPECT_EQ(loaded.settings.classifier.models_dir, "");
    EXPECT_EQ(loaded.settings.classifier.device, Device::automatic);
    EXPECT_EQ(loaded.settings.classifier.threads, 0);
    EXPECT_EQ(loaded.settings.classifier.max_batch_tokens, 1024);
    EXPECT_EQ(loaded.settings.classifier.max_queued_tokens, 65536);
    EXPECT_EQ(loaded.settings.classifier.max_tokens, 64);
}

TEST(Settings, EveryKeyIsRead) {
    const TemporaryFolder folder;
    const LoadedSettings loaded = load(folder, R"(
[log]
level = "trace"
format = "json"
[classifier]
model = "/srv/models/chat"
models_dir = "/srv/models"
device = "cuda"
threads = 256
max_batch_tokens = 65536
max_queued_tokens = 10000000
max_tokens = 512
)");

    EXPECT_EQ(loaded.settings.log.level, LogLevel::trace);
    EXPECT_EQ(loaded.settings.log.format, LogFormat::json);
    EXPECT_EQ(loaded.settings.classifier.model, "/srv/models/chat");
    EXPECT_EQ(loaded.settings.classifier.models_dir, "/srv/models");
    EXPECT_EQ(loaded.settings.classifier.device, Device::cuda);
    EXPECT_EQ(loaded.settings.classifier.threads, 256);
    EXPECT_EQ(loaded.settings.classifier.max_batch_tokens, 65536);
    EXPECT_EQ(loaded.settings.classifier.max_queued_tokens, 10'000'000);
    EXPECT_EQ(loaded.settings.classifier.max_tokens, 512);
    EXPECT_EQ(loaded.file, folder.path() / "nunchi.toml");
}

TEST(Settings, RangesAreTheDocumentedOnes) {
    EXPECT_THAT(
        problems(
            "[classifier]\nthreads = 257\nmax_batch_tokens = 15\nmax_queued_tokens = 63\nmax_tokens = 2\n"),
        ElementsAre(
            HasSubstr(":2: classifier.threads: expected a whole number from 0 to 256, got 257"),
            HasSubstr(":3: classifier.max_batch_tokens: expected a whole number from 16 to 65536"),
            HasSubstr(":4: classifier.max_queued_tokens: expected a whole number from 64 to 10000000"),
            HasSubstr(":5: classifier.max_tokens: expected a whole number from 3 to 512, got 2")));
    EXPECT_THAT(
        problems("[log]\nlevel = \"warning\"\n"),
        ElementsAre(HasSubstr(
            R"(:2: log.level: expected one of "trace", "debug", "info", "warn", "error", got "warning")")));
}

TEST(Settings, BatchAndQueueMustHoldOneMessage) {
    EXPECT_THAT(
        problems("[classifier]\nmax_tokens = 512\nmax_batch_tokens = 511\n",
                 {{"NUNCHI_CLASSIFIER_MAX_QUEUED_TOKENS", "100"}}),
        ElementsAre(
            HasSubstr(
                ":3: classifier.max_batch_tokens: expected at least classifier.max_tokens (512), got 511"),
            "NUNCHI_CLASSIFIER_MAX_QUEUED_TOKENS: expected at least classifier.max_tokens (512), got 100"));
}

TEST(Settings, ErrorNamesTheFileAndHoldsEveryProblem) {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "nunchi.toml").string();
    try {
        load(folder, "[log]\nlevl = 1\n[classifier]\nthreads = \"two\"\n");
        FAIL() << "no error";
    } catch (const SettingsError& error) {
        EXPECT_EQ(std::string(error.what()),
                  file + ":2: log.levl: unknown key; did you mean level?\n" + file +
                      ":4: classifier.threads: expected a whole number from 0 to 256, got \"two\"");
    }
}

TEST(Settings, MissingExplicitFileIsAnErrorThatNamesIt) {
    EXPECT_THAT([] { load_settings("/nowhere/nunchi.toml", {}); },
                ::testing::ThrowsMessage<SettingsError>(
                    "/nowhere/nunchi.toml: the settings file cannot be read: No such file or directory"));
    EXPECT_THROW(load_settings(std::nullopt, {{"NUNCHI_CONFIG", "/nowhere/nunchi.toml"}}), SettingsError);
}

TEST(Settings, FileLongerThanOneMebibyteIsAnErrorThatNamesIt) {
    EXPECT_THAT(problems(std::string(kMaxTomlBytes + 1, '\n')),
                ElementsAre(HasSubstr("longer than 1048576 bytes")));
}

TEST(Settings, FileIsFoundThroughTheEnvironment) {
    const TemporaryFolder folder;
    const auto file = folder.write("nunchi/nunchi.toml", "[classifier]\nthreads = 7\n");

    const LoadedSettings loaded = load_settings(std::nullopt, {{"XDG_CONFIG_HOME", folder.path().string()}});

    EXPECT_EQ(loaded.file, file);
    EXPECT_EQ(loaded.settings.classifier.threads, 7);
}

std::string file_content(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file, std::ios::binary).rdbuf();
    return content.str();
}

// To write the file anew after a change of settings: NUNCHI_UPDATE_EXAMPLE=1 config_test
TEST(ExampleSettings, FileInTheRepositoryIsWhatTheSettingsGenerate) {
    if (std::getenv("NUNCHI_UPDATE_EXAMPLE") != nullptr) {
        std::ofstream(kExampleFile, std::ios::binary) << example_settings();
    }
    EXPECT_EQ(file_content(kExampleFile), example_settings())
        << "Run config_test with NUNCHI_UPDATE_EXAMPLE=1 to write it anew.";
}

TEST(ExampleSettings, SetsNothingAsItStands) {
    const TomlDocument document = parse_toml(file_content(kExampleFile));

    EXPECT_FALSE(document.error);
    EXPECT_TRUE(document.entries.empty());
    EXPECT_EQ(document.sections.size(), 9U);
}

TEST(ExampleSettings, UncommentedItIsValidAndSetsEveryKey) {
    // A secret shows both of its forms, of which one may be set, and no value.
    const std::string without_secrets = std::regex_replace(
        file_content(kExampleFile), std::regex("\n# [a-z_]+ = \"\"\n# [a-z_]+_file = [^\n]*"), "");
    const std::string text = std::regex_replace(without_secrets, std::regex("(^|\n)# ([a-z_]+ = )"), "$1$2");
    const TemporaryFolder folder;

    EXPECT_EQ(parse_toml(text).entries.size(), 65U);
    EXPECT_NO_THROW(load(folder, text));
}

TEST(ListItems, AreTheTrimmedTextsBetweenCommas) {
    EXPECT_EQ(list_items(" a.example , b.example,,"), (std::vector<std::string>{"a.example", "b.example"}));
    EXPECT_TRUE(list_items("").empty());
    EXPECT_TRUE(list_items(" , ").empty());
}

}  // namespace
}  // namespace nunchi::config
