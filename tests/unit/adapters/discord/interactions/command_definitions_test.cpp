#include "adapters/discord/interactions/command_definitions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;

/// UTF-8 of our own, so valid.
std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// I13, for the alphabets that are used here: Latin in lower case, digits, "-", "_" and Hangul syllables.
bool is_valid_name(const std::string& name) {
    std::size_t i = 0;
    while (i < name.size()) {
        const auto byte = static_cast<unsigned char>(name[i]);
        const bool is_plain = (name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9') ||
                              name[i] == '-' || name[i] == '_';
        // U+AC00 to U+D7A3: EA B0 80 to ED 9E A3. Already composed, that is NFC (I16).
        const std::string three = name.substr(i, 3);
        const bool is_hangul = byte >= 0xEA && three >= "\xEA\xB0\x80" && three <= "\xED\x9E\xA3";
        if (!is_plain && !is_hangul) return false;
        i += is_plain ? 1 : 3;
    }
    return characters(name) >= 1 && characters(name) <= 32;
}

using Visit = std::function<void(const json& node, int depth)>;

void visit_options(const json& node, int depth, const Visit& visit) {
    if (!node.contains("options")) return;
    for (const json& option : node["options"]) {
        visit(option, depth);
        visit_options(option, depth + 1, visit);
    }
}

/// Each command at depth 0, and each option below.
void visit_all(const json& definitions, const Visit& visit) {
    for (const json& command : definitions) {
        visit(command, 0);
        visit_options(command, 1, visit);
    }
}

bool is_menu(const json& node) {
    return node["type"] == 3 && !node.contains("description");
}

TEST(CommandDefinitions, HaveNamesThatDiscordAllows) {
    visit_all(command_definitions(), [](const json& node, int depth) {
        if (depth == 0 && is_menu(node)) return;
        EXPECT_TRUE(is_valid_name(node["name"])) << node["name"];
        EXPECT_TRUE(is_valid_name(node["name_localizations"]["ko"])) << node["name_localizations"];
    });
}

TEST(CommandDefinitions, DescribeEverythingInBothLanguages) {
    visit_all(command_definitions(), [](const json& node, int depth) {
        if (depth == 0 && is_menu(node)) return;
        for (const std::string& text : {node["description"].get<std::string>(),
                                        node["description_localizations"]["ko"].get<std::string>()}) {
            EXPECT_GE(characters(text), 1U);
            EXPECT_LE(characters(text), 100U) << text;
        }
    });
}

TEST(CommandDefinitions, KeepDiscordsNumbers) {
    int slash = 0;
    int menus = 0;
    visit_all(command_definitions(), [&](const json& node, int depth) {
        if (depth == 0) (is_menu(node) ? menus : slash) += 1;
        EXPECT_LE(node.value("options", json::array()).size(), 25U);
        EXPECT_LE(node.value("choices", json::array()).size(), 25U);
    });
    EXPECT_EQ(slash, 4);
    EXPECT_EQ(menus, 1);
}

TEST(CommandDefinitions, StayBelow8000CharactersEach) {
    for (const json& command : command_definitions()) {
        std::size_t total = 0;
        const auto longest = [](const json& node, const char* name, const char* localizations) {
            if (!node.contains(name)) return std::size_t{0};
            return std::max(characters(node[name]), characters(node[localizations]["ko"]));
        };
        const Visit add = [&](const json& node, int) {
            total += longest(node, "name", "name_localizations") +
                     longest(node, "description", "description_localizations");
            for (const json& choice : node.value("choices", json::array())) {
                total += longest(choice, "name", "name_localizations") + characters(choice["value"]);
            }
        };
        add(command, 0);
        visit_options(command, 1, add);
        EXPECT_LE(total, 8000U);
        EXPECT_GE(total, 10U);
    }
}

TEST(CommandDefinitions, HaveChoicesThatDiscordAllows) {
    visit_all(command_definitions(), [](const json& node, int) {
        for (const json& choice : node.value("choices", json::array())) {
            for (const std::string& text :
                 {choice["name"].get<std::string>(), choice["value"].get<std::string>(),
                  choice["name_localizations"]["ko"].get<std::string>()}) {
                EXPECT_GE(characters(text), 1U);
                EXPECT_LE(characters(text), 100U);
            }
        }
    });
}

TEST(CommandDefinitions, NameNothingTwiceOnOneLevel) {
    const auto expect_unique = [](const json& nodes) {
        std::set<json> names;
        std::set<json> korean;
        for (const json& node : nodes) {
            EXPECT_TRUE(names.insert(node["name"]).second) << node["name"];
            EXPECT_TRUE(korean.insert(node["name_localizations"]["ko"]).second) << node["name_localizations"];
        }
    };
    expect_unique(command_definitions());
    visit_all(command_definitions(), [&](const json& node, int) {
        if (node.contains("options")) expect_unique(node["options"]);
    });
}

TEST(CommandDefinitions, PutRequiredOptionsFirst) {
    visit_all(command_definitions(), [](const json& node, int) {
        bool was_optional = false;
        for (const json& option : node.value("options", json::array())) {
            const bool is_required = option.value("required", false);
            EXPECT_FALSE(is_required && was_optional) << option["name"];
            was_optional = was_optional || !is_required;
        }
    });
}

TEST(CommandDefinitions, ShowSettingsToServerManagersInServersOnly) {
    for (const json& command : command_definitions()) {
        const bool is_settings = command["name"] == "settings";
        EXPECT_EQ(command.value("default_member_permissions", "everybody"), is_settings ? "32" : "everybody");
        EXPECT_EQ(command["contexts"], is_settings ? json::array({0}) : json::array({0, 1}));
    }
}

TEST(CommandDefinitions, AreKnownByTheirKoreanNames) {
    std::set<std::string> korean;
    for (const json& command : command_definitions()) korean.insert(command["name_localizations"]["ko"]);
    EXPECT_EQ(korean, (std::set<std::string>{"감정", "감정 분석", "설정", "도움말", "진단"}));
    std::set<std::string> below;
    for (const json& command : command_definitions()) {
        if (command["name"] != "settings") continue;
        for (const json& option : command["options"]) below.insert(option["name_localizations"]["ko"]);
    }
    EXPECT_EQ(below, (std::set<std::string>{"보기", "모드", "채널", "기준", "말투"}));
}

TEST(CommandDefinitions, WithoutOptionLocalizationsKeepThoseOfTheCommands) {
    visit_all(without_option_localizations(command_definitions()), [](const json& node, int depth) {
        EXPECT_EQ(node.contains("name_localizations"), depth == 0) << node["name"];
        EXPECT_EQ(node.contains("description_localizations"), depth == 0 && !is_menu(node)) << node["name"];
        for (const json& choice : node.value("choices", json::array())) {
            EXPECT_FALSE(choice.contains("name_localizations"));
            EXPECT_TRUE(choice.contains("value"));
        }
        EXPECT_TRUE(node.contains("name"));
    });
}

TEST(CommandDefinitions, HaveAFingerprintThatChangesWithThem) {
    // printf '[]' | sha256sum
    EXPECT_EQ(fingerprint_of(json::array()),
              "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945");
    json changed = command_definitions();
    EXPECT_EQ(fingerprint_of(changed), fingerprint_of(command_definitions()));
    changed[0]["description"] = "x";
    EXPECT_NE(fingerprint_of(changed), fingerprint_of(command_definitions()));
}

}  // namespace
}  // namespace nunchi::discord::interactions
