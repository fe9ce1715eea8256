"""python3 -m unittest discover -s bench/tests"""

import json
import os
import sys
import tempfile
import unittest
from unittest.mock import patch

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure import figures  # noqa: E402
from measure.figures import Figure, at_least, at_most, exactly  # noqa: E402


class FiguresTest(unittest.TestCase):
    def test_a_figure_on_its_target_meets_it(self):
        good = [Figure("a", "a", 95, "%", at_least(95)), Figure("b", "b", 10, "", at_most(10)), Figure("c", "c", 0, "", exactly(0))]
        self.assertEqual(figures.missed(good), [])

    def test_a_figure_beyond_its_target_misses_it(self):
        bad = [Figure("a", "a", 94.9, "%", at_least(95)), Figure("b", "b", 11, "", at_most(10)), Figure("c", "c", 1, "", exactly(0))]
        self.assertEqual(figures.missed(bad), bad)

    def test_what_could_not_be_measured_misses_every_target(self):
        unknown = Figure("a", "a", None, "s", at_most(10))
        self.assertEqual(figures.missed([unknown]), [unknown])
        self.assertIn("MISSED", figures.table([unknown], judged=True))

    def test_a_quick_run_judges_nothing(self):
        self.assertNotIn("MISSED", figures.table([Figure("a", "a", 99, "s", at_most(10))], judged=False))

    def test_a_record_is_one_line_that_reads_back(self):
        line = figures.record("limits", {"ids": 5}, 25, [Figure("rate", "率", 12.345678, "s", at_most(20))])
        with tempfile.TemporaryDirectory() as folder:
            path = figures.append(folder, "limits", line)
            figures.append(folder, "limits", line)
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        self.assertEqual(len(lines), 2)
        read = json.loads(lines[1])
        self.assertEqual(
            read["figures"], {"rate": {"label": "率", "value": 12.3457, "unit": "s", "target": "<= 20", "met": True}}
        )
        self.assertEqual(read["options"], {"ids": 5})

    def test_a_record_tells_whether_starts_were_prepared_for_this_build(self):
        with tempfile.TemporaryDirectory() as folder, patch("measure.figures.DIST", folder):
            self.assertFalse(self.fast_starts(25))
            for seconds, name in enumerate(("tuodui.jar", "tuodui-25.aot"), start=1):
                path = os.path.join(folder, name)
                open(path, "w", encoding="utf-8").close()
                os.utime(path, (seconds, seconds))
            self.assertTrue(self.fast_starts(25))
            self.assertFalse(self.fast_starts(17))
            os.utime(os.path.join(folder, "tuodui.jar"), (3, 3))
            self.assertFalse(self.fast_starts(25))

    @staticmethod
    def fast_starts(java_major):
        return figures.record("limits", {}, java_major, [])["fastStarts"]


if __name__ == "__main__":
    unittest.main()
