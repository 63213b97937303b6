#include "classifier/model/bert_file.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <limits>

#include "classifier/model/kobert_check.hpp"
#include "classifier/weights/safetensors.hpp"
#include "tests/unit/classifier/model/small_model.hpp"

namespace nunchi::model {
namespace {

using testing::random_weights;
using testing::small_config;

std::filesystem::path temporary(const std::string& name) {
    return std::filesystem::path(::testing::TempDir()) / name;
}

/// A file's tensors, to be changed and written again.
struct EditableFile {
    explicit EditableFile(const std::filesystem::path& path) {
        const auto file = weights::SafetensorsFile::open(path);
        for (const auto& view : file->tensors()) {
            bytes.emplace_back(view.bytes.begin(), view.bytes.end());
            views.push_back(view);
        }
    }

    weights::TensorView& view(const std::string& name) {
        for (auto& candidate : views) {
            if (candidate.name == name) return candidate;
        }
        throw std::logic_error(name);
    }

    void write(const std::filesystem::path& path) {
        for (std::size_t i = 0; i < views.size(); ++i) views[i].bytes = bytes[i];
        ASSERT_TRUE(weights::write_safetensors(path, views));
    }

    std::vector<std::vector<std::byte>> bytes;
    std::vector<weights::TensorView> views;
};

bool equal(BertWeights& a, BertWeights& b) {
    const auto left = parameters(a);
    const auto right = parameters(b);
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!at::equal(*left[i].tensor, *right[i].tensor)) return false;
    }
    return left.size() == right.size();
}

class BertFile : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(save_bert(path_, weights_, config_, StoredAs::f32)); }

    model_folder::BertConfig config_ = small_config();
    BertWeights weights_ = random_weights(config_, 0.5, 3);
    std::filesystem::path path_ = temporary("bert_file.safetensors");
};

TEST_F(BertFile, ComesBackAsItWasWritten) {
    auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(equal(*loaded, weights_));
}

TEST_F(BertFile, ReadsHalfPrecision) {
    ASSERT_TRUE(save_bert(path_, weights_, config_, StoredAs::f16));

    auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_TRUE(loaded) << loaded.error().message;
    transform(weights_, [](const at::Tensor& tensor) { return tensor.to(at::kHalf).to(at::kFloat); });
    EXPECT_TRUE(equal(*loaded, weights_));
}

TEST_F(BertFile, ReadsBrainFloatsAndDoubles) {
    EditableFile file(path_);
    for (std::size_t i = 0; i < file.views.size(); ++i) {
        const bool is_double = i % 2 == 0;
        auto single = at::empty(file.views[i].shape, at::kFloat);
        std::memcpy(single.mutable_data_ptr(), file.bytes[i].data(), file.bytes[i].size());
        const auto other = single.to(is_double ? at::kDouble : at::kBFloat16).contiguous();
        const auto* first = static_cast<const std::byte*>(other.const_data_ptr());
        file.bytes[i].assign(first, first + other.nbytes());
        file.views[i].dtype = is_double ? weights::Dtype::f64 : weights::Dtype::bf16;
    }
    file.write(path_);

    auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_TRUE(loaded) << loaded.error().message;
    for (std::size_t i = 0; i < parameters(weights_).size(); ++i) {
        EXPECT_TRUE(at::allclose(*parameters(*loaded)[i].tensor, *parameters(weights_)[i].tensor, 0.01, 0));
    }
}

TEST_F(BertFile, RefusesToStoreWhatHalfPrecisionCannotHold) {
    weights_.pooler.bias[0] = 1e6F;

    const auto saved = save_bert(path_, weights_, config_, StoredAs::f16);

    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().message.find("bert.pooler.dense.bias"), std::string::npos);
}

TEST(KobertCheck, TellsOtherWeightsFromThePublishedOnes) {
    model_folder::BertConfig config;  // KoBERT-base
    ASSERT_TRUE(has_kobert_shape(config));
    auto weights = random_weights(config, 0.02, 1);

    EXPECT_GT(difference_from_published_kobert(weights, config), 0.1);
    EXPECT_FALSE(has_kobert_shape(small_config()));
}

TEST_F(BertFile, TakesOldNamesAndABareEncoder) {
    EditableFile file(path_);
    for (auto& view : file.views) {
        if (view.name == "bert.embeddings.LayerNorm.weight") view.name = "bert.embeddings.LayerNorm.gamma";
        if (view.name == "bert.embeddings.LayerNorm.bias") view.name = "embeddings.LayerNorm.beta";
        if (view.name == "bert.pooler.dense.weight") view.name = "module.bert.pooler.dense.weight";
        if (view.name == "classifier.weight") view.name = "cls.predictions.decoder.weight";
        if (view.name == "classifier.bias") view.name = "cls.predictions.bias";
    }
    file.write(path_);

    EXPECT_FALSE(load_bert(path_, config_, Head::required));
    const auto encoder = load_bert(path_, config_, Head::optional);
    ASSERT_TRUE(encoder) << encoder.error().message;
    EXPECT_FALSE(encoder->classifier.weight.defined());
    EXPECT_TRUE(at::equal(encoder->embedding_norm.bias, weights_.embedding_norm.bias));
}

TEST_F(BertFile, ReportsMissingUnexpectedAndMisshapenTensorsTogether) {
    EditableFile file(path_);
    file.view("bert.pooler.dense.bias").name = "bert.pooler.dense.surprise";
    file.view("bert.embeddings.token_type_embeddings.weight").shape = {1, 64};
    file.write(path_);

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    const auto& message = loaded.error().message;
    EXPECT_NE(message.find("bert.pooler.dense.bias is missing"), std::string::npos) << message;
    EXPECT_NE(message.find("bert.pooler.dense.surprise is unexpected"), std::string::npos) << message;
    EXPECT_NE(message.find("token_type_embeddings.weight has shape [1, 64], expected [2, 32]"),
              std::string::npos)
        << message;
}

TEST_F(BertFile, RefusesNotANumber) {
    EditableFile file(path_);
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t i = 0; i < file.views.size(); ++i) {
        if (file.views[i].name == "classifier.weight")
            std::memcpy(file.bytes[i].data() + 8, &nan, sizeof nan);
    }
    file.write(path_);

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("classifier.weight holds NaN or infinity at element 2"),
              std::string::npos);
}

TEST_F(BertFile, RefusesDoublesBeyondTheRangeOfFloats) {
    EditableFile file(path_);
    const std::vector<double> values{0, 0, 0, 0, 0, 0, 1e300};
    for (std::size_t i = 0; i < file.views.size(); ++i) {
        if (file.views[i].name != "classifier.bias") continue;
        file.views[i].dtype = weights::Dtype::f64;
        const auto bytes = std::as_bytes(std::span(values));
        file.bytes[i].assign(bytes.begin(), bytes.end());
    }
    file.write(path_);

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("classifier.bias holds a value beyond the range of fp32"),
              std::string::npos)
        << loaded.error().message;
}

TEST_F(BertFile, PassesOverThePositionIdsOfOldFiles) {
    EditableFile file(path_);
    file.views.push_back(file.view("bert.pooler.dense.bias"));
    file.views.back().name = "bert.embeddings.position_ids";
    file.bytes.push_back(file.bytes.front());
    file.bytes.back().resize(file.views.back().bytes.size());
    file.write(path_);

    EXPECT_TRUE(load_bert(path_, config_, Head::required));
}

TEST_F(BertFile, RefusesWholeNumbers) {
    EditableFile file(path_);
    file.view("bert.pooler.dense.bias").dtype = weights::Dtype::i32;
    file.write(path_);

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("bert.pooler.dense.bias is not of type F32"), std::string::npos);
}

TEST_F(BertFile, RefusesATensorUnderTwoNames) {
    EditableFile file(path_);
    file.views.push_back(file.view("bert.pooler.dense.bias"));
    file.views.back().name = "pooler.dense.bias";
    file.bytes.emplace_back(file.views.back().shape.front() * 4);
    file.write(path_);

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("pooler.dense.bias is there twice"), std::string::npos);
}

TEST_F(BertFile, ComparesTheShapesBeforeItTakesMemoryForThem) {
    config_.vocab_size = 10'000'000;
    config_.hidden_size = 16'384;  // 655 GB of word embeddings

    const auto loaded = load_bert(path_, config_, Head::required);

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("expected [10000000, 16384]"), std::string::npos);
}

}  // namespace
}  // namespace nunchi::model
