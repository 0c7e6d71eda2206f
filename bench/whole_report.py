"""A whole periodic report over many cases, as the product makes it: the process that drafts, then the one that writes all forms.

On the cases of `bench/counts.py`. The year before was drafted the same way and released, and so were the chair's weeks of a year:
the attacker knows them all. Seconds are of the wall, from starting a process to its end; memory is that of the process and of
those it starts, together (what they share is counted for each), without the database's.
"""

import json
import os
import resource
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import create_engine, insert

from actions.office import Office
from actions.report_drafting import draft
from actions.report_week import keep_week
from bench.counts import DATABASE, READER, YEAR, plant_cases
from bench.ground import Ground
from bench.saying import say
from cli.supervise.postgres import SUPERUSER
from policies.pack import pack_folder
from policies.reports import ReportPeriod
from policies.shelf import Shelf
from records import migrate, report
from records.books import Books
from records.bootstrap import OWNER
from records.report import DraftRow, ReleaseRow
from records.tables import MATTER
from reports.ombuds.bands import BANDS
from settings import inherited
from states.opening import refuse_contradictions

BEFORE: Final = ReportPeriod.named("2024")
WEEKS: Final = 52
MOST_SECONDS, MOST_MB = 60.0, 500.0
"""What issue 4 asks for."""
LIMIT: Final = 600.0
RELEASES: Final = "releases"
_TREE: Final = Path(__file__).resolve().parents[1]
_PAGE: Final = resource.getpagesize()
_LOOK: Final = 0.05
"""Seconds between two looks at how much memory is held."""


@dataclass
class Process:
    """One process: seconds of the wall, of which by part, and the most memory it held with those it started, in MB."""

    task: str
    seconds: float = 0.0
    mb: float = 0.0
    took: dict[str, float] = field(default_factory=dict)

    def said(self) -> str:
        """The numbers in a line."""
        parts = ", ".join(f"{part} {seconds:.2f}" for part, seconds in self.took.items())
        return f"{self.task} {self.seconds:.2f} s ({parts}), {self.mb:.0f} MB"


@dataclass
class Whole:
    """A whole report: what it took, what came of it, and how much was released before."""

    cases: int
    earlier: int
    processes: list[Process]
    clean: bool
    cells: int
    hidden: int
    files: int

    @property
    def seconds(self) -> float:
        """Of both processes."""
        return sum(each.seconds for each in self.processes)

    @property
    def mb(self) -> float:
        """The most that was held at any time: one process comes after the other."""
        return max(each.mb for each in self.processes)

    def said(self) -> str:
        """The numbers, a line for the whole and one for each process."""
        found = "nothing found" if self.clean else "FOUND"
        met = "met" if self.clean and self.seconds < MOST_SECONDS and self.mb < MOST_MB else "NOT MET"
        took = f"{self.cases:,} cases, {self.earlier} earlier releases: {self.seconds:.2f} s, {self.mb:.0f} MB, {found}"
        made = f"{self.cells:,} cells, of which {self.hidden:,} hidden, {self.files} files"
        asked = f"asked for: {MOST_SECONDS:g} s, {MOST_MB:g} MB: {met}"
        return "\n".join((f"{took}; {made} ({asked})", *(f"  {each.said()}" for each in self.processes)))


@dataclass(frozen=True)
class Drafted:
    """What the first process made, knowing `earlier` releases."""

    process: Process
    draft: DraftRow
    earlier: int


def whole(here: Ground, cases: int, *, planted: bool = False) -> Whole:
    """Plant (unless the cases are `planted`) and measure one whole report. Raises RuntimeError if a process fails."""
    shelf = Shelf(pack_folder("oas"), refuse_contradictions)
    if not planted:
        migrate.upgrade(here.url(OWNER, DATABASE))
        plant_cases(here, cases, shelf)
        say(f"{cases:,} cases planted")
    made = drafted(here, shelf)
    writing, files = written(here, made.draft.object.encode())
    cells = [cell for table in json.loads(made.draft.object)["tables"] for cell in table["cells"]]
    hidden = sum(cell["count"] is None for cell in cells)
    return Whole(cases, made.earlier, [made.process, writing], made.draft.clean, len(cells), hidden, len(files))


def drafted(here: Ground, shelf: Shelf, database: str = DATABASE) -> Drafted:
    """Release what came before, and have the report of the year drafted."""
    with _office(here, SUPERUSER, database, shelf) as office, _office(here, READER, database, shelf) as reader:
        _release_before(office, reader)
        say("the year before and its weeks are released")
        matter = _want(office, YEAR)
        process = _run(["draft", DATABASE, str(matter)], here.folder, {"REPORTS_URL_FILE": here.url(READER, database).encode()})
        with office.open() as books:
            return Drafted(process, _newest(books, matter), len(report.releases(books)))


def written(here: Ground, made: bytes) -> tuple[Process, list[Path]]:
    """Have a report (`report.json`) written in all its forms; the files are there afterwards."""
    process = _run(["write"], here.folder, {"HOUSE_LEDGER_KEY_FILE": secrets.token_bytes(32)}, made)
    return process, [path for path in (here.folder / RELEASES).rglob("*") if path.is_file()]


@contextmanager
def _office(here: Ground, role: str, database: str, shelf: Shelf) -> Iterator[Office]:
    engine = create_engine(here.url(role, database))
    try:
        yield Office(engine, database="ombuds", environment="test", shelf=shelf)
    finally:
        engine.dispose()


def _release_before(office: Office, reader: Office) -> None:
    """Release the year before and the chair's weeks of the year. What this takes is not measured."""
    matter = _want(office, BEFORE)
    draft(reader, matter)
    with office.open() as books:
        row, made = report.detail(books, matter), _newest(books, matter)
        if not made.clean:
            raise RuntimeError("the year before could not be released")
        digest = sha256(made.object.encode()).hexdigest()
        kept = ReleaseRow(row.series, row.edition, row.report_kind, matter, made.object, digest, books.today, None, None)
        report.add_release(books, kept)
        for week in range(WEEKS):
            keep_week(books, BANDS[week % len(BANDS)], date(2025, 1, 6) + timedelta(weeks=week))


def _want(office: Office, period: ReportPeriod) -> UUID:
    """A report that is wanted, as the flow opens it."""
    matter = uuid4()
    with office.open() as books:
        assert books.pack.reports is not None
        policy = books.pack.reports.reports["ombuds"]
        opened = {"kind": "report", "state": "wanted", "version": 1, "calendar": "US-DC", "opened_at": books.now}
        books.connection.execute(insert(MATTER).values(id=matter, edition=books.pack.edition, **opened))
        about = {"report_kind": "ombuds", "series": policy.series, "edition": f"{period.code}.1", "contents": "tables"}
        days = {"period": period.code, "from_on": period.first, "to_on": period.last}
        nothing = {"merged": [], "readers": [policy.holder], "choices": [], "words_version": 0}
        report.add(books, matter, about | days | nothing)
    return matter


def _newest(books: Books, matter: UUID) -> DraftRow:
    found = report.newest_draft(books, matter)
    if found is None:
        raise RuntimeError("no draft was made")
    return found


def _told(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """What a process is told, as the worker tells it: what others may not read stands in files."""
    told = {"ENVIRONMENT": "test", "PACK": "oas", "RELEASES": str(folder / RELEASES)}
    for name, content in files.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(content)
        told[name] = str(path)
    return inherited() | {f"AMPARO_{name}": value for name, value in told.items()} | {"PYTHONPATH": str(_TREE)}


def _run(words: Sequence[str], folder: Path, files: Mapping[str, bytes], given: bytes = b"") -> Process:
    """Run one task in a process of its own and look how much memory it holds. Raises RuntimeError if it fails or hangs."""
    made, environment = Process(words[0]), _told(folder, files)
    (folder / "given").write_bytes(given)
    began = perf_counter()
    with (folder / "given").open("rb") as file:
        argv = [sys.executable, "-m", "bench.report_child", *words]
        process = subprocess.Popen(argv, env=environment, cwd=folder, stdin=file, stdout=subprocess.PIPE)
    try:
        while process.poll() is None:
            made.mb = max(made.mb, _held(process.pid))
            if perf_counter() - began > LIMIT:
                raise RuntimeError(f"{words[0]} took more than {LIMIT:g} s")
            _wait(process)
    finally:
        process.kill()
        said = process.communicate()[0]
    made.seconds = perf_counter() - began
    if process.returncode != os.EX_OK:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}")
    found = json.loads(said)
    made.took, made.mb = found["took"], max(made.mb, found["mb"])
    return made


def _wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(_LOOK)
    except subprocess.TimeoutExpired:
        return


def _held(pid: int) -> float:
    """Memory of a process and of all that it started, in MB now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        started = [child for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    except (OSError, IndexError):
        return 0.0  # it has just ended
    return pages * _PAGE / 2**20 + sum(_held(int(child)) for child in started)
