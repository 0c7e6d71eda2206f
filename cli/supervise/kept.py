"""A child that is kept running: started again when it ends, later each time that it does not last."""

import contextlib
import http.client
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cli.supervise.children import spawn, stop

_FIRST_DELAY = 1.0  # seconds
_LONGEST_DELAY = 60.0
_LASTED = 60.0  # a child that ran this long is healthy: its next end counts as the first
_STOPS_WITHIN = 15.0


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """How to run one child. `env` holds its own secrets and nobody else's, so it is never shown.

    `address` is where it answers, for `endpoints.json`; None for a child that nobody calls. `ready` is the path that
    answers 200 when it can work; None for a child that is ready once it runs.
    `needs_database=False` lets it start before PostgreSQL answers.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)
    cwd: Path
    log: Path
    address: str | None = None
    ready: str | None = None
    needs_database: bool = True


class Delay:
    """How long to wait before the next start: 1, 2, 4 ... 60 seconds, and 1 again once something lasted a minute."""

    def __init__(self) -> None:
        self._next = _FIRST_DELAY
        self._started = time.monotonic()

    def started(self) -> None:
        """Note that a start was made now."""
        self._started = time.monotonic()

    def after_end(self) -> float:
        """The seconds to wait now that it ended, counted from now."""
        if time.monotonic() - self._started >= _LASTED:
            self._next = _FIRST_DELAY
        wait, self._next = self._next, min(self._next * 2, _LONGEST_DELAY)
        return wait


class Kept:
    """One child under our care: after `start`, call `tend` often."""

    def __init__(self, plan: ChildPlan) -> None:
        self.plan = plan
        self.ends = 0
        self._delay = Delay()
        self._process: subprocess.Popen[bytes] | None = None
        self._again_at: float | None = None
        self._held = False

    def start(self) -> None:
        """Start it now. A program that cannot be started is found ended at the next look, the reason in its log."""
        self._delay.started()
        self._again_at = None
        try:
            self._process = spawn(self.plan.argv, env=self.plan.env, cwd=self.plan.cwd, log=self.plan.log)
        except OSError as error:
            with contextlib.suppress(OSError), self.plan.log.open("a", encoding="utf-8") as log:
                log.write(f"{error}\n")

    def tend(self) -> float | None:
        """Look after it; return the seconds until it is started again if it has just been found ended, else None."""
        if self._again_at is not None:
            if time.monotonic() >= self._again_at and not self._held:
                self.start()
            return None
        if self.pid is not None:
            return None
        if self._process:
            stop(self._process)  # what it left in its group
            self._process = None
        self.ends += 1
        wait = self._delay.after_end()
        self._again_at = time.monotonic() + wait
        return wait

    @property
    def pid(self) -> int | None:
        """The running process, or None between an end and the next start."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def is_ready(self) -> bool:
        """Whether it can work now: it runs and, where the plan names a path, answers 200 there."""
        if self.pid is None:
            return False
        if self.plan.ready is None or self.plan.address is None:
            return True
        return _answers(self.plan.address, self.plan.ready)

    def ask_to_stop(self) -> None:
        """Ask it to end, without waiting: so several can end at once."""
        if self.pid is not None and self._process:
            self._process.send_signal(signal.SIGTERM)

    def hold(self) -> None:
        """Kill it (KILL) and leave it dead until `release`: for showing what happens when it is gone."""
        self._held = True
        if self._process:
            self._process.kill()
            self._process.wait()

    def release(self) -> None:
        """Let it be started again at the next look."""
        if self._again_at is not None:
            self._again_at = 0.0
        self._held = False

    def stop(self) -> None:
        """End it and all it started; by force after a quarter of a minute."""
        if self._process:
            stop(self._process, (signal.SIGTERM, _STOPS_WITHIN))
            self._process = None


def _answers(address: str, path: str) -> bool:
    """Ask without any proxy, whatever the surroundings say: it is this machine."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
