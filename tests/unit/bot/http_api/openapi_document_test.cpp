#include "bot/http_api/openapi_document.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::http_api {
namespace {

TEST(OpenApiDocument, IsTheFileOfTheSourceTree) {
    std::ifstream file(NUNCHI_SOURCE_DIR "/bot/http_api/openapi.json");
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(openapi_document(), content);
    EXPECT_TRUE(nlohmann::json::accept(openapi_document()));
}

}  // namespace
}  // namespace nunchi::http_api
