"""Starting the process that counts and draws: with its own few settings, in a folder that is gone afterwards."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock
from typing import Final
from uuid import UUID

from actions.reporting import Stopped
from flows.offices import NotConfigured
from settings import Settings, inherited

LIMIT: Final = 900.0
"""Seconds. A report over a million cases takes one minute."""
_MODULE: Final = "cli.reports_process"
_TREE: Final = Path(__file__).resolve().parents[1]
_PREFIX: Final = "amparo-report-"
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # what the statisticians' tool writes are counts: they are best on no disk


class ReportProcessFailed(RuntimeError):
    """It ended otherwise than well, or not in time. What went wrong is said nowhere: it could hold a count."""


class ReleaseNotWritten(ReportProcessFailed):
    """The folder of releases cannot be written: no room, or no right."""


class AnotherReleaseIsThere(ReportProcessFailed):
    """A folder of this name holds another release. A person must look: a restored database, or a changed file."""


_FAILED: Final = {74: ReleaseNotWritten, 65: AnotherReleaseIsThere}
"""By exit code of the process."""


class _Running:
    """The processes of this worker that are under way; none is begun once the worker is told to stop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopping = False

    def begin(self, argv: list[str], env: Mapping[str, str], folder: Path) -> "subprocess.Popen[bytes]":
        """Start one. Raises Stopped."""
        with self._lock:
            if self._stopping:
                raise Stopped
            process = subprocess.Popen(  # noqa: S603  # our own module, with ids
                argv, env=env, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._processes.add(process)
            return process

    def ended(self, process: "subprocess.Popen[bytes]") -> None:
        """It is over. Raises Stopped if it did not end by itself but with the worker."""
        with self._lock:
            self._processes.discard(process)
            if self._stopping:
                raise Stopped

    def stop(self) -> None:
        """End all, for good."""
        with self._lock:
            self._stopping = True
            for process in self._processes:
                process.kill()


_RUNNING: Final = _Running()


def stop_all() -> None:
    """The worker stops: whoever waits for a report process learns that at once. What was under way is made anew later."""
    _RUNNING.stop()


def draft(database: str, matter: UUID) -> None:
    """Have the next draft of a report made. Otherwise raises NotConfigured, ReportProcessFailed or Stopped."""
    settings = Settings()
    name, file = ("HOUSE", settings.house_url_file) if database == "house" else ("REPORTS", settings.reports_url_file)
    if file is None:
        raise NotConfigured(f"AMPARO_{name}_URL_FILE is needed")
    _run(["draft", database, str(matter)], {f"AMPARO_{name}_URL_FILE": str(file.resolve())})


def write(series: str, edition: str, report: bytes) -> Mapping[str, bytes]:
    """Have the folder of a release written and signed; return the SHA-256 of its papers by language. `report`: `report.json`.

    Raises as `draft` does.
    """
    releases, key = places()
    paths = {"RELEASES": releases, "HOUSE_LEDGER_KEY_FILE": key}
    _run(["write"], {f"AMPARO_{name}": str(path.resolve()) for name, path in paths.items()}, report)
    papers = sorted((releases / series / edition).glob("report.*.pdf"))
    return {paper.name.split(".")[1]: sha256(paper.read_bytes()).digest() for paper in papers}


def places() -> tuple[Path, Path]:
    """The folder of releases and the file of the key that signs them. Raises NotConfigured."""
    settings = Settings()
    if settings.releases is None or settings.house_ledger_key_file is None:
        raise NotConfigured("AMPARO_RELEASES and AMPARO_HOUSE_LEDGER_KEY_FILE are needed")
    return settings.releases, settings.house_ledger_key_file


def _run(words: list[str], own: dict[str, str], given: bytes = b"") -> None:
    settings, folder = Settings(), _fresh_folder()
    told = {"AMPARO_ENVIRONMENT": settings.environment or "", "AMPARO_PACK": settings.pack, "PYTHONPATH": str(_TREE)}
    argv = [sys.executable, "-m", _MODULE, str(os.getpid()), *words]
    try:
        process = _RUNNING.begin(argv, inherited() | told | own | {"TMPDIR": str(folder)}, folder)
        try:
            process.communicate(given, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _RUNNING.ended(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if process.returncode != 0:
        raise _FAILED.get(process.returncode, ReportProcessFailed)


def _fresh_folder() -> Path:
    """A folder for one run, in memory where there is such a place. What a killed worker left is taken away first."""
    parent = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else Path(gettempdir())
    for left in parent.glob(f"{_PREFIX}*"):
        maker = left.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path(f"/proc/{maker}").exists():
            shutil.rmtree(left, ignore_errors=True)  # another account's is not ours to take away, and stays
    return Path(mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
