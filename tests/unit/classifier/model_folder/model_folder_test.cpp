#include "classifier/model_folder/model_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "classifier/model_folder/catalogue.hpp"
#include "classifier/model_folder/folder_writer.hpp"

namespace nunchi::model_folder {
namespace {

namespace fs = std::filesystem;

class ModelFolderTest : public ::testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(root_);
        fs::create_directories(path_);
        BertConfig config;
        std::ofstream(path_ / kConfigFile) << to_json(config);
        std::ofstream(path_ / kWeightsFile) << "weights";
        std::ofstream(path_ / kSpieceFile) << "pieces";
    }

    fs::path root_ =
        fs::path(::testing::TempDir()) / "모델 폴더";  // Hangul and a space: both occur on users' disks.
    fs::path path_ = root_ / "눈치";
};

TEST_F(ModelFolderTest, OpensWithDefaultsWhenThereIsNoManifest) {
    const auto folder = open_model_folder(path_);

    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_FALSE(folder->has_manifest);
    EXPECT_EQ(folder->name, "눈치");
    // printf weights | sha256sum
    EXPECT_EQ(folder->model_id(), "눈치@9a129038d9a0");
}

TEST_F(ModelFolderTest, NamesTheFileThatIsMissing) {
    fs::remove(path_ / kSpieceFile);

    const auto folder = open_model_folder(path_);

    ASSERT_FALSE(folder);
    EXPECT_NE(folder.error().message.find("spiece.model: is missing"), std::string::npos);
}

TEST_F(ModelFolderTest, NoticesAChangedFile) {
    ASSERT_TRUE(write_manifest(path_, {}));
    ASSERT_TRUE(open_model_folder(path_));
    std::ofstream(path_ / kWeightsFile) << "other weights";

    const auto folder = open_model_folder(path_);

    ASSERT_FALSE(folder);
    EXPECT_NE(folder.error().message.find("model.safetensors: differs from the SHA-256"), std::string::npos);
}

TEST_F(ModelFolderTest, IsFoundByNameAndByPath) {
    EXPECT_EQ(*find_model("눈치", {root_ / "none", root_}), path_);
    EXPECT_EQ(*find_model(path_.string(), {}), path_);
    EXPECT_EQ(list_models({root_ / "none", root_}), std::vector<fs::path>{path_});

    const auto missing = find_model("kobert", {root_});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("no model named \"kobert\""), std::string::npos);
}

TEST_F(ModelFolderTest, IsReplacedOnlyWhenItIsWhole) {
    EXPECT_FALSE(FolderInProgress::begin(path_, IfExists::fail));
    {
        const auto abandoned = FolderInProgress::begin(path_, IfExists::replace);
        ASSERT_TRUE(abandoned);
        std::ofstream(abandoned->path() / "half") << "half";
    }
    EXPECT_TRUE(open_model_folder(path_));
    EXPECT_FALSE(fs::exists(path_.string() + ".partial"));

    auto finished = FolderInProgress::begin(path_, IfExists::replace);
    ASSERT_TRUE(finished);
    std::ofstream(finished->path() / "new") << "new";
    ASSERT_TRUE(finished->finish());

    EXPECT_TRUE(fs::exists(path_ / "new"));
    EXPECT_FALSE(fs::exists(path_ / kConfigFile));
    EXPECT_FALSE(fs::exists(path_.string() + ".replaced"));
}

TEST_F(ModelFolderTest, IsMadeBesideItsPlaceWhenTheNameEndsInASlash) {
    const fs::path made = root_ / "new";
    ASSERT_TRUE(check_output(made / "", IfExists::fail));
    EXPECT_FALSE(fs::exists(made));

    auto folder = FolderInProgress::begin(made / "", IfExists::fail);
    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_EQ(folder->path(), fs::path(made.string() + ".partial"));
    std::ofstream(folder->path() / "new") << "new";
    const auto finished = folder->finish();

    ASSERT_TRUE(finished) << finished.error().message;
    EXPECT_TRUE(fs::exists(made / "new"));
}

TEST_F(ModelFolderTest, StaysWhenItsReplacementCannotBePutInPlace) {
    auto lost = FolderInProgress::begin(path_, IfExists::replace);
    ASSERT_TRUE(lost);
    fs::remove_all(lost->path());

    EXPECT_FALSE(lost->finish());

    EXPECT_TRUE(open_model_folder(path_));
    EXPECT_FALSE(fs::exists(path_.string() + ".replaced"));
}

TEST_F(ModelFolderTest, NamesTheFolderWhoseConfigurationIsBroken) {
    std::ofstream(path_ / kConfigFile) << "{";

    const auto folder = open_model_folder(path_);

    ASSERT_FALSE(folder);
    EXPECT_TRUE(folder.error().message.starts_with(path_.string() + "/config.json: "))
        << folder.error().message;
}

}  // namespace
}  // namespace nunchi::model_folder
