"""The tables, for the screen and for `docs/benchmarks.md`; what is not met says so."""

import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from actions.office import wall_now
from bench.results import Beside, Fired, Paged, Results, Shaped, Started, Ticked, floor_beside_n_log_n, grown, growth, p95

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGINS, ENDS = "<!-- numbers: written by `make bench` -->", "<!-- end of the numbers -->"
GROWTH, OF_THE_FLOOR, TICK, START = 1.2, 0.5, 5.0, 2.0
"""What issue 2, stop E asks for."""
BESIDE_THE_FLOOR, SECONDS, DATE = 1.5, 10.0, 50.0
"""What issue 3 asks for: growth no worse than the floor's, which sorts (the machine is shared), seconds, milliseconds a date."""

QUEUE, CASE, INTAKE = 2.0, 3.0, 60.0
"""What issue 5 asks for: times the page among few, times a bare template with one query, KB of a page with all it needs."""


def tables(results: Results) -> str:
    """All that was measured, in Markdown."""
    parts = [_verdicts(results)]
    if results.fired:
        parts.append(_fired(results.fired))
    if results.ticked:
        parts.append(_ticked(results.ticked))
    if results.started is not None:
        parts.append(_started(results.started))
    if results.beside:
        parts.append(_beside(results))
    if results.shaped:
        parts.append(_shaped(results.shaped))
    if results.disclosed:
        parts.append(results.disclosed)
    if results.paged is not None:
        parts.append(_paged(results.paged))
    return "\n\n".join(parts)


def write(results: Results, *, seconds: float, page: Path = PAGE) -> None:
    """Put the tables between the page's two marks. Raises ValueError if it has none."""
    text = page.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGINS)
    _, ended, after = rest.partition(ENDS)
    if not found or not ended:
        raise ValueError(f"{page} has no place for the numbers")
    page.write_text(f"{before}{BEGINS}\n\n{_machine(seconds)}\n\n{tables(results)}\n\n{ENDS}{after}", encoding="utf-8")


def _machine(seconds: float) -> str:
    on = wall_now().astimezone(ZoneInfo("America/New_York")).date()
    names = re.findall(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    memory = re.findall(r"MemTotal:\s*(\d+) kB", _read("/proc/meminfo"))
    said = [f"{cpu_count()} cores ({names[0] if names else platform.machine()})"]
    said += [f"{int(memory[0]) / 1e6:.0f} GB of memory"] if memory else []
    said += [f"{platform.system()} {platform.release()}", f"Python {platform.python_version()}"]
    said += [f"SQLAlchemy {version('sqlalchemy')}", f"psycopg {version('psycopg')}", f"Prefect {version('prefect')}"]
    where = f"Measured on {on} in {seconds / 60:.0f} minutes on {', '.join(said)}"
    return f"{where}; PostgreSQL 18 with `fsync` on, as it is shipped."


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _verdicts(results: Results) -> str:
    rows: list[Sequence[str]] = []
    if len(results.fired) > 1:
        small, large = results.fired[0], results.fired[-1]
        grown = growth(small, large)
        rows.append(_verdict(f"a clock among {large.pending:,} / among {small.pending:,}", grown, "<=", GROWTH))
    for one in results.fired:
        rows.append(_verdict(f"speed / the floor's, {one.pending:,} pending", one.of_the_floor, ">=", OF_THE_FLOOR))
    for tick in results.ticked[-1:]:
        rows.append(_verdict(f"empty tick / `SELECT 1`, {tick.pending:,} pending", tick.times, "<", TICK))
    if results.started is not None:
        rows.append(_verdict("cold start / bare application", results.started.times, "<=", START))
    rows += [*_verdicts_of_structure(results.shaped), *_verdicts_of_pages(results.paged)]
    return _table(("what", "measured", "asked for", "met"), rows)


def _verdicts_of_structure(shaped: Sequence[Shaped]) -> list[Sequence[str]]:
    if not shaped:
        return []
    small, large = shaped[0], shaped[-1]
    size = f"{large.units:,} units, {large.functions:,} functions, {large.operations:,} operations"
    return [
        *(_verdict(f"{act}, {size}, s", large.seconds(act), "<=", SECONDS) for act in large.took),
        *(
            _verdict(f"{act}: growth from {small.units:,} units / the floor's", grown(small, large, act), "<=", BESIDE_THE_FLOOR)
            for act in large.took
        ),
        (f"the floor's growth from {small.units:,} units / that of n log n", f"{floor_beside_n_log_n(small, large):.2f}", "", ""),
        _verdict("the organisation of a date, ms", median(large.looked_up) * 1e3, "<", DATE),
    ]


def _verdicts_of_pages(paged: Paged | None) -> list[Sequence[str]]:
    if paged is None:
        return []
    few, many = paged.sizes
    path, weight = paged.heaviest
    return [
        _verdict(f"the queue's page among {many:,} open cases / among {few:,}", paged.growth, "<=", QUEUE),
        _verdict("95th percentile of a case's page / of its bare template with one query", paged.times, "<", CASE),
        _verdict(f"the heaviest page of the intake (`{path}`) with its stylesheet, KB", weight, "<", INTAKE),
    ]


def _paged(paged: Paged) -> str:
    few, many = paged.sizes
    asked = (
        (f"the queue, {few:,} open cases", paged.few, paged.queue_bytes[0]),
        (f"the queue, {many:,} open cases", paged.many, paged.queue_bytes[1]),
        ("a case", paged.case, paged.case_bytes),
        ("its template with all data at hand, and one query", paged.bare, paged.case_bytes),
        ("its lines printed as they are, and one query", paged.lines, paged.case_bytes),
    )
    rows = [(name, f"{median(took) * 1e3:.1f}", f"{p95(took) * 1e3:.1f}", f"{size / 1024:.0f}") for name, took, size in asked]
    return _table(("page", "median, ms", "95th percentile, ms", "KB of HTML"), rows)


def _verdict(what: str, measured: float, how: str, limit: float) -> tuple[str, str, str, str]:
    met = {"<=": measured <= limit, ">=": measured >= limit, "<": measured < limit}[how]
    return what, f"{measured:.2f}", f"{how} {limit:g}", "yes" if met else "**no**"


def _fired(found: Sequence[Fired]) -> str:
    head = ("pending", "due", "ours, ms a clock", "range", "by hand, ms a clock", "range", "speed / the floor's", "planted in, s")
    rows = [
        (
            f"{one.pending:,}",
            f"{one.due:,}",
            f"{one.per_clock:.2f}",
            _range(one.ours, one.due),
            f"{one.floor_per_clock:.2f}",
            _range(one.floor, one.due),
            f"{one.of_the_floor:.2f}",
            f"{one.planted_in:.0f}",
        )
        for one in found
    ]
    return _table(head, rows)


def _range(seconds: Sequence[float], due: int) -> str:
    return f"{min(seconds) / due * 1e3:.2f} to {max(seconds) / due * 1e3:.2f}"


def _ticked(found: Sequence[Ticked]) -> str:
    head = ("pending", "empty tick, ms", "`SELECT 1`, ms", "tick / `SELECT 1`")
    rows = [
        (f"{one.pending:,}", f"{median(one.looks) * 1e3:.2f}", f"{median(one.ones) * 1e3:.2f}", f"{one.times:.2f}")
        for one in found
    ]
    return _table(head, rows)


def _started(found: Started) -> str:
    head = ("cold start", "seconds", "range")
    rows = [
        (name, f"{median(took):.2f}", f"{min(took):.2f} to {max(took):.2f}")
        for name, took in (("council door", found.door), ("bare FastAPI + SQLAlchemy", found.bare))
    ]
    return _table(head, rows)


def _shaped(found: Sequence[Shaped]) -> str:
    head = ("units", "functions", "dated operations", "act", "seconds", "range", "times the floor")
    rows = [
        (
            f"{one.units:,}",
            f"{one.functions:,}",
            f"{one.operations:,}",
            act,
            f"{one.seconds(act):.3f}",
            f"{min(ours for ours, _ in took):.3f} to {max(ours for ours, _ in took):.3f}",
            f"{one.floors(act):.2f}",
        )
        for one in found
        for act, took in one.took.items()
    ]
    return _table(head, rows)


def _beside(results: Results) -> str:
    head = ("beside", "pending", "due", "ms a timer", "times ours", "planted in, s", "remark")
    ours = {one.pending: one for one in results.fired}
    rows = [_own(one) for one in results.fired] + [_peer(one, ours.get(one.pending)) for one in results.beside]
    return _table(head, rows)


def _own(one: Fired) -> tuple[str, ...]:
    remark = "a whole rung: three rows"
    return "Amparo", f"{one.pending:,}", f"{one.due:,}", f"{one.per_clock:.2f}", "1", f"{one.planted_in:.0f}", remark


def _peer(one: Beside, ours: Fired | None) -> tuple[str, ...]:
    if one.per_timer is None:
        return one.name, f"{one.pending:,}", "", "", "", "", one.note
    times = f"{one.per_timer / ours.per_clock:.1f}" if ours else ""
    remark = "" if one.fired == one.due else f"{one.fired:,} fired in the time it was given"
    return one.name, f"{one.pending:,}", f"{one.due:,}", f"{one.per_timer:.2f}", times, f"{one.planted_in:.0f}", remark
