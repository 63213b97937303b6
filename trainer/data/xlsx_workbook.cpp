#include "trainer/data/xlsx_workbook.hpp"

#include <utility>

#include "trainer/data/xlsx_xml.hpp"

namespace nunchi::data {
namespace {

api::outcome<pugi::xml_document> parse_part(const XlsxPackage& package, const std::string& part) {
    const auto xml = package.part(part);
    if (!xml) return xml.error();
    return parse_xml(part, *xml);
}

struct Relation {
    std::string id;
    std::string type;    // the last segment of the type's address, which is the same in the strict dialect
    std::string target;  // a part's name
};

/// The folder of a part's name with its slash: "xl/" of "xl/workbook.xml".
std::string folder_of(const std::string& part) {
    return part.substr(0, part.rfind('/') + 1);
}

/// A relation's target is relative to the folder of the part it belongs to, or begins with a slash.
std::string resolve(std::string folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    while (target.starts_with("../") && !folder.empty()) {
        target.remove_prefix(3);
        folder.pop_back();
        folder = folder_of(folder);
    }
    return folder + std::string(target);
}

/// The relations of a part; those of the package itself for an empty name.
api::outcome<std::vector<Relation>> relations_of(const XlsxPackage& package, const std::string& part) {
    const std::string folder = folder_of(part);
    const auto document = parse_part(package, folder + "_rels/" + part.substr(folder.size()) + ".rels");
    if (!document) return document.error();
    std::vector<Relation> relations;
    for (const pugi::xml_node node : document->document_element().children()) {
        const std::string_view type = attribute(node, "Type");
        relations.push_back({std::string(attribute(node, "Id")),
                             std::string(type.substr(type.rfind('/') + 1)),
                             resolve(folder, attribute(node, "Target"))});
    }
    return relations;
}

api::Failure describe_foreign(const XlsxPackage& package) {
    constexpr auto kCode = api::errc::not_supported;
    if (package.has("content.xml"))
        return api::failure(kCode, "this is an OpenDocument file (.ods); save it as .xlsx");
    if (package.has("xl/workbook.bin"))
        return api::failure(kCode, "this is a binary workbook (.xlsb); save it as .xlsx");
    if (package.has("word/document.xml"))
        return api::failure(kCode, "this is a Word document, not a workbook");
    return api::failure(kCode, "this zip archive is not a workbook; if a workbook is inside it, unpack it");
}

/// The target of the first sheet in the workbook's order that is a worksheet.
std::optional<std::string> first_worksheet(const pugi::xml_document& workbook,
                                           const std::vector<Relation>& relations) {
    for (const pugi::xml_node sheet : child(workbook.document_element(), "sheets").children()) {
        for (const Relation& relation : relations) {
            if (relation.type == "worksheet" && relation.id == attribute(sheet, "id")) return relation.target;
        }
    }
    return std::nullopt;
}

}  // namespace

api::outcome<XlsxParts> find_parts(const XlsxPackage& package) {
    if (!package.has("_rels/.rels") || package.has("xl/workbook.bin")) return describe_foreign(package);
    const auto roots = relations_of(package, "");
    if (!roots) return roots.error();
    for (const Relation& root : *roots) {
        if (root.type != "officeDocument") continue;
        const auto workbook = parse_part(package, root.target);
        if (!workbook) return workbook.error();
        if (local_name(workbook->document_element().name()) != "workbook") return describe_foreign(package);
        const auto relations = relations_of(package, root.target);
        if (!relations) return relations.error();
        auto sheet = first_worksheet(*workbook, *relations);
        if (!sheet) return api::failure(api::errc::bad_format, root.target + " names no worksheet");
        XlsxParts parts{.sheet = std::move(*sheet), .shared_strings = {}};
        for (const Relation& relation : *relations) {
            if (relation.type == "sharedStrings") parts.shared_strings = relation.target;
        }
        return parts;
    }
    return describe_foreign(package);
}

api::outcome<std::vector<std::string>> read_shared_strings(const std::string& part, std::string_view xml) {
    const auto document = parse_xml(part, xml);
    if (!document) return document.error();
    std::vector<std::string> strings;
    for (const pugi::xml_node item : document->document_element().children()) {
        if (local_name(item.name()) == "si") strings.push_back(string_item(item));
    }
    return strings;
}

}  // namespace nunchi::data
