"""python3 -m unittest discover -s bench/tests"""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure import figures, page  # noqa: E402
from measure.figures import Figure, at_least  # noqa: E402

PAGE = """# Page

<!-- measured: throughput java=17 payload=aop -->
old
<!-- end -->
between
<!-- measured: limits -->
kept
<!-- end -->
"""


class PageTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "page.md")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(PAGE)

    def add(self, java, payload, rate):
        line = figures.record("throughput", {"payload": payload}, java, [Figure("rate", "items a second", rate, "items/s", at_least(4000))])
        figures.append(self.folder, "throughput", line)

    def filled(self):
        lacking = page.fill(self.path, self.folder)
        with open(self.path, encoding="utf-8") as file:
            return lacking, file.read()

    def test_takes_the_newest_result_that_fits(self):
        self.add(17, "aop", 1111)
        self.add(17, "aop", 2222)
        self.add(25, "aop", 3333)
        self.add(17, "item-get", 4444)
        lacking, text = self.filled()
        self.assertIn("| items a second | 2,222 items/s | >= 4,000 **missed** |", text)
        for other in ("old", "1,111", "3,333", "4,444"):
            self.assertNotIn(other, text)
        self.assertIn("between", text)
        self.assertEqual(lacking, ["limits"])
        self.assertIn("kept", text)

    def test_filling_again_changes_nothing(self):
        self.add(17, "aop", 1111)
        self.assertEqual(self.filled(), self.filled())


if __name__ == "__main__":
    unittest.main()
