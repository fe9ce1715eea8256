"""python3 -m unittest discover -s bench/tests"""

import os
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure import proc  # noqa: E402
from measure.program import Program, ProgramFailed  # noqa: E402


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, script, **options):
        program = Program("script", ["sh", "-c", script], self.folder, **options)
        self.addCleanup(program.stop, 1)
        return program

    def test_stop_also_ends_what_a_killed_program_left_behind(self):
        program = self.start("sleep 300 & echo $!; wait", live_output=True)
        child = int(program.line(10))
        program.kill()
        self.assertIsNotNone(proc.identity(child))
        program.stop(0.5)
        deadline = time.monotonic() + 10
        while proc.identity(child) is not None and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertIsNone(proc.identity(child))

    def test_a_program_deaf_to_sigterm_is_killed(self):
        program = self.start("trap '' TERM; echo deaf; while :; do sleep 0.1; done", live_output=True)
        program.line(10)
        program.stop(0.5)
        self.assertFalse(program.running())

    def test_what_ends_too_early_is_quoted(self):
        program = self.start("echo no such luck >&2; exit 3", live_output=True)
        with self.assertRaisesRegex(ProgramFailed, "ended(.|\n)*no such luck"):
            program.line(10)

    def test_waiting_has_an_end(self):
        program = self.start("exec sleep 300")
        with self.assertRaisesRegex(ProgramFailed, "did not end"):
            program.wait(0.1)

    def test_cpu_and_memory_of_a_process_that_is_gone_are_none(self):
        program = self.start("exit 0")
        program.wait(10)
        self.assertIsNone(proc.cpu_seconds(program.pid))
        self.assertIsNone(proc.memory(program.pid))

    def test_cpu_grows_with_work(self):
        before = proc.cpu_seconds(os.getpid())
        while proc.cpu_seconds(os.getpid()) - before < 0.05:
            sum(range(10_000))
        self.assertLess(proc.cpu_seconds(os.getpid()) - before, 5)


if __name__ == "__main__":
    unittest.main()
