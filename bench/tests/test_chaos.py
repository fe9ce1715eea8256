"""python3 -m unittest discover -s bench/tests"""

import os
import socket
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from measure.benchmarks.clocks import wrong_by  # noqa: E402
from measure.benchmarks.pause import changed  # noqa: E402
from measure.proxy import Proxy  # noqa: E402
from measure.timeline import first_reached  # noqa: E402


class ArithmeticTest(unittest.TestCase):
    def test_clocks_are_wrong_both_ways(self):
        self.assertEqual(wrong_by(3, 5), [300, 0, -300])
        self.assertEqual(wrong_by(1, 5), [0])

    def test_a_rate_counts_as_reached_when_it_stays_for_a_step(self):
        self.assertEqual(first_reached([10, 95, 50, 96, 97], 95, 2.0), 6.0)
        self.assertIsNone(first_reached([10, 95, 50, 96], 95, 1.0))

    def test_rows_that_are_new_or_another_are_changed(self):
        before = {"item": [["1", "old"], ["2", "old"]], "history": []}
        after = {"item": [["1", "old"], ["2", "new"]], "history": [["1", "17"]]}
        self.assertEqual(changed(before, before), 0)
        self.assertEqual(changed(before, after), 2)


class ProxyTest(unittest.TestCase):
    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.echo, daemon=True).start()
        self.addCleanup(self.server.close)
        self.proxy = Proxy(self.server.getsockname()[1])
        self.addCleanup(self.proxy.close)

    def echo(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            with client:
                while data := client.recv(100):
                    client.sendall(data)

    def connected(self):
        client = socket.create_connection(("127.0.0.1", self.proxy.port), timeout=10)
        self.addCleanup(client.close)
        return client

    @staticmethod
    def answer(client):
        try:
            client.sendall(b"ping")
            return client.recv(100)
        except OSError:
            return b""

    def test_carries_both_ways_and_is_away_when_cut(self):
        client = self.connected()
        self.assertEqual(self.answer(client), b"ping")
        self.proxy.cut()
        self.assertEqual(self.answer(client), b"")
        self.assertEqual(self.answer(self.connected()), b"")
        self.proxy.restore()
        self.assertEqual(self.answer(self.connected()), b"ping")


if __name__ == "__main__":
    unittest.main()
