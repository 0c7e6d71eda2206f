"""The worker: decides when (office time) and calls one flow a batch. If Prefect is away, it sweeps by itself.

An empty tick reads two index entries and writes nothing, to Prefect least of all.
"""

import asyncio
import signal
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from inspect import isawaitable
from typing import Any, Final

import structlog
from prefect import aserve
from prefect.deployments.runner import RunnerDeployment

from actions.kernel.sweep import anything_due, sweep
from actions.office import Office, same_instant
from flows.chores import CHORES, POST, Chore, Database, put_notices
from flows.deadlines import sweep_deadlines
from flows.offices import office_of
from flows.reports_process import stop_all
from flows.safe import SafeError
from settings import Settings

DATABASES: Final[tuple[Database, ...]] = ("house", "ombuds")
TICK: Final = {"real": 15.0, "demo": 0.1, "test": 0.1}
"""Seconds between two looks. Real duties count days; a director waits for each step."""
CHORES_EVERY: Final = {"real": 60.0, "demo": 0.3, "test": 0.3}
"""Seconds between two looks at mails, ledger and retention."""
PREFECT_AGAIN_AFTER: Final = {"real": 60.0, "demo": 5.0, "test": 5.0}
"""Seconds without trying Prefect after it could not be reached: each try costs more than a second."""

_log = structlog.get_logger("worker")


class Worker:
    """Sweeps both databases until told to stop."""

    def __init__(self, environment: str) -> None:
        self._environment = environment
        self._tick = TICK[environment]
        self._stop = asyncio.Event()
        self._again_after = PREFECT_AGAIN_AFTER[environment]
        self._prefect_away_until = 0.0
        self._chores_at = 0.0
        self._resting: dict[tuple[str, str], float] = {}
        self._aside: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Look, sweep, wait; an error of one look is noted and the next look comes all the same."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        while not self._stop.is_set():
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001  # the database may be restarting: duties wait in it, not here
                _log.error("look_failed", what=type(error).__name__)
                await self._rest(1.0)
            await self._rest(self._tick)
        stop_all()
        await asyncio.gather(*self._aside.values(), return_exceptions=True)

    async def _look(self) -> None:
        offices = [office_of(database) for database in DATABASES]
        if not await to_thread(same_instant, offices):
            return  # a director is between two databases
        for office in offices:
            if await to_thread(anything_due, office):
                await self._carry(offices)
                await self._do("deadlines", office, sweep_deadlines, _sweep_directly)
        if self._chores_are_due():
            for office in offices:
                await self._do_chores(office)

    async def _carry(self, offices: Sequence[Office]) -> None:
        """The post comes before deadlines: after an outage, silence is not counted against an answer that lies in it."""
        for office in offices:
            if self._is_free(POST, office) and await to_thread(POST.is_due, office):
                await self._do(POST.name, office, POST.flow, POST.direct)

    def _chores_are_due(self) -> bool:
        """Every few seconds of the world's time: what they wait for are office days."""
        now = asyncio.get_running_loop().time()
        if now < self._chores_at:
            return False
        self._chores_at = now + CHORES_EVERY[self._environment]
        return True

    async def _do_chores(self, office: Office) -> None:
        await to_thread(put_notices, office)
        for chore in CHORES:
            if self._is_free(chore, office) and await to_thread(chore.is_due, office):
                doing = self._do(chore.name, office, chore.flow, chore.direct)
                if chore.aside:
                    self._aside[chore.name, office.database] = asyncio.create_task(self._guarded(chore.name, doing))
                else:
                    await doing

    def _is_free(self, chore: Chore, office: Office) -> bool:
        """Whether it is not under way, and what failed lately may be tried again: an unusable key fails at every look."""
        which = chore.name, office.database
        under_way = self._aside.get(which)
        rested = asyncio.get_running_loop().time() >= self._resting.get(which, 0.0)
        return rested and (under_way is None or under_way.done())

    async def _guarded(self, name: str, doing: Coroutine[Any, Any, None]) -> None:
        """What is done aside fails by itself: the next look comes all the same."""
        try:
            await doing
        except Exception as error:  # noqa: BLE001  # as in `run`
            _log.error("chore_failed", name=name, what=type(error).__name__)

    async def _do(
        self, name: str, office: Office, flow: Callable[[Database], Awaitable[Any]], direct: Callable[[Office], object]
    ) -> None:
        """Through Prefect if it answers, else directly: Prefect down delays nothing."""
        now = asyncio.get_running_loop().time()
        if now >= self._prefect_away_until:
            try:
                await flow(office.database)
                return
            except SafeError as failed:
                _log.error("flow_failed", name=name, ref=failed.ref)  # our own error: doing it directly would meet it too
                self._resting[name, office.database] = now + self._again_after
                return
            except Exception as error:  # noqa: BLE001  # Prefect has many ways of not being there; doing it twice does no harm
                _log.warning("prefect_away", what=type(error).__name__, again_after=self._again_after)
                self._prefect_away_until = now + self._again_after
        await to_thread(direct, office)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), timeout=seconds)
        except TimeoutError:
            return


def _sweep_directly(office: Office) -> None:
    sweep(office, through="direct")


async def _work(environment: str) -> None:
    worker = Worker(environment)
    if environment != "real":
        await worker.run()
        return
    serving = asyncio.create_task(_serve())
    try:
        await worker.run()
    finally:
        serving.cancel()


async def _serve() -> None:
    """Offer the flows as deployments, so that an operator can run one by hand. If Prefect is away, try again later."""
    while True:
        try:
            deployments = [await _deployment(database) for database in DATABASES]
            await aserve(*deployments, print_starting_message=False)
        except Exception as error:  # noqa: BLE001  # a view for operators: its absence stops no duty
            _log.warning("deployments_not_served", what=type(error).__name__)
        await asyncio.sleep(PREFECT_AGAIN_AFTER["real"])


async def _deployment(database: str) -> RunnerDeployment:
    """Given by Prefect at once or as something to wait for, depending on where it is called."""
    name, parameters = f"deadlines-{database}", {"database": database}
    made = sweep_deadlines.to_deployment(name, parameters=parameters, concurrency_limit=1)
    return await made if isawaitable(made) else made


def work() -> None:
    """Run the worker of this process's settings until INT or TERM."""
    environment = Settings().environment
    asyncio.run(_work(environment or "demo"))
