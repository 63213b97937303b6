"""Tests the checker of the include rules on small trees made for the purpose."""

import os
import tempfile
import unittest

import include_rules


class IncludeRules(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as source:
                    source.write(text)
            return include_rules.findings_of_tree(root)[0]

    def assert_allowed(self, path, *includes):
        self.assertEqual(self.findings({path: "".join(f"#include {i}\n" for i in includes)}), [])

    def assert_refused(self, path, include):
        found = self.findings({path: f"// first line\n#include {include}\n"})
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(f"{path}:2: #include {include}: "), found[0])
        return found[0]

    def test_what_the_table_allows_passes(self):
        self.assert_allowed("classifier/text/a.cpp", '"classifier/text/a.hpp"', '"classifier/api/error.hpp"',
                            "<string_view>", "<sys/mman.h>", "<sentencepiece_processor.h>",
                            "<boost/system/result.hpp>", "<classifier/api/emotion.hpp>")
        self.assert_allowed("classifier/engine/a.cpp", '"classifier/model/bert.hpp"', "<c10/util/Exception.h>")
        self.assert_allowed("trainer/a.cpp", '"trainer/data/sheet.hpp"', '"classifier/model/bert.hpp"')
        self.assert_allowed("bot/cli/a.cpp", '"trainer/data/delimited_reader.hpp"', "<CLI/CLI.hpp>")
        self.assert_allowed("tests/unit/a.cpp", '"bot/app/app.hpp"', "<gtest/gtest.h>", "<any/thing.h>")

    def test_a_folder_outside_the_row_is_refused_and_the_row_is_shown(self):
        finding = self.assert_refused("classifier/api/a.hpp", '"classifier/text/utf8.hpp"')
        self.assertIn("classifier/api may include classifier/api; libraries: std", finding)

    def test_siblings_among_the_platforms_are_refused(self):
        self.assert_refused("adapters/slack/a.cpp", '"adapters/discord/session.hpp"')

    def test_the_composition_root_is_refused_to_its_neighbours(self):
        self.assert_refused("bot/store/a.cpp", '"bot/app/app.hpp"')

    def test_the_data_readers_do_not_see_the_trainer_around_them(self):
        self.assert_refused("trainer/data/a.cpp", '"trainer/loop.hpp"')

    def test_only_the_delimited_reader_of_the_trainer_is_open_to_the_terminal(self):
        self.assert_refused("bot/cli/a.cpp", '"trainer/data/xlsx_reader.hpp"')

    def test_a_library_outside_the_row_is_refused(self):
        self.assert_refused("classifier/text/a.cpp", "<torch/torch.h>")
        self.assert_refused("config/a.cpp", "<nlohmann/json.hpp>")
        self.assert_refused("classifier/api/a.hpp", "<boost/asio/io_context.hpp>")

    def test_our_own_header_in_angle_brackets_is_held_to_the_same_row(self):
        self.assert_refused("classifier/api/a.hpp", "<classifier/text/utf8.hpp>")

    def test_relative_includes_are_refused_everywhere(self):
        self.assert_refused("classifier/text/a.cpp", '"../api/error.hpp"')
        self.assert_refused("classifier/text/a.cpp", '"./utf8.hpp"')
        self.assert_refused("classifier/text/a.cpp", '"utf8.hpp"')
        self.assert_refused("tests/unit/a.cpp", '"../builder.hpp"')
        self.assert_refused("tests/unit/a.cpp", '"classifier/api/../text/utf8.hpp"')

    def test_a_folder_does_not_hold_the_one_whose_name_it_begins(self):
        self.assertFalse(include_rules.is_inside("classifier/model_folder/a.hpp", "classifier/model"))

    def test_an_unknown_library_and_a_macro_are_refused(self):
        self.assert_refused("classifier/text/a.cpp", "<left_pad/left_pad.h>")
        self.assert_refused("classifier/text/a.cpp", "SOME_HEADER")

    def test_a_folder_without_a_row_is_refused(self):
        self.assertEqual(len(self.findings({"utils/a.cpp": "int a;\n", "classifier/new/a.cpp": "int a;\n"})), 2)

    def test_build_folders_and_comments_are_left_alone(self):
        self.assertEqual(self.findings({
            "build/a.cpp": '#include "nowhere.hpp"\n',
            ".venv/a.h": '#include "nowhere.hpp"\n',
            "classifier/api/a.cpp": '// #include "nowhere.hpp"\n',
        }), [])

    def test_a_tree_without_sources_does_not_pass(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(include_rules.main([root]), 1)


if __name__ == "__main__":
    unittest.main()
