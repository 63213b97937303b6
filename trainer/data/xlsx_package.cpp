#include "trainer/data/xlsx_package.hpp"

#include <zip.h>

#include <utility>

namespace nunchi::data {
namespace {

api::Failure bad_format(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

api::Failure damaged(zip_error_t* error) {
    std::string message =
        std::string("the workbook's zip archive is damaged: ") + zip_error_strerror(error) +
        "; it may be an unfinished download, or open and save it again in a spreadsheet program";
    zip_error_fini(error);
    return bad_format(std::move(message));
}

struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

}  // namespace

void XlsxPackage::Discard::operator()(zip* archive) const {
    zip_discard(archive);
}

api::outcome<XlsxPackage> XlsxPackage::open(std::span<const std::byte> file, std::size_t max_part_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    if (source == nullptr) return damaged(&error);
    zip* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == nullptr) {
        zip_source_free(source);
        return damaged(&error);
    }
    zip_error_fini(&error);
    return XlsxPackage(archive, max_part_bytes);
}

bool XlsxPackage::has(const std::string& name) const {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

api::outcome<std::string> XlsxPackage::part(const std::string& name) const {
    const auto index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return bad_format("the workbook lacks its part " + name + "; open and save it again");
    const std::unique_ptr<zip_file_t, CloseEntry> entry(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!entry) return bad_format(name + " cannot be unpacked: " + zip_strerror(archive_.get()));

    std::string content;
    constexpr std::size_t kChunk = std::size_t{64} << 10;
    for (;;) {
        const std::size_t filled = content.size();
        content.resize(filled + kChunk);
        const zip_int64_t read = zip_fread(entry.get(), content.data() + filled, kChunk);
        if (read < 0) return bad_format(name + " is damaged: " + zip_file_strerror(entry.get()));
        content.resize(filled + static_cast<std::size_t>(read));
        if (read == 0) return content;
        if (content.size() > max_part_bytes_) {
            return bad_format(name + " unpacks to more than the allowed " + std::to_string(max_part_bytes_) +
                              " bytes; split the workbook, or save it as CSV");
        }
    }
}

}  // namespace nunchi::data
