"""python3 -m unittest discover -s bench/tests"""

import io
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure import leases, redis  # noqa: E402


class LeasesTest(unittest.TestCase):
    def test_a_lease_tells_token_process_and_whether_it_was_revoked(self):
        self.assertEqual(leases.parse("17 4711-3f2a"), (17, 4711, False))
        self.assertEqual(leases.parse("r17 4711-3f2a"), (17, 4711, True))

    def test_what_follows_the_node_in_a_lease_is_passed_over(self):
        self.assertEqual(leases.parse("17 4711-3f2a 40002"), (17, 4711, False))

    def test_a_task_runs_elsewhere_once_it_has_a_newer_token(self):
        self.assertFalse(leases.runs_elsewhere(17, "17 1-a", "running"))
        self.assertFalse(leases.runs_elsewhere(17, "r17 1-a", "running"))
        self.assertTrue(leases.runs_elsewhere(17, "18 2-b", "running"))

    def test_a_task_that_is_nowhere_leased_runs_only_if_it_has_ended(self):
        self.assertFalse(leases.runs_elsewhere(17, None, "pending"))
        self.assertFalse(leases.runs_elsewhere(17, None, None))
        self.assertTrue(leases.runs_elsewhere(17, None, "gone"))

    def test_percentiles_are_values_that_were_seen(self):
        self.assertEqual(leases.percentile(range(1, 101), 99), 99)
        self.assertEqual(leases.percentile([3, 1, 2], 50), 2)
        self.assertEqual(leases.percentile([3, 1, 2], 100), 3)
        self.assertIsNone(leases.percentile([], 99))


class RedisTest(unittest.TestCase):
    @staticmethod
    def read(text):
        return redis.read(io.BytesIO(text.encode()))

    def test_reads_every_kind_of_answer(self):
        self.assertEqual(self.read("+OK\r\n"), "OK")
        self.assertEqual(self.read(":12\r\n"), 12)
        self.assertIsNone(self.read("$-1\r\n"))
        self.assertEqual(self.read("*3\r\n$7\r\n驼a\r\nb\r\n$-1\r\n*1\r\n:1\r\n"), ["驼a\r\nb", None, [1]])

    def test_an_error_and_an_answer_that_breaks_off_are_failures(self):
        for text in ("-LOADING not yet\r\n", "$5\r\nab", "", "*2\r\n:1\r\n"):
            with self.assertRaises(OSError):
                self.read(text)


if __name__ == "__main__":
    unittest.main()
