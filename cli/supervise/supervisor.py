"""`amparo up`: everything Amparo runs on, started in order, kept running, and ended together."""

import errno
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from os import geteuid
from pathlib import Path

from cli.opening import refuse_unusable
from cli.supervise.data_folder import LEAST_FREE, DataFolder, is_made, occupied
from cli.supervise.doors import Ground, house_children
from cli.supervise.endpoints import remove_endpoints, write_endpoints
from cli.supervise.ground import KeptPostgres, raise_ground
from cli.supervise.kept import ChildPlan, Kept
from cli.supervise.playing import Play, Running, playing
from cli.supervise.ports import port_of, reserve
from cli.supervise.signals import StopWish, listening
from cli.supervise.troubles import CannotRun, ChildDidNotStart, DiskFull, RootRunsNoRealData
from cli.supervise.voice import Voice
from policies.pack import load_pack, pack_folder
from records.bootstrap import DATABASE_ERRORS
from settings import Environment

_READY_WITHIN = 180.0  # seconds; Prefect's first start makes its own tables
_ENDS_BEFORE_GIVING_UP = 3  # of one child, before everything was ready for the first time
_LITTLE_ROOM = 50 * 1024 * 1024  # bytes; with less, a failed start is put down to the disk


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator asked for. `ports` has (host, port) for each child that listens; port 0 picks a free one."""

    data: Path
    ports: Mapping[str, tuple[str, int]]
    environment: Environment | None = None
    pack: str = "oas"
    lang: str = "en"
    least_free: int = LEAST_FREE


def supervise(
    wanted: Wanted,
    voice: Voice,
    *,
    plan: Callable[[Ground], list[ChildPlan]] = house_children,
    play: Play | None = None,
) -> None:
    """Run until INT, TERM or HUP; leave no process behind, however it ends. Raises CannotRun before or while starting, and
    PolicyRefused for rules that must not be used.

    What can be checked is checked before anything is started. `endpoints.json` is written last, when every child is
    ready.
    """
    if wanted.environment == "real" and geteuid() == 0 and not is_made(wanted.data):
        raise RootRunsNoRealData  # before the folder is made for real data, which never changes
    with ExitStack() as stack:
        wish = stack.enter_context(listening())
        refuse_unusable(load_pack(pack_folder(wanted.pack)))
        try:
            folder = stack.enter_context(occupied(wanted.data, wanted.environment, least_free=wanted.least_free))
            if folder.environment == "real" and geteuid() == 0:
                raise RootRunsNoRealData
            ground = Ground(folder, wanted.pack, wanted.lang, _reserve(wanted.ports, stack))
            _run(ground, plan(ground), stack, wish, voice, play)
        except (CannotRun, *DATABASE_ERRORS) as trouble:
            raise _disk_or(trouble, wanted.data) from None
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise _disk_full(wanted.data) from None


def _reserve(ports: Mapping[str, tuple[str, int]], stack: ExitStack) -> dict[str, tuple[str, int]]:
    """Hold every port until the end; return them with the free ones that were picked for 0."""
    held = {}
    for name, (host, port) in ports.items():
        taken = stack.enter_context(reserve(host, port, option=f"--{name}-port"))
        held[name] = (host, port_of(taken))
    return held


def _run(ground: Ground, plans: list[ChildPlan], stack: ExitStack, wish: StopWish, voice: Voice, play: Play | None) -> None:
    folder = ground.folder
    remove_endpoints(folder.endpoints)
    _trim_logs(folder)
    children = [Kept(each) for each in plans]
    postgres = KeptPostgres(folder, voice)
    stack.callback(_stop, folder, children, postgres, voice)
    for child in children:
        if not child.plan.needs_database:
            voice.say("up.starting", name=child.plan.name)
            child.start()
    raise_ground(postgres, folder, ground.pack, wish, voice)
    for child in children:
        if child.plan.needs_database and not wish:
            voice.say("up.starting", name=child.plan.name)
            child.start()
    if _all_ready(children, postgres, wish, voice):
        addresses = write_endpoints(folder.endpoints, plans)
        for name, where in addresses.items():
            voice.say("up.address", name=name, address=where)
        voice.say(f"up.running_{folder.environment}", folder=str(folder.path))
        by_name = {child.plan.name: child for child in children}
        with playing(play, Running(folder, addresses, by_name, wish)) if play else nullcontext():
            _stay(children, postgres, wish, voice)


def _stay(children: list[Kept], postgres: KeptPostgres, wish: StopWish, voice: Voice) -> None:
    while not wish:
        _tend(children, postgres, wish, voice)
        wish.pause(1.0)


def _all_ready(children: list[Kept], postgres: KeptPostgres, wish: StopWish, voice: Voice) -> bool:
    """Wait until every child is ready at once; False when somebody wants us to stop. Raises ChildDidNotStart."""
    began = time.monotonic()
    waiting = list(children)
    while waiting and not wish:
        _tend(children, postgres, wish, voice)
        for child in list(waiting):
            if child.is_ready():
                waiting.remove(child)
                voice.done(child.plan.name, began)
            elif child.ends >= _ENDS_BEFORE_GIVING_UP or time.monotonic() - began > _READY_WITHIN:
                raise ChildDidNotStart(name=child.plan.name, log=str(child.plan.log))
        if not waiting:
            waiting = [child for child in children if not child.is_ready()]  # one may have ended meanwhile
        wish.pause(0.1)
    return not wish


def _tend(children: list[Kept], postgres: KeptPostgres, wish: StopWish, voice: Voice) -> None:
    postgres.tend(wish)
    for child in children:
        wait = child.tend()
        if wait is not None:
            voice.say("up.ended", name=child.plan.name, seconds=f"{wait:.0f}", log=str(child.plan.log))


def _stop(folder: DataFolder, children: list[Kept], postgres: KeptPostgres, voice: Voice) -> None:
    """End everything: first what uses the database, all at once, then the database."""
    remove_endpoints(folder.endpoints)
    voice.say("up.stopping")
    try:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()
    finally:
        postgres.close()
    voice.say("up.stopped")


def _trim_logs(folder: DataFolder, most: int = 10 * 2**20) -> None:
    """Keep one older log of each child, once it has grown past `most` bytes."""
    for log in folder.logs.glob("*.log"):
        if log.stat().st_size > most:
            log.replace(log.with_suffix(".log.1"))


def _disk_or(trouble: Exception, data: Path) -> Exception:
    """What fails on a full disk fails in many ways: say the one that helps."""
    if not data.is_dir() or isinstance(trouble, DiskFull) or shutil.disk_usage(data).free >= _LITTLE_ROOM:
        return trouble
    return _disk_full(data)


def _disk_full(data: Path) -> DiskFull:
    free = shutil.disk_usage(data if data.is_dir() else data.absolute().parent).free
    return DiskFull(folder=str(data), free=free // 2**20, needed=LEAST_FREE // 2**20)
