// The page's files, as they were when the program was built (embed_page.cmake).
#pragma once

#include <span>
#include <string_view>

namespace nunchi::web {

struct PageFile {
    std::string_view path;  // "/", "/web/app.js"
    std::string_view content_type;
    std::string_view etag;  // strong, with its quotation marks
    std::string_view content;
};

std::span<const PageFile> page_files();

}  // namespace nunchi::web
