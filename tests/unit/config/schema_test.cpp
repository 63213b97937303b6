#include "config/schema.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "config/example_file.hpp"

namespace nunchi::config {
namespace {

enum class Colour { red, green };

struct Fields {
    bool is_on = false;
    int count = 3;
    std::size_t size = 10;
    double share = 0.5;
    std::string name = "a";
    std::filesystem::path folder;
    Colour colour = Colour::green;
    Secret key;
};

Schema schema_of_fields(Fields& fields) {
    Schema schema;
    schema.section("test.section", "A section.")
        .flag("is_on", fields.is_on, "Whether it is on.")
        .number("count", fields.count, 0, 9, "How many.")
        .number("size", fields.size, 1, 20, "How large.")
        .real("share", fields.share, 0.0, 1.0, "How much.")
        .text("name", fields.name, EmptyText::refused, "What it is called.")
        .path("folder", fields.folder, EmptyText::allowed, "Where it is.")
        .choice("colour", fields.colour, {{"red", Colour::red}, {"green", Colour::green}}, "Its colour.")
        .secret("key", fields.key, "What opens it.");
    return schema;
}

bool assign(const Schema& schema, std::string_view name, Value value) {
    for (const Key& key : schema.find_section("test.section")->keys()) {
        if (key.name == name) return key.assign(value);
    }
    ADD_FAILURE() << "no key " << name;
    return false;
}

TEST(Schema, NamesItsVariablesInUpperCase) {
    Fields fields;
    const Schema schema = schema_of_fields(fields);
    EXPECT_EQ(schema.sections().front().keys()[1].variable(), "NUNCHI_TEST_SECTION_COUNT");
    EXPECT_EQ(schema.sections().front().keys()[1].full_name(), "test.section.count");
}

TEST(Schema, FillsFieldsOfEveryKind) {
    Fields fields;
    const Schema schema = schema_of_fields(fields);

    EXPECT_TRUE(assign(schema, "is_on", true));
    EXPECT_TRUE(assign(schema, "count", std::int64_t{9}));
    EXPECT_TRUE(assign(schema, "size", std::int64_t{20}));
    EXPECT_TRUE(assign(schema, "share", 0.25));
    EXPECT_TRUE(assign(schema, "name", std::string("이름")));
    EXPECT_TRUE(assign(schema, "folder", std::string("/tmp")));
    EXPECT_TRUE(assign(schema, "colour", std::string("red")));
    EXPECT_TRUE(assign(schema, "key", std::string("hunter2")));

    EXPECT_TRUE(fields.is_on);
    EXPECT_EQ(fields.count, 9);
    EXPECT_EQ(fields.size, 20U);
    EXPECT_EQ(fields.share, 0.25);
    EXPECT_EQ(fields.name, "이름");
    EXPECT_EQ(fields.folder, "/tmp");
    EXPECT_EQ(fields.colour, Colour::red);
    EXPECT_EQ(fields.key.reveal(), "hunter2");
}

TEST(Schema, RefusesValuesOutOfRangeAndKeepsTheField) {
    Fields fields;
    const Schema schema = schema_of_fields(fields);

    EXPECT_FALSE(assign(schema, "count", std::int64_t{10}));
    EXPECT_FALSE(assign(schema, "count", std::int64_t{-1}));
    EXPECT_FALSE(assign(schema, "count", std::int64_t{1} << 32));  // 0 when it is cut to an int
    EXPECT_FALSE(assign(schema, "share", 1.5));
    EXPECT_FALSE(assign(schema, "share", std::numeric_limits<double>::quiet_NaN()));
    EXPECT_FALSE(assign(schema, "colour", std::string("blue")));
    EXPECT_FALSE(assign(schema, "name", std::string()));
    EXPECT_FALSE(assign(schema, "name", std::string("a\nb")));
    EXPECT_FALSE(assign(schema, "name", std::string(4097, 'a')));
    EXPECT_FALSE(assign(schema, "folder", std::string("a\0b", 3)));
    EXPECT_FALSE(assign(schema, "key", std::string()));

    EXPECT_EQ(fields.count, 3);
    EXPECT_EQ(fields.share, 0.5);
    EXPECT_EQ(fields.name, "a");
    EXPECT_EQ(fields.colour, Colour::green);
}

TEST(Schema, RefusesValuesOfAnotherKind) {
    Fields fields;
    const Schema schema = schema_of_fields(fields);

    EXPECT_FALSE(assign(schema, "is_on", std::string("true")));
    EXPECT_FALSE(assign(schema, "is_on", std::int64_t{1}));
    EXPECT_FALSE(assign(schema, "count", 3.0));
    EXPECT_FALSE(assign(schema, "share", std::string("0.5")));
    EXPECT_FALSE(assign(schema, "name", std::int64_t{3}));
    EXPECT_FALSE(assign(schema, "colour", true));
    EXPECT_FALSE(assign(schema, "folder", ForeignValue{"a list"}));
    EXPECT_FALSE(assign(schema, "key", std::int64_t{3}));
}

TEST(Schema, TakesAWholeNumberWhereANumberIsAsked) {
    Fields fields;
    EXPECT_TRUE(assign(schema_of_fields(fields), "share", std::int64_t{1}));
    EXPECT_EQ(fields.share, 1.0);
}

TEST(ExampleFile, ShowsEveryKeyWithItsDocItsRangeAndItsDefault) {
    Fields fields;
    const std::string example = example_file(schema_of_fields(fields));

    const std::string expected = R"(

# A section.
[test.section]

# Whether it is on.
# True or false.
# is_on = false

# How many.
# A whole number from 0 to 9.
# count = 3

# How large.
# A whole number from 1 to 20.
# size = 10

# How much.
# A number from 0 to 1.
# share = 0.5

# What it is called.
# Text of one line.
# name = "a"

# Where it is.
# A path of one line, or "".
# folder = ""

# Its colour.
# One of "red", "green".
# colour = "green"

# What opens it.
# A secret: text that is not empty; better, name a file that holds it (or set NUNCHI_TEST_SECTION_KEY_FILE).
# key = ""
# key_file = "/run/secrets/nunchi_test_section_key"
)";
    ASSERT_GE(example.size(), expected.size());
    EXPECT_EQ(example.substr(example.size() - expected.size()), expected);
}

TEST(ExampleFile, NeverShowsASecretThatIsSet) {
    Fields fields;
    fields.key = Secret("hunter2");
    EXPECT_EQ(example_file(schema_of_fields(fields)).find("hunter2"), std::string::npos);
}

TEST(ExampleFile, WritesDefaultsAsTomlDoes) {
    EXPECT_EQ(toml_literal(1.0), "1.0");
    EXPECT_EQ(toml_literal(std::string("a \"b\" \\ \n")), R"("a \"b\" \\ \n")");
}

}  // namespace
}  // namespace nunchi::config
