#include "adapters/web/page_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

namespace nunchi::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const PageFile& file_at(std::string_view path) {
    const auto files = page_files();
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
    EXPECT_NE(found, files.end()) << path;
    return *found;
}

std::set<std::string> matches_of(std::string_view text, const char* pattern) {
    const std::string content(text);
    const std::regex wanted(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator it(content.begin(), content.end(), wanted), end; it != end; ++it)
        found.insert((*it)[1]);
    return found;
}

TEST(WebPage, ComesWithHeadersThatKeepItToItself) {
    const auto response = page_response(file_at("/"), {});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("Content-Type"), "text/html; charset=utf-8");
    const std::string policy(response.headers.get("Content-Security-Policy"));
    for (const char* part :
         {"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
          "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}) {
        EXPECT_THAT(policy, HasSubstr(part));
    }
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_EQ(response.headers.get("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.headers.get("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.headers.get("Cross-Origin-Opener-Policy"), "same-origin");
}

TEST(WebPage, IsNotSentAgainToABrowserThatHasIt) {
    const PageFile& file = file_at("/web/app.js");
    net::Request request{};
    request.headers.set("If-None-Match", "\"other\", " + std::string(file.etag));
    const auto response = page_response(file, request);
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(response.headers.get("ETag"), file.etag);
    request.headers.set("If-None-Match", "\"other\"");
    EXPECT_EQ(page_response(file, request).status, 200);
}

TEST(WebPage, HasAnEtagForEachFile) {
    std::set<std::string_view> etags;
    for (const PageFile& file : page_files()) {
        EXPECT_EQ(file.etag.size(), 34U);
        etags.insert(file.etag);
    }
    EXPECT_EQ(etags.size(), page_files().size());
}

TEST(WebPage, HoldsNoInlineScriptOrStyle) {
    const auto html = file_at("/").content;
    EXPECT_TRUE(matches_of(html, "(<style)").empty());
    EXPECT_TRUE(matches_of(html, "(\\sstyle=)").empty());
    EXPECT_TRUE(matches_of(html, "(\\son[a-z]+=)").empty());
    EXPECT_TRUE(matches_of(html, "<script(?![^>]*\\ssrc=)([^>]*)>").empty());
}

TEST(WebPage, NamesOnlyFilesThatAreThere) {
    const auto named = matches_of(file_at("/").content, "(?:src|href)=\"([^\"]+)\"");
    EXPECT_GE(named.size(), 4U);
    for (const std::string& path : named) file_at(path);
    for (const PageFile& file : page_files()) {
        if (!file.path.ends_with(".js")) continue;
        for (const std::string& name : matches_of(file.content, "from \"\\./([^\"]+)\""))
            file_at("/web/" + name);
    }
}

TEST(WebPage, PutsTextInAsTextOnly) {
    for (const PageFile& file : page_files()) {
        if (!file.path.ends_with(".js")) continue;
        for (const char* writer :
             {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
            EXPECT_THAT(std::string(file.content), Not(HasSubstr(writer))) << file.path;
        }
    }
}

}  // namespace
}  // namespace nunchi::web
