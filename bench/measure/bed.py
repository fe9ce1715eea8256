"""The test bed of one run: a clean folder, and in it the servers, the simulator and the application."""

import os
import shutil
import socket
import subprocess
import tempfile

from measure import java
from measure.program import Program, ProgramFailed

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
DIST = os.path.join(HOME, "target", "dist")
TUODUI = os.path.join(HOME, "tuodui")

_READY_SECONDS = 120


def environment(java_home):
    """Of every program: nothing of the caller's that could change a figure."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith(("TUODUI", "SPRING_", "JAVA_TOOL", "_JAVA", "JDK_JAVA"))}
    return {**kept, "JAVA_HOME": java_home, "NO_PROXY": "127.0.0.1,localhost"}


def build():
    """Builds what is not built, so that no run pays for it."""
    subprocess.run([TUODUI, "version"], check=True, stdout=subprocess.DEVNULL, env=environment(java.home()[1]))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Bed:
    """Leaving its with block stops every program that was started in it, and removes the folder."""

    def __init__(self, java_major=None, keep=False, parent=None):
        self.java_major, java_home = java.home(java_major)
        self._application_environment = environment(java_home)
        # The programs beside the application stay the same, whatever the application runs on.
        self._newest = java.home()
        self._environment = environment(self._newest[1])
        self._keep = keep
        self._programs = []
        self.folder = tempfile.mkdtemp(prefix="tuodui-bench-", dir=parent)
        self.servers = None
        self.simulator = None
        self.simulator_url = None
        self.addresses = []
        self.mysql_port = None
        self.redis_port = None

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        try:
            # The application goes first: it needs the others to stop cleanly.
            for program in reversed(self._programs):
                program.stop()
        finally:
            if not self._keep:
                shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, label, command, **options):
        """Starts any program in the bed's folder."""
        options.setdefault("environment", self._environment)
        program = Program(label, command, options.pop("folder", self.folder), **options)
        self._programs.append(program)
        return program

    def start_embedded(self, label, kinds):
        """Embedded servers, as the application itself would start them, in a folder of that name; returns (program, ports by kind)."""
        major, java_home = self._newest
        flags = ["-Xmx768m", "-Xmn512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"]
        if major >= 24:
            flags.append("--sun-misc-unsafe-memory-access=allow")
        classes = os.pathsep.join([f"{DIST}/tuodui.jar", f"{DIST}/lib/*", f"{DIST}/lib-embedded/*"])
        command = [f"{java_home}/bin/java", *flags, "-cp", classes, "io.tuodui.embedded.EmbeddedServersMain"]
        command += [os.path.join(self.folder, label), kinds]
        program = self.start(label, command, live_output=True, keep_input=True)
        ready = program.line(_READY_SECONDS)
        if not ready.startswith("READY "):
            raise ProgramFailed(ready)
        return program, {kind: int(port) for kind, port in (word.split("=") for word in ready.split()[1:])}

    def start_servers(self, mongodb_port=None):
        """Redis, MariaDB and, unless one is named that runs already, the MongoDB-compatible server."""
        kinds = "redis,mysql" if mongodb_port else "redis,mysql,mongodb"
        self.servers, ports = self.start_embedded("servers", kinds)
        self.mysql_port, self.redis_port = ports["mysql"], ports["redis"]
        patience = "serverSelectionTimeoutMS=5000&connectTimeoutMS=3000&socketTimeoutMS=30000"
        self.addresses = [
            f"--spring.data.redis.url=redis://127.0.0.1:{ports['redis']}",
            f"--spring.data.mongodb.uri=mongodb://127.0.0.1:{mongodb_port or ports['mongodb']}/tuodui?{patience}",
            f"--spring.datasource.url=jdbc:mysql://127.0.0.1:{ports['mysql']}/tuodui",
            "--spring.datasource.username=root",
            "--spring.datasource.password=",
        ]

    def start_simulator(self, accounts, per_second, latency, jitter, **more):
        """A gateway that knows these accounts; times in milliseconds; per_second 0 is no limit; more of its options by name."""
        words = {"port": 0, "accounts": accounts, "per-second": per_second, "latency": latency, "jitter": jitter, **more}
        command = [TUODUI, "simulator"] + [f"--{name}={value}" for name, value in words.items()]
        # It stands for another machine. When it waits for a core, calls seem to arrive later than they do, and those behind them too soon.
        # That matters where they are counted, and costs CPU: whenever a call comes, something else stops.
        self.simulator = self.start("simulator", command, live_output=True, first=per_second > 0)
        self.simulator_url = self.simulator.line(_READY_SECONDS).split("listens on ")[1].split(" ")[0]

    def write_ids(self, count):
        """A list of ids that the simulator knows; returns its path."""
        return self._write("ids.txt", "ids", str(count))

    def write_accounts(self, count, per_second):
        """An accounts file that fits the simulator; per_second 0 writes no limit. Returns its path."""
        return self._write("accounts.yaml", "accounts", str(count), f"--per-second={per_second}")

    def _write(self, name, *words):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            subprocess.run([TUODUI, "simulator", *words], check=True, stdout=file, env=self._environment)
        return path

    def application(self, *words, folder=None, label="application", extra=None):
        """Starts the command of the application that is measured; extra is what its environment has besides."""
        environment = {**self._application_environment, **(extra or {})}
        return self.start(label, [TUODUI, *words], folder=folder or self.folder, environment=environment)

    def collect(self, ids, accounts, *settings, dialect="aop", label="application"):
        """Starts the collection of a list from the simulator."""
        return self.application(
            "collect", ids, "--json", *self.node_settings(accounts, dialect), *settings, label=label
        )

    def node_settings(self, accounts, dialect="aop", port=0, data="data"):
        """The settings of a node on this bed: its servers when they were started by hand, else its own."""
        return [
            f"--tuodui.accounts-file={accounts}",
            f"--tuodui.gateway.base-url={self.simulator_url}",
            f"--tuodui.gateway.dialect={dialect}",
            f"--tuodui.data-dir={self.folder}/{data}",
            f"--server.port={port}",
            *self.addresses,
        ]
