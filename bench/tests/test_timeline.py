"""python3 -m unittest discover -s bench/tests"""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure.timeline import Timeline, median, quota_used  # noqa: E402

# Calls begin between 1 and 2 s, run at 100/s until 11 s, and then stop.
COUNTER = Timeline([(0, 0), (1, 0), (2, 100), (7, 600), (12, 1000), (13, 1000)])


class TimelineTest(unittest.TestCase):
    def test_values_between_points_lie_on_the_line(self):
        self.assertEqual(COUNTER.at(4.5), 350)
        self.assertEqual(COUNTER.at(2), 100)

    def test_values_outside_are_those_of_the_ends(self):
        self.assertEqual(COUNTER.at(-5), 0)
        self.assertEqual(COUNTER.at(99), 1000)

    def test_finds_when_it_leaves_and_reaches_a_value(self):
        self.assertEqual(COUNTER.leaves(0), 1)
        self.assertEqual(COUNTER.reaches(1000), 12)
        self.assertIsNone(COUNTER.reaches(1001))

    def test_a_counter_that_starts_above_a_value_never_left_it(self):
        self.assertIsNone(Timeline([(0, 5), (1, 6)]).leaves(4))

    def test_rates_are_of_whole_steps_only(self):
        self.assertEqual(COUNTER.rates(2, 5.9), [100, 100, 100])
        self.assertEqual(COUNTER.rates(3, 3), [])

    def test_times_must_not_go_back(self):
        with self.assertRaises(ValueError):
            Timeline([(1, 0), (0, 0)])

    def test_the_largest_is_looked_for_within_the_times_only(self):
        memory = Timeline([(0, 900), (1, 100), (2, 300), (3, 800)])
        self.assertEqual(memory.largest(1, 2), 300)
        self.assertEqual(memory.largest(), 900)

    def test_a_lull_is_quota_not_used(self):
        self.assertEqual(quota_used(COUNTER, 2, 7, 100), 100)
        self.assertEqual(quota_used(COUNTER, 2, 12, 100), 90)
        self.assertIsNone(quota_used(COUNTER, 5, 5, 100))

    def test_nothing_has_no_median(self):
        self.assertIsNone(median([]))
        self.assertEqual(median([3, 1, 2]), 2)


if __name__ == "__main__":
    unittest.main()
