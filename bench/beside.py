"""What a user would pick instead: each in an environment of its own, on the same PostgreSQL, doing the same effect."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from bench.ground import Ground
from bench.peers.timing import Round, Task
from bench.results import Beside
from bench.saying import say
from cli.supervise import prefect_server as prefects
from cli.supervise.kept import Kept
from cli.supervise.ports import port_of, reserve
from cli.supervise.postgres import SUPERUSER
from cli.supervise.waiting import wait_until
from records.bootstrap import drop_database

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ROOT / "build" / "bench"
LOADS_WITHIN = 600.0
"""Seconds a peer may take to load its timers and fire them; then the size is given up."""


@dataclass(frozen=True)
class Peer:
    """`own` says that it needs an environment of its own: Prefect is the one that the product installs anyway."""

    name: str
    program: str
    own: bool = True


PROCRASTINATE = Peer("Procrastinate", "procrastinate")
DBOS = Peer("DBOS", "dbos")
PREFECT = Peer("Prefect scheduled runs", "prefect", own=False)


def beside(ground: Ground, peer: Peer, sizes: Sequence[int], *, due: int, rounds: int, seconds: float) -> list[Beside]:
    """Measure a peer at each size; where one is given up, the larger ones are not tried."""
    python = _python_of(peer)
    if isinstance(python, str):
        return [Beside(peer.name, size, note=python) for size in sizes]
    found = []
    with _surroundings(ground, peer) as environment:
        for size in sizes:
            found.append(_at(ground, peer, python, environment, Task("", size, due, rounds, seconds)))
            if found[-1].note:
                break
    return found


def _at(ground: Ground, peer: Peer, python: Path, environment: Mapping[str, str], task: Task) -> Beside:
    name = f"{peer.program}_{task.pending}"
    ground.empty(name)
    told = asdict(task) | {"conninfo": make_conninfo(**ground.straight(SUPERUSER, name))}
    try:
        planted_in, rounds = _run(peer, python, environment, told)
    except _GaveUp as gave_up:
        return Beside(peer.name, task.pending, note=str(gave_up))
    finally:
        drop_database(ground.postgres.admin_url, name)
    fired = [one for one in rounds if one.fired]
    if not fired:
        return Beside(peer.name, task.pending, planted_in=planted_in, note=f"nothing fired within {task.seconds:.0f} s")
    best = min(fired, key=lambda one: one.seconds / one.fired)
    return Beside(peer.name, task.pending, planted_in=planted_in, due=task.due, fired=best.fired, seconds=best.seconds)


class _GaveUp(Exception):
    """It could not be installed, failed, or took too long: said in the table, and the bench goes on."""


def _run(peer: Peer, python: Path, environment: Mapping[str, str], told: Mapping[str, object]) -> tuple[float, list[Round]]:
    program = [str(python), str(ROOT / "bench" / "peers" / f"run_{peer.program}.py")]
    try:
        done = subprocess.run(
            program, input=json.dumps(told), env=environment, capture_output=True, text=True, timeout=LOADS_WITHIN, check=False
        )
    except subprocess.TimeoutExpired:
        raise _GaveUp(f"gave up after {LOADS_WITHIN / 60:.0f} minutes") from None
    result = None
    for line in done.stdout.splitlines():
        heard = json.loads(line) if line.startswith("{") else {}
        result = heard.get("result", result)
        if "said" in heard:
            say(f"    {heard['said']}")
    if done.returncode != 0 or result is None:
        raise _GaveUp(f"failed: {_last_error(done.stderr)}")
    return float(result["planted_in"]), [Round(**one) for one in result["rounds"]]


def _python_of(peer: Peer) -> Path | str:
    """The Python that runs it, installed first if need be; or why there is none."""
    if not peer.own:
        return Path(sys.executable)
    wanted = (ROOT / "bench" / f"{peer.program}.txt").read_text(encoding="utf-8")
    folder = ENVIRONMENTS / peer.program
    made, python = folder / "made-from.txt", folder / "bin" / "python"
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return python
    say(f"  installing {peer.name} into {folder.relative_to(ROOT)}")
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", f"bench/{peer.program}.txt"],
    )
    for step in steps:
        done = subprocess.run(step, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return f"could not be installed here: {_last_error(done.stderr)}"
    made.write_text(wanted, encoding="utf-8")
    return python


def _last_error(stderr: str) -> str:
    """The last line that names an error, short enough for a table."""
    lines = stderr.strip().splitlines() or ["no word"]
    return ([line for line in lines if "rror" in line] or lines)[-1][:120].replace("|", "/")


@contextmanager
def _surroundings(ground: Ground, peer: Peer) -> Iterator[Mapping[str, str]]:
    """The environment it runs in; for Prefect, with a server of its own, as the product runs it."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    if peer is not PREFECT:
        yield inherited
        return
    folder = ground.folder / "prefect"
    auth = f"bench:{secrets.token_urlsafe(24)}"
    with reserve("127.0.0.1", 0, option="") as held:
        port = port_of(held)
        log = ground.folder / "prefect.log"
        plan = prefects.prefect_server(folder / "server", port=port, auth=auth, inherited=inherited, log=log)
        client = prefects.client_environment(folder / "client", api_url=f"{plan.address}/api", auth=auth)
        kept = Kept(plan)
        try:
            kept.start()
            if not wait_until(kept.is_ready, seconds=120, unless=lambda: kept.pid is None):
                raise RuntimeError("Prefect's server did not start")
            yield inherited | dict(client)
        finally:
            kept.stop()
