#include "tests/unit/trainer/data/zip_bytes.hpp"

#include <zip.h>

namespace nunchi::data::testing {

std::string zip_of(const Entries& entries) {
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    for (const auto& [name, content] : entries) {
        zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
    zip_stat_t status;
    zip_source_stat(target, &status);
    std::string bytes(status.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

Entries workbook_entries(std::string_view rows, std::string_view shared_strings) {
    const std::string relation = R"(<Relationship Id="rId)";
    const std::string type =
        R"(" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/)";
    return {
        {"_rels/.rels", "<Relationships>" + relation + "1" + type +
                            R"(officeDocument" Target="xl/workbook.xml"/>)" + "</Relationships>"},
        {"xl/workbook.xml",
         R"(<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="7" r:id="rId1"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships>" + relation + "1" + type + R"(worksheet" Target="worksheets/sheet1.xml"/>)" +
             relation + "2" + type + R"(sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>)"},
        {"xl/sharedStrings.xml", "<sst>" + std::string(shared_strings) + "</sst>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData>" + std::string(rows) + "</sheetData></worksheet>"},
    };
}

}  // namespace nunchi::data::testing
