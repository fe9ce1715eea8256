"""Each store is killed, emptied and away in the middle of a job: what is lost, and how soon the work goes on."""

import json
import time

from measure import ledger, stores
from measure.benchmarks.limits import refusals
from measure.figures import Figure, at_most, exactly
from measure.fleet import IN_FLIGHT, Fleet
from measure.redis import Redis
from measure.watch import Watch

OPTIONS = {
    "ids": (90_000, 6_000, "ids to collect; the job must outlast the outages"),
    "nodes": (2, 1, "nodes at a time"),
    "away": (60, 4, "seconds for which a store is away"),
    "lease": (10, 10, "seconds that a claimed task is its node's own"),
    "accounts": (20, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "only": ("all", "all", "all, redis, mysql or mongodb"),
    "minutes": (60, 12, "after which the run is given up"),
}

RESUME_SECONDS = 10
CALM_SECONDS = 8
"""Of undisturbed work before each outage, so that its batches are in all states."""

CALMER = 3


class _Outages:
    """The stores, and what can happen to each."""

    def __init__(self, bed, mongo, away):
        self._bed, self._mongo, self._away = bed, mongo, away
        self._redis, self._mysql = stores.redis(bed), stores.mysql(bed)

    def all(self):
        """(store, key, label, what happens): returns when the store answers again."""
        return [
            ("redis", "redis_everysec", "Redis killed and started, AOF everysec", lambda: self._killed(self._redis)),
            ("redis", "redis_always", "Redis killed and started, AOF always", self._killed_with_always),
            ("redis", "redis_flushed", "Redis emptied by FLUSHALL", self._flushed),
            ("redis", "redis_away", f"Redis away for {self._away} s", lambda: self._killed(self._redis, self._away)),
            ("mysql", "mysql_killed", "MySQL killed and started", lambda: self._killed(self._mysql)),
            ("mysql", "mysql_away", f"MySQL away for {self._away} s", lambda: self._killed(self._mysql, self._away)),
            ("mongodb", "mongodb_killed", "MongoDB killed and started", lambda: self._killed(self._mongo)),
            ("mongodb", "mongodb_away", f"MongoDB away for {self._away} s", self._cut_off),
        ]

    @staticmethod
    def _killed(server, away=0):
        server.kill()
        time.sleep(away)
        server.start()

    def _killed_with_always(self):
        with Redis(self._bed.redis_port) as redis:
            redis.ask("CONFIG", "SET", "appendfsync", "always")
        self._redis.command = ["always" if word == "everysec" else word for word in self._redis.command]
        time.sleep(CALM_SECONDS)
        self._killed(self._redis)

    def _flushed(self):
        with Redis(self._bed.redis_port) as redis:
            redis.ask("FLUSHALL")

    def _cut_off(self):
        self._mongo.proxy.cut()
        time.sleep(self._away)
        self._mongo.proxy.restore()


def _resumed(bed, watch, seconds):
    """Seconds until a call was made and an id was explained, both after the return of the store; None when that takes too long."""
    returned, calls, closed = time.monotonic(), watch.totals["calls"], None
    while time.monotonic() - returned < seconds:
        now = ledger.explained(bed)
        if closed is None:
            closed = now
        elif now is not None and now > closed and watch.totals["calls"] > calls:
            return time.monotonic() - returned
        time.sleep(0.1)
    return None


def _repairs(bed, accounts, *words):
    """How many repairs ./tuodui reconcile makes, or would make."""
    command = bed.application("reconcile", "--json", *words, *bed.node_settings(accounts), label="reconcile")
    command.wait(300)
    counts = json.loads(command.text())
    return sum(counts[kind] for kind in ("putBack", "dropped", "reopened"))


def measure(bed, options):
    ids, deadline = options["ids"], time.monotonic() + 60 * options["minutes"]
    mongo = stores.Mongo(bed)
    try:
        return _measure(bed, mongo, options, ids, deadline)
    finally:
        mongo.close()


def _measure(bed, mongo, options, ids, deadline):
    bed.start_servers(mongodb_port=mongo.port)
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"])
    accounts = bed.write_accounts(options["accounts"], options["per-second"])
    fleet = Fleet(bed, accounts, options["nodes"], options["lease"])
    fleet.submit(ids)
    chosen = [each for each in _Outages(bed, mongo, options["away"]).all() if options["only"] in ("all", each[0])]
    figures = []
    refused = [0]
    with Watch(fleet[0], bed) as watch:
        ledger.wait_for("the first call", 120, lambda: watch.accepted.last)
        for _, key, label, happens in chosen:
            time.sleep(CALM_SECONDS)
            if ledger.finished(bed):
                break
            refused.append(watch.refused())
            happens()
            seconds = _resumed(bed, watch, RESUME_SECONDS * 12)
            figures.append(Figure(f"{key}_resumed", f"{label}: until work goes on", seconds, "s", at_most(RESUME_SECONDS)))
        ledger.wait_for("the end of the job", deadline - time.monotonic(), lambda: ledger.finished(bed))
        # Before the repairs, which count each call for a lost reply in the ledger, and rightly.
        effects = ledger.effects(bed, ids)
        repaired = _repairs(bed, accounts)
        ledger.wait_for("the end of the repaired job", 180, lambda: ledger.finished(bed))
        left = _repairs(bed, accounts, "--dry-run")
    refused.append(watch.refused())
    return [
        Figure("outages", "outages", len(figures), "", exactly(len(chosen))),
        *figures,
        *effects,
        Figure("repaired", "repairs by ./tuodui reconcile afterwards", repaired, "ids"),
        Figure("left", "ids that it would still repair after those", left, "ids", exactly(0)),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls", at_most(len(chosen) * options["nodes"] * IN_FLIGHT)),
        *refusals(watch, options),
        Figure("refused_before", "calls refused before the first outage", refused[1], "calls"),
        *(
            Figure(f"{key}_refused", f"calls refused from then to the next: {label}", after - before, "calls")
            for (_, key, label, _), before, after in zip(chosen, refused[1:], refused[2:])
        ),
    ]
